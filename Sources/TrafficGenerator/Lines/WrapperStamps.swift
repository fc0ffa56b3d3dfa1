import AccessLog

/// When a simulated line is written.
struct WrittenMoment {
  var second: EpochSecond
  /// The number of the line in its second, from 0.
  var index: Int
  /// The number of lines in that second, among which they are spread; `Int.max` for its beginning.
  var count: Int
}

/// The time at which a line was written, as wrappers write it.
struct WrapperStamps: Sendable {
  /// `Mar 14 09:26:53`, or `Mar  4 09:26:53`.
  private(set) var traditional: [UInt8] = []
  /// `2026-03-14T09:26:53.482913+01:00`
  private(set) var microseconds: [UInt8] = []
  /// `2026-03-14T08:26:53.482913417Z`
  private(set) var nanoseconds: [UInt8] = []
  /// `1773476813482913`
  private(set) var epochMicroseconds: [UInt8] = []

  /// The offset of local times from UTC, in minutes.
  private let zone: Int
  private let offset: [UInt8]

  init(zone: Int) {
    self.zone = zone
    let (hours, minutes) = abs(zone).quotientAndRemainder(dividingBy: 60)
    let text = "\(zone < 0 ? "-" : "+")\(Self.digits(hours, 2)):\(Self.digits(minutes, 2))"
    offset = Array(text.utf8)
  }

  /// Changes all stamps to a moment. Lines are spread over their second, by a random part of a line's
  /// share of it.
  mutating func set(_ moment: WrittenMoment, random: UInt64) {
    let share = 1_000_000_000 / max(moment.count, 1)
    let fraction = moment.index * share + Int(random % UInt64(max(share, 1)))
    let local = CivilTime(moment.second, offset: zone * 60)

    let day = (local.day < 10 ? " " : "") + String(local.day)
    traditional = Array("\(LineWriter.months[local.month - 1]) \(day) ".utf8)
    local.appendTime(to: &traditional)

    microseconds = Self.dateAndTime(local)
    microseconds += ".\(Self.digits(fraction / 1000, 6))".utf8
    microseconds += offset

    nanoseconds = Self.dateAndTime(CivilTime(moment.second))
    nanoseconds += ".\(Self.digits(fraction, 9))Z".utf8

    let (epoch, _) = moment.second.value.multipliedReportingOverflow(by: 1_000_000)
    epochMicroseconds = Array(String(epoch &+ Int64(fraction / 1000)).utf8)
  }

  private static func dateAndTime(_ time: CivilTime) -> [UInt8] {
    var text: [UInt8] = []
    time.appendDate(to: &text)
    text.append(UInt8(ascii: "T"))
    time.appendTime(to: &text)
    return text
  }

  private static func digits(_ number: Int, _ count: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
  }
}
