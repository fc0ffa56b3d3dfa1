import Messages

// How fast the log is loaded, and how long that still takes. Both have a fixed width, so that what
// follows keeps its place.

extension HeaderModel {
  private static let speedColumns = 8
  private static let timeColumns = 11

  /// `412 MB/s`
  static func speed(_ figures: LoadingPace.Figures) -> String {
    let text = Wording.shortBytes(figures.bytesPerSecond) + "/s"
    return String(repeating: " ", count: max(0, speedColumns - text.count)) + text
  }

  /// `2 s left`; empty if it is unknown.
  static func timeLeft(_ figures: LoadingPace.Figures) -> String {
    guard let seconds = figures.secondsLeft else { return "" }
    let text = stepped(seconds) + " left"
    return text + String(repeating: " ", count: max(0, timeColumns - text.count))
  }

  /// A time in one unit, a long one in steps: `2 s`, `25 s`, `4 min`, `2 h`.
  private static func stepped(_ seconds: Int64) -> String {
    switch seconds {
    case ...20: "\(seconds) s"
    case ...85: "\((seconds + 4) / 5 * 5) s"
    case ...5340: "\((seconds + 59) / 60) min"
    case ...3_592_800: "\((seconds + 3599) / 3600) h"
    default: ">998 h"
    }
  }
}
