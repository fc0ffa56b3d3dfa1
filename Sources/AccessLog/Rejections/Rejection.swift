/// Why a line is neither a hit nor ignored. A line with several defects counts under the first
/// reason in this order.
package enum Rejection: Int, Error, CaseIterable, Sendable {
  /// Longer than the line limit.
  case oversize
  /// Does not match the format.
  case shape
  /// The time cannot be parsed, or does not exist.
  case time
  /// The status is neither three digits nor `-`.
  case status
  /// The size is not a number, negative, or above 2^63-1.
  case bytes
  /// The time is too far ahead of the log or the wall clock.
  case future
}

extension Rejection {
  /// The name in machine-readable output.
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

/// The number of rejected lines, by reason.
package struct RejectionCounts: Sendable {
  private var counts = InlineArray<6, Int>(repeating: 0)

  package init() {}

  package subscript(reason: Rejection) -> Int {
    get { counts[reason.rawValue] }
    set { counts[reason.rawValue] = newValue }
  }

  /// Rejected lines of every reason.
  package var total: Int { counts.indices.reduce(0) { $0 + counts[$1] } }

  package static func += (left: inout RejectionCounts, right: RejectionCounts) {
    for index in left.counts.indices { left.counts[index] += right.counts[index] }
  }

  package static func -= (left: inout RejectionCounts, right: RejectionCounts) {
    for index in left.counts.indices { left.counts[index] -= right.counts[index] }
  }
}

extension RejectionCounts: Equatable {
  package static func == (left: RejectionCounts, right: RejectionCounts) -> Bool {
    left.counts.indices.allSatisfy { left.counts[$0] == right.counts[$0] }
  }
}
