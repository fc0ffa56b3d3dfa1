/// The limits of a history. Tests choose others.
package struct HistoryLimits: Sendable {
  /// How much may wait to be saved: a unit is an alert, or a name of a minute; about 100 bytes.
  package var capacity = 200_000
  /// How much one transaction saves at most, in the same units. It must fit the write-ahead log.
  package var batch = 10_000
  /// What the alerts may take in the file, in bytes; so the file of a million alerts stays below 100 MiB.
  package var alertBytes = 72 << 20
  /// The size up to which a file is checked as a whole when it is opened, in bytes. Damage of a larger one
  /// is noticed when it is met.
  package var checkedSize = 16 << 20
  /// How long to wait after a failure, in seconds: at first, and at most.
  package var firstPause = 0.1
  package var longestPause = 2.0
  /// How often to look whether the file is still there, in seconds.
  package var watch = 5.0

  package init() {}
}
