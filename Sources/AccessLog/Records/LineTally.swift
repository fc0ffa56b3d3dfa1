/// The lines read, by outcome. Invariant: `lines = hits + rejected + ignored`.
package struct LineTally: Equatable, Sendable {
  /// Complete lines of every kind.
  package var lines = 0
  /// Counted records, including late ones.
  package var hits = 0
  /// Hits whose second had closed before they were read.
  package var late = 0
  /// Blank lines, headers and records outside the requested time range.
  package var ignored = 0
  /// Rejected lines, by reason.
  package var rejected = RejectionCounts()

  package init() {}

  package static func += (left: inout LineTally, right: LineTally) {
    left.lines += right.lines
    left.hits += right.hits
    left.late += right.late
    left.ignored += right.ignored
    left.rejected += right.rejected
  }
}
