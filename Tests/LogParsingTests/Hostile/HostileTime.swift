import ReferenceModel

/// A time as it stands in brackets, and its second.
struct HostileTime {
  var text: String
  var epoch: Int64

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  private static let daysOfMonths: [Int64] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

  init(_ random: inout RandomSource) {
    let year = random.number(1971...2099)
    let month = random.number(1...12)
    let day = random.number(1...28)
    let clock = (0..<3).map { random.number(0...($0 == 0 ? 23 : 59)) }
    let (hours, minutes) = (random.number(0...14), random.number(0...59))
    let isWest = random.chance(500)

    var days = (1970..<year).reduce(Int64(day - 1)) { $0 + 365 + ($1 % 4 == 0 ? 1 : 0) }
    days += Self.daysOfMonths[..<(month - 1)].reduce(0, +) + (month > 2 && year % 4 == 0 ? 1 : 0)
    let local = clock.reduce(Int64(0)) { $0 * 60 + Int64($1) } + days * 86_400
    let offset = Int64(hours * 3600 + minutes * 60) * (isWest ? -1 : 1)

    let time = clock.map(Self.twoDigits).joined(separator: ":")
    let date = "\(Self.twoDigits(day))/\(Self.months[month - 1])/\(year)"
    let isoDate = "\(year)-\(Self.twoDigits(month))-\(Self.twoDigits(day))"
    let sign = isWest ? "-" : "+"
    let (hh, mm) = (Self.twoDigits(hours), Self.twoDigits(minutes))
    let fraction = random.pick(["", ".5", ".482913"])
    (text, epoch) =
      switch random.number(0...19) {
      case 0: ("\(isoDate)T\(time)\(fraction)\(sign)\(hh):\(mm)", local - offset)
      case 1: ("\(isoDate)T\(time)\(fraction)Z", local)
      case 2: ("\(isoDate) \(time)\(fraction) \(sign)\(hh)\(mm)", local - offset)
      case 3: ("\(local)\(fraction)", local)
      case 4: ("\(date) \(time)\(fraction)", local)
      case 5: ("\(date):\(time)\(fraction)", local)
      case 6: ("\(date):\(time)\(fraction) \(sign)\(hh)\(mm)", local - offset)
      default: ("\(date):\(time) \(sign)\(hh)\(mm)", local - offset)
      }
  }

  private static func twoDigits(_ number: Int) -> String { (number < 10 ? "0" : "") + "\(number)" }
}
