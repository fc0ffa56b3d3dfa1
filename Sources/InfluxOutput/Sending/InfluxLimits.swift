import Spooling

/// How much is kept and sent at once, and for how long it is tried. Sizes are in bytes, durations in
/// seconds.
package struct InfluxLimits: Equatable, Sendable {
  /// The most points that wait to be written to the spool.
  package var queueCapacity = 100_000
  /// The most points of a request.
  package var batchPoints = 5_000
  /// The largest body of a request.
  package var batchBytes = 1 << 20
  /// How long points wait for others that can be sent with them.
  package var batchDelay = 1.0
  package var spool = SpoolLimits()
  /// Where everything must be delivered, reading waits while more than this is unsent.
  package var backlog = 16 << 20
  package var connectTimeout = 3.0
  package var totalTimeout = 10.0
  /// How long the end of the program waits.
  package var ending = 2.0

  package init() {}
}
