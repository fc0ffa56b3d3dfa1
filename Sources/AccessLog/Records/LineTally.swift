/// The lines read, by outcome. Invariant: `lines = hits + rejected + ignored`.
package struct LineTally: Equatable, Sendable {
  /// Complete lines of every kind.
  package var lines = 0
  /// Counted records, including late ones.
  package var hits = 0
  /// Hits whose second had closed before they were read.
  package var late = 0
  /// Blank lines, headers, records outside the requested time range, and those that do not satisfy
  /// the filter.
  package var ignored = 0
  /// Records that do not satisfy the filter.
  package var filtered = 0
  /// Those of them whose second had closed before they were read.
  package var filteredLate = 0
  /// Rejected lines, by reason.
  package var rejected = RejectionCounts()

  package init() {}

  /// Counts records that do not satisfy the filter, but for their lines.
  ///
  /// - Parameter isLate: whether their seconds had closed.
  @inline(__always)
  package mutating func addFiltered(_ records: Int = 1, isLate: Bool) {
    ignored &+= records
    filtered &+= records
    if isLate { filteredLate &+= records }
  }

  package static func -= (left: inout LineTally, right: LineTally) {
    left.lines -= right.lines
    left.hits -= right.hits
    left.late -= right.late
    left.ignored -= right.ignored
    left.filtered -= right.filtered
    left.filteredLate -= right.filteredLate
    left.rejected -= right.rejected
  }

  package static func += (left: inout LineTally, right: LineTally) {
    left.lines += right.lines
    left.hits += right.hits
    left.late += right.late
    left.ignored += right.ignored
    left.filtered += right.filtered
    left.filteredLate += right.filteredLate
    left.rejected += right.rejected
  }
}
