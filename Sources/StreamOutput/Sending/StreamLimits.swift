import Spooling

/// How much is kept and sent at once, and for how long it is tried. Sizes are in bytes, durations in
/// seconds.
package struct StreamLimits: Equatable, Sendable {
  /// The number of things that wait to be written to the spool, above which reading waits.
  package var queueRoom = 256
  /// The number above which they are dropped.
  package var queueCapacity = 10_000
  /// The size from which a batch is closed.
  package var batchBytes = 1 << 18
  /// The size from which no further batches are handed over before those that are on their way have
  /// been acknowledged.
  package var loadBytes = 1 << 20
  package var spool = SpoolLimits()
  /// Where everything must be delivered, reading waits while more than this is unsent.
  package var backlog = 16 << 20
  /// How long messages may stay unanswered before the broker counts as away.
  package var patience = 2.0
  /// How long the end of the program waits for the broker.
  package var ending = 4.0
  /// How long it waits for one that is away.
  package var endingAway = 1.0

  package init() {}
}
