/// A column of the list of sources, by which it can be sorted.
package enum SourceColumn: String, CaseIterable, Sendable {
  case name, rate, hits, serverErrors, rejected, late, lag, format, state

  /// The head.
  package var title: String {
    switch self {
    case .name: "source"
    case .rate: "rate"
    case .hits: "hits"
    case .serverErrors: "5xx"
    case .rejected: "rejected"
    case .late: "late"
    case .lag: "behind"
    case .format: "format"
    case .state: "state"
    }
  }

  /// The width; 0 for the name, which gets what is left.
  package var width: Int {
    switch self {
    case .name: 0
    case .rate, .serverErrors: 8
    case .hits, .rejected, .late: 10
    case .lag: 8
    case .format: 11
    case .state: 15
    }
  }

  /// Whether its texts are words, which are aligned to the left.
  package var isText: Bool { self == .state || self == .format || self == .name }
}

/// The order of the list of sources.
package struct SourceOrder: Equatable, Sendable {
  /// The column by which it is sorted: the greatest first; names in their order; of states, trouble
  /// first. `nil` for the standard order: the sources of the command line as they were given, then
  /// senders, those in trouble first.
  package var column: SourceColumn?
  package var isReversed = false

  /// - Parameter column: `nil` for the standard order.
  package init(_ column: SourceColumn? = nil, isReversed: Bool = false) {
    self.column = column
    self.isReversed = isReversed
  }

  /// The order by the next of some columns; the standard one comes behind the last.
  func next(among columns: [SourceColumn]) -> SourceOrder {
    let all = [nil] + columns.map { Optional($0) }
    let current = all.firstIndex(of: column) ?? 0
    return SourceOrder(all[(current + 1) % all.count])
  }
}
