/// What became of the lines read: `lines = hits + rejected + ignored`, always.
package struct LineTally: Equatable, Sendable {
  /// Lines that ended, whatever they held.
  package var lines = 0
  /// Records counted, late ones included.
  package var hits = 0
  /// Hits whose second had closed before they were read.
  package var late = 0
  /// Blank lines, headers and records outside the span asked for.
  package var ignored = 0
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
