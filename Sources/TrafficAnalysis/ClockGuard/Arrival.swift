import AccessLog

/// A record with the number of its line in its source.
struct Arrival: Sendable {
  var hit: Hit
  var line: Int

  var time: EpochSecond { hit.time }
}

extension RejectedLine {
  /// A record rejected because its time is too far ahead.
  init(_ arrival: Arrival) {
    self.init(number: arrival.line, rejection: .future)
    time = arrival.time
  }
}
