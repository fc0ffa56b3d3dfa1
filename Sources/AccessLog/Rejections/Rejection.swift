/// Why a line is neither a hit nor ignored. A line that is wrong in several ways counts under the
/// first of these, in this order.
package enum Rejection: Int, Error, CaseIterable, Sendable {
  /// Longer than the line limit.
  case oversize
  /// Does not match the format.
  case shape
  /// The time cannot be read, or does not exist.
  case time
  /// Neither three digits nor `-`.
  case status
  /// Not a number, negative, or over 2^63-1.
  case bytes
  /// Further ahead than a clock can be trusted.
  case future
}

extension Rejection {
  /// The name that machine output uses.
  package var name: String {
    switch self {
    case .oversize: "oversize"
    case .shape: "shape"
    case .time: "time"
    case .status: "status"
    case .bytes: "bytes"
    case .future: "future"
    }
  }
}

/// How many lines were rejected, by reason.
package struct RejectionCounts: Sendable {
  private var counts = InlineArray<6, Int>(repeating: 0)

  package init() {}

  package subscript(reason: Rejection) -> Int {
    get { counts[reason.rawValue] }
    set { counts[reason.rawValue] = newValue }
  }

  package var total: Int { counts.indices.reduce(0) { $0 + counts[$1] } }

  package static func += (left: inout RejectionCounts, right: RejectionCounts) {
    for index in left.counts.indices { left.counts[index] += right.counts[index] }
  }
}

extension RejectionCounts: Equatable {
  package static func == (left: RejectionCounts, right: RejectionCounts) -> Bool {
    left.counts.indices.allSatisfy { left.counts[$0] == right.counts[$0] }
  }
}
