import AccessLog

extension NameFigures {
  /// Adds what has come into the window.
  mutating func enter(
    _ row: RuleWindow.Row, _ detail: Measure.Detail, at second: EpochSecond, _ names: NameTables
  ) {
    hits += Int(row.hits)
    part += Int(row.part)
    bytes += Int128(row.bytes)
    switch detail {
    case .nothing: break
    case .latency: latencies.add(Int(row.hits), in: UInt16(truncatingIfNeeded: row.detail))
    case .client: names.with(.client) { clients.see(row.detail, at: second, $0) }
    }
  }

  /// Removes what has left the window.
  mutating func leave(
    _ row: RuleWindow.Row, _ detail: Measure.Detail, at second: EpochSecond
  ) {
    hits -= Int(row.hits)
    part -= Int(row.part)
    bytes -= Int128(row.bytes)
    switch detail {
    case .nothing: break
    case .latency: latencies.add(-Int(row.hits), in: UInt16(truncatingIfNeeded: row.detail))
    case .client: clients.forget(row.detail, lastSeenAt: second)
    }
  }
}

/// The seconds before the window that growth compares with.
enum GrowthSpan {
  /// The greatest number of seconds.
  static let length: Int64 = 3600
  /// The number of known seconds below which growth has no value.
  static let least: Int64 = 600
}
