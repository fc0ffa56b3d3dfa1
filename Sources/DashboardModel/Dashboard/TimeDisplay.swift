import AccessLog
import Messages

/// The zone in which instants are displayed.
package struct TimeDisplay: Sendable {
  /// The name of the machine's own zone.
  package static let localZone = "local"

  /// The name of the zone: `UTC`, `local` or `log`.
  package var zone: String
  /// The offset at an instant, in seconds east of UTC.
  package var offset: @Sendable (EpochSecond) -> Int

  /// A zone with a name and the offset at every instant, in seconds east of UTC.
  package init(zone: String, offset: @escaping @Sendable (EpochSecond) -> Int) {
    self.zone = zone
    self.offset = offset
  }

  /// In UTC.
  package static let utc = TimeDisplay(zone: "UTC") { _ in 0 }

  func civil(_ second: EpochSecond) -> CivilTime {
    CivilTime(second, offset: offset(second))
  }

  /// `21:13:04`
  package func clock(_ second: EpochSecond) -> String {
    var bytes: [UInt8] = []
    civil(second).appendTime(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `2019-02-07`
  func date(_ second: EpochSecond) -> String {
    var bytes: [UInt8] = []
    civil(second).appendDate(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `14 Mar`
  func day(_ second: EpochSecond) -> String {
    let civil = civil(second)
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    return "\(civil.day) \(months[civil.month - 1])"
  }

  /// `21:13:04`, with the day if it is another one than that of `now`: `14 Mar 21:13:04`.
  func moment(_ second: EpochSecond, now: EpochSecond?) -> String {
    guard let now, date(second) != date(now) else { return clock(second) }
    return day(second) + " " + clock(second)
  }

  /// `Sat 14 Mar`, or with the year `14 Mar 2026`.
  func shortDate(_ second: EpochSecond, withYear: Bool) -> String {
    let civil = civil(second)
    let date = day(second)
    if withYear { return "\(date) \(civil.year)" }
    // The first day of 1970 was a Thursday.
    let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let day = CivilTime.dayNumber(year: civil.year, month: civil.month, day: civil.day)
    return "\(days[day.floored(by: 7).remainder]) \(date)"
  }
}
