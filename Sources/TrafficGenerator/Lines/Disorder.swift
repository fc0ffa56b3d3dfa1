/// What is wrong with some of the lines, on purpose.
package struct Disorder: Equatable, Sendable {
  /// Lines may be stamped up to so many seconds before they are written.
  package var jitter: Int64 = 0
  /// One line in so many is stamped half a minute too early; 0 for none.
  package var lateEvery = 0
  /// One line in so many is none that any format accepts; 0 for none.
  package var garbageEvery = 0
  /// One line in so many has a client and a section that were never seen before; 0 for none.
  package var uniqueEvery = 0

  package init() {}
}
