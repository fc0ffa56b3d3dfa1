/// How much a spool keeps, in bytes, and the pauses between attempts to send it, in seconds.
package struct SpoolLimits: Equatable, Sendable {
  /// The most that is kept.
  package var capacity = 64 << 20
  /// The most that is kept in memory where the disk cannot be used.
  package var memoryCapacity = 8 << 20
  /// The pause after the first failure. It doubles with each further one.
  package var firstPause = 0.5
  package var longestPause = 5.0

  package init() {}
}
