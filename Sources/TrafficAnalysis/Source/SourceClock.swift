import AccessLog

/// The time of one source: how far its log has come, and which of its seconds are closed.
struct SourceClock: Sendable {
  let lateness: Int64

  /// The time of the log: the greatest accepted record time, moved on in silence.
  private(set) var head: EpochSecond?
  /// The greatest accepted record time.
  private(set) var greatest: EpochSecond?
  /// The last closed second; a record at or before it is late.
  private(set) var closedThrough: EpochSecond?

  init(lateness: Int64) {
    self.lateness = lateness
  }

  /// A record, or the guard, says that it is this late.
  mutating func move(to time: EpochSecond) {
    if head == nil { closedThrough = time.advanced(by: -lateness - 1) }
    head = head.map { max($0, time) } ?? time
  }

  mutating func accept(_ time: EpochSecond) {
    greatest = greatest.map { max($0, time) } ?? time
    move(to: time)
  }

  /// The seconds up to here can be closed.
  var closableThrough: EpochSecond? { head?.advanced(by: -lateness - 1) }

  mutating func close(through second: EpochSecond) {
    closedThrough = closedThrough.map { max($0, second) } ?? second
  }
}
