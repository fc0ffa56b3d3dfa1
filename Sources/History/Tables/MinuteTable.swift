import AccessLog
import Messages
import TrafficAnalysis

/// A table of minutes with hits, and the table of the names in them.
struct MinuteTable {
  /// The rows of each dimension in a minute.
  private static let namesPerDimension = 50

  /// The minutes that have closed, or in which a run has ended.
  static let closed = MinuteTable(minutes: "minutes", names: "names")
  /// What was counted of the minute that has not closed, up to the positions that are saved.
  static let parts = MinuteTable(minutes: "minute_parts", names: "name_parts")

  let minutes: String
  let names: String

  /// Writes a minute.
  ///
  /// - Parameter base: what a former run had counted of it.
  func add(
    _ report: IntervalReport, _ reading: MinuteReading, _ base: MinuteBase?,
    _ connection: Connection
  ) throws(DatabaseError) {
    let time = SQLValue.integer(report.from)
    let known = try connection.row("SELECT hits FROM \(minutes) WHERE time = ?", [time])
    let isOpen = try connection.row("SELECT 1 FROM open_minutes WHERE time = ?", [time]) != nil
    let hits = known?.first?.count ?? 0
    switch reading {
    case .rest where known != nil && isOpen:
      try merge(report, replacesPercentiles: report.traffic.hits > hits, connection)
    case .continued:
      let earlier = base.map { $0.time == report.from ? $0.minute[1].count : 0 } ?? 0
      // The earlier run may have reported more of its last seconds than is left of them.
      if hits > earlier + report.traffic.hits { return }
      try replace(report, base, connection)
    case .whole where known != nil && report.traffic.hits <= hits,
      .rest where known != nil && report.traffic.hits <= hits:
      return
    case .rest where known == nil: try replace(report, base, connection)
    case .whole, .rest, .again: try replace(report, connection)
    }
    try connection.run(
      report.partial
        ? "INSERT OR IGNORE INTO open_minutes(time) VALUES(?)"
        : "DELETE FROM open_minutes WHERE time = ?", [time])
  }

  /// Saves what was counted of a minute that has not closed, instead of that of the one before.
  func save(
    _ part: MinutePart, _ base: MinuteBase?, _ connection: Connection
  ) throws(DatabaseError) {
    try connection.run("DELETE FROM \(minutes)")
    try connection.run("DELETE FROM \(names)")
    let isAdded = part.reading == .continued || part.reading == .rest
    try replace(part.report, isAdded ? base : nil, connection)
  }

  /// Writes a minute in the place of what is there.
  private func replace(
    _ report: IntervalReport, _ base: MinuteBase?, _ connection: Connection
  ) throws(DatabaseError) {
    guard let base, base.time == report.from else { return try replace(report, connection) }
    let time = SQLValue.integer(base.time)
    try connection.run("DELETE FROM \(names) WHERE time = ?", [time])
    try insert(base.minute, connection)
    for name in base.names {
      try connection.run(
        """
        INSERT INTO \(names)(time, dimension, name, hits, bytes, errors) VALUES(?, ?, ?, ?, ?, ?)
        """, [time] + name)
    }
    let isLess = base.minute[1].count < report.traffic.hits
    try merge(report, replacesPercentiles: isLess, connection)
  }

  private func replace(
    _ report: IntervalReport, _ connection: Connection
  ) throws(DatabaseError) {
    let time = SQLValue.integer(report.from)
    try connection.run("DELETE FROM \(names) WHERE time = ?", [time])
    try insert([time] + figures(report), connection)
    try addNames(report, connection)
  }

  /// - Parameter row: all columns.
  private func insert(_ row: [SQLValue], _ connection: Connection) throws(DatabaseError) {
    try connection.run(
      """
      INSERT OR REPLACE INTO \(minutes)(time, hits, bytes, status_1xx, status_2xx, status_3xx,
        status_4xx, status_5xx, status_other, unique_clients, p50, p95, p99)
      VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, row)
  }

  /// Adds what a former run has not read to what it has. Distinct clients and percentiles cannot be added:
  /// of these the greater number stays, and those of the part with more hits.
  private func merge(
    _ report: IntervalReport, replacesPercentiles: Bool, _ connection: Connection
  ) throws(DatabaseError) {
    let counts = [
      "hits", "bytes", "status_1xx", "status_2xx", "status_3xx", "status_4xx", "status_5xx",
      "status_other",
    ]
    var values = figures(report)
    var changes =
      counts.map { "\($0) = min(\($0) + ?, \(Int64.max))" } + [
        "unique_clients = max(unique_clients, ?)"
      ]
    if replacesPercentiles, report.latency != nil {
      changes += ["p50", "p95", "p99"].map { "\($0) = ?" }
    } else {
      values.removeLast(3)
    }
    let time = SQLValue.integer(report.from)
    try connection.run(
      "UPDATE \(minutes) SET \(changes.joined(separator: ", ")) WHERE time = ?", values + [time])
    try addNames(report, connection)
    for dimension in report.rankings.dimensions {
      let name = SQLValue.text("\(dimension.profile.name)")
      try connection.run(
        """
        DELETE FROM \(names) WHERE time = ?1 AND dimension = ?2 AND name IN (
          SELECT name FROM \(names) WHERE time = ?1 AND dimension = ?2
          ORDER BY hits DESC, name LIMIT -1 OFFSET \(Self.namesPerDimension))
        """, [time, name])
    }
  }

  /// The columns behind the time.
  private func figures(_ report: IntervalReport) -> [SQLValue] {
    let status = report.traffic.status
    let percentiles = [\LatencyFigures.p50, \.p95, \.p99].map { percentile -> SQLValue in
      // As reports write it: more digits would be noise.
      report.latency.flatMap { Double(LatencyText.seconds($0[keyPath: percentile])) }
        .map { .real($0) } ?? .null
    }
    return [.integer(report.traffic.hits), .integer(report.traffic.bytes)]
      + StatusClass.displayOrder.map { .integer(status[$0]) }
      + [.integer(report.uniqueClients.count)] + percentiles
  }

  private func addNames(
    _ report: IntervalReport, _ connection: Connection
  ) throws(DatabaseError) {
    for dimension in report.rankings.dimensions {
      let title = SQLValue.text("\(dimension.profile.name)")
      for ranked in report.rankings[dimension].prefix(Self.namesPerDimension) {
        try connection.run(
          """
          INSERT INTO \(names)(time, dimension, name, hits, bytes, errors) VALUES(?, ?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET hits = hits + excluded.hits, bytes = min(bytes + excluded.bytes, \(Int64.max)),
            errors = errors + excluded.errors
          """,
          [
            .integer(report.from), title, .name(ranked.name), .integer(ranked.hits),
            .integer(ranked.bytes), .integer(ranked.errors),
          ])
      }
    }
  }
}
