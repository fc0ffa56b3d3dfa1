import Foundation

/// Times in the form of the common log format.
enum LogTime {
  /// The current time in UTC.
  static var now: String { text(Date()) }

  /// A time in UTC.
  static func text(_ date: Date) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(secondsFromGMT: 0)
    formatter.dateFormat = "dd/MMM/yyyy:HH:mm:ss +0000"
    return formatter.string(from: date)
  }
}
