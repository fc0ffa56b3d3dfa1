import AccessLog

/// Formats hits as log lines.
struct LineWriter: Sendable {
  let format: LineFormat
  /// The offset of the log's time zone from UTC, in minutes.
  let zone: Int

  /// The second that `date` stands for. Most lines have the same date as the one before.
  private var dated: EpochSecond?
  private var date: [UInt8] = []

  init(format: LineFormat, zone: Int) {
    self.format = format
    self.zone = zone
  }

  static let header = Array(
    "\"remotehost\",\"rfc931\",\"authuser\",\"date\",\"request\",\"status\",\"bytes\"\n".utf8)

  /// Appends a hit as a line, line end included.
  mutating func append(_ hit: borrowing SimulatedHit, to line: inout [UInt8]) {
    switch format {
    case .csv: appendCSV(hit, to: &line)
    case .common: appendCommon(hit, to: &line)
    case .combined: appendCombined(hit, to: &line)
    case .vcombined:
      line += hit.host
      line.append(Self.space)
      appendCombined(hit, to: &line)
    }
    line.append(UInt8(ascii: "\n"))
  }

  /// `"10.0.0.12","-","apache",1773476813,"GET /api/user HTTP/1.0",200,1234`
  private func appendCSV(_ hit: borrowing SimulatedHit, to line: inout [UInt8]) {
    line.append(Self.quote)
    line += hit.client
    line.append(contentsOf: Self.csvRemoteUser)
    line += hit.user
    line.append(Self.quote)
    line.append(Self.comma)
    Self.append(hit.time.value, to: &line)
    line.append(Self.comma)
    appendRequest(hit, to: &line)
    line.append(Self.comma)
    Self.append(Int64(hit.status), to: &line)
    line.append(Self.comma)
    Self.append(Int64(hit.bytes ?? 0), to: &line)
  }

  /// `198.51.100.23 - dana [14/Mar/2026:09:26:53 +0100] "POST /api/orders HTTP/1.1" 201 -`
  private mutating func appendCommon(_ hit: borrowing SimulatedHit, to line: inout [UInt8]) {
    line += hit.client
    line.append(contentsOf: Self.noRemoteUser)
    line += hit.user
    line.append(Self.space)
    if dated != hit.time { setDate(hit.time) }
    line += date
    line.append(Self.space)
    appendRequest(hit, to: &line)
    line.append(Self.space)
    Self.append(Int64(hit.status), to: &line)
    line.append(Self.space)
    if let bytes = hit.bytes {
      Self.append(Int64(bytes), to: &line)
    } else {
      line.append(Self.dash)
    }
  }

  private mutating func appendCombined(_ hit: borrowing SimulatedHit, to line: inout [UInt8]) {
    appendCommon(hit, to: &line)
    line.append(Self.space)
    appendQuoted(hit.referer, to: &line)
    line.append(Self.space)
    appendQuoted(hit.agent, to: &line)
  }

  private func appendRequest(_ hit: borrowing SimulatedHit, to line: inout [UInt8]) {
    line.append(Self.quote)
    line += hit.method
    line.append(Self.space)
    line += hit.target
    line.append(Self.space)
    line += hit.version
    line.append(Self.quote)
  }

  private func appendQuoted(_ text: [UInt8], to line: inout [UInt8]) {
    line.append(Self.quote)
    line += text
    line.append(Self.quote)
  }
}

// MARK: - Numbers and dates

extension LineWriter {
  private static let quote = UInt8(ascii: "\"")
  private static let comma = UInt8(ascii: ",")
  private static let space = UInt8(ascii: " ")
  private static let dash = UInt8(ascii: "-")
  private static let csvRemoteUser = Array("\",\"-\",\"".utf8)
  private static let noRemoteUser = Array(" - ".utf8)
  static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// `[14/Mar/2026:09:26:53 +0100]`
  private mutating func setDate(_ time: EpochSecond) {
    let civil = CivilTime(time, offset: zone * 60)
    let twoDigits = { (number: Int) in (number < 10 ? "0" : "") + String(number) }
    let offset = twoDigits(abs(zone) / 60) + twoDigits(abs(zone) % 60)
    let day = "\(twoDigits(civil.day))/\(Self.months[civil.month - 1])/\(civil.year)"
    let hourAndMinute = "\(twoDigits(civil.hour)):\(twoDigits(civil.minute))"
    let clock = "\(hourAndMinute):\(twoDigits(civil.second))"
    date = Array("[\(day):\(clock) \(zone < 0 ? "-" : "+")\(offset)]".utf8)
    dated = time
  }

  static func append(_ number: Int64, to line: inout [UInt8]) {
    if number < 0 { line.append(dash) }
    var rest = number.magnitude
    let start = line.count
    repeat {
      line.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    line[start...].reverse()
  }
}
