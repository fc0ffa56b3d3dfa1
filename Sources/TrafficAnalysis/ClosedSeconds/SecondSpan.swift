import AccessLog

/// The seconds after `start`, up to and including `end`.
struct SecondSpan: Equatable, Sendable {
  var start: EpochSecond
  var end: EpochSecond

  init(after start: EpochSecond, through end: EpochSecond) {
    self.start = start
    self.end = end
  }

  /// The last `length` seconds up to `end`.
  init(_ length: Int64, through end: EpochSecond) {
    self.init(after: end.advanced(by: -length), through: end)
  }

  @inline(__always)
  func contains(_ second: EpochSecond) -> Bool { second > start && second <= end }
}
