/// Deliberate irregularities of a simulated log.
package struct Irregularities: Equatable, Sendable {
  /// The greatest number of seconds by which a line's time may precede the second it is written in.
  package var jitter: Int64 = 0
  /// Every N-th line has a time that is 30 seconds too early; 0 for none.
  package var lateEvery = 0
  /// Every N-th line matches no format; 0 for none.
  package var garbageEvery = 0
  /// How many of a hundred lines have a time that is a second too early.
  package var latePercent = 0
  /// Every N-th line has a client and a section that occur nowhere else; 0 for none.
  package var uniqueEvery = 0
  /// Every N-th line has the section `/popular`, even where sections occur only once; 0 for none.
  package var popularEvery = 0

  /// Creates an empty set of irregularities.
  package init() {}
}
