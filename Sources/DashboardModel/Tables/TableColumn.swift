import AccessLog
import TrafficAnalysis

/// A column of a table of names.
package enum TableColumn: String, CaseIterable, Sendable {
  case name, trend, hits, share, rate, clientErrors, serverErrors, p95, bytes, change, peak,
    firstSeen, lastSeen

  /// The figure by which the table is sorted; `nil` if it cannot be sorted by this column.
  package var figure: RankingFigure? {
    switch self {
    case .name: .name
    case .trend: nil
    case .hits, .share, .rate: .hits
    case .clientErrors: .clientErrors
    case .serverErrors: .serverErrors
    case .p95: .p95
    case .bytes: .bytes
    case .change: .change
    case .peak: .peak
    case .firstSeen: .firstSeen
    case .lastSeen: .lastSeen
    }
  }

  /// The width, with at least one blank before the text; 0 for the columns that share what is left.
  package var width: Int {
    switch self {
    case .name, .trend: 0
    case .hits: 8
    case .share: 7
    case .rate, .change: 9
    case .clientErrors, .serverErrors: 5
    case .p95: 8
    case .bytes, .peak: 9
    case .firstSeen, .lastSeen: 10
    }
  }

  /// The columns besides name and sparkline, the most useful first. The sparkline comes before those
  /// that are only nice to have.
  ///
  /// - Parameter isTimed: whether the log has latencies.
  static func ranked(
    _ dimension: Dimension, isZoomed: Bool, isTimed: Bool
  ) -> (useful: [TableColumn], extra: [TableColumn]) {
    var useful: [TableColumn] = [.hits, .share, .serverErrors, .change, .clientErrors]
    if isTimed, dimension.profile.reportFigures.contains(.latency) { useful.insert(.p95, at: 3) }
    let extra: [TableColumn] =
      isZoomed ? [.rate, .bytes, .peak, .firstSeen, .lastSeen] : [.bytes]
    return (useful.filter { dimension != .status || !$0.isOfErrors }, extra)
  }

  /// Whether the column counts errors, which all hits of a status code are, or none.
  private var isOfErrors: Bool { self == .clientErrors || self == .serverErrors }
}
