import AccessLog

/// The zone of the times that a log gives without one.
package struct AssumedZone: Sendable {
  /// The moment at which the clocks of the zone show a time.
  let instant: @Sendable (CivilTime) -> EpochSecond

  /// - Parameter instant: the moment at which the clocks of the zone show a time: the first of two,
  ///   or the moment at which the clocks skip it.
  package init(instant: @escaping @Sendable (CivilTime) -> EpochSecond) {
    self.instant = instant
  }

  /// The zone that is always `offset` seconds east of UTC.
  package init(offset: Int) {
    self.init { $0.epochSecond.advanced(by: Int64(-offset)) }
  }

  /// Coordinated Universal Time.
  package static let utc = AssumedZone(offset: 0)
}
