import AccessLog
import TrafficAnalysis

/// What a run has counted of the minute that has not closed.
package struct MinutePart: Equatable, Sendable {
  package var report: IntervalReport
  package var reading: MinuteReading

  package init(_ report: IntervalReport, _ reading: MinuteReading) {
    self.report = report
    self.reading = reading
  }
}

/// What a former run had saved of a minute, as rows.
struct MinuteBase: Sendable {
  var time: EpochSecond
  /// All columns of the minute.
  var minute: [SQLValue]
  /// The columns of its names but for the time.
  var names: [[SQLValue]] = []
}

extension MinuteTable {
  /// The newest minute; `nil` if there is none.
  ///
  /// - Parameter isOpen: whether to consider only minutes in which a run has ended.
  func newest(
    isOpen: Bool = false, _ connection: Connection
  ) throws(DatabaseError) -> MinuteBase? {
    let condition = isOpen ? "WHERE time IN (SELECT time FROM open_minutes)" : ""
    let row = try connection.row(
      "SELECT * FROM \(minutes) \(condition) ORDER BY time DESC LIMIT 1")
    guard let row, let time = row.first?.integer else { return nil }
    var base = MinuteBase(time: EpochSecond(time), minute: row)
    try connection.rows(
      "SELECT dimension, name, hits, bytes, errors FROM \(names) WHERE time = ?", [.integer(time)]
    ) { base.names.append($0) }
    return base
  }
}
