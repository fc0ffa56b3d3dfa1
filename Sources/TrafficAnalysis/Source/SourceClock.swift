import AccessLog

/// The clock of one source: the time its log has reached, and the seconds that are closed.
struct SourceClock: Sendable {
  let lateness: Int64

  /// The time of the log: the greatest accepted record time, or later after a silence.
  private(set) var head: EpochSecond?
  /// The greatest accepted record time.
  private(set) var greatest: EpochSecond?
  /// The first second that was open.
  private(set) var firstOpen: EpochSecond?
  /// The last closed second; a record at or before it is late.
  private(set) var closedThrough: EpochSecond?
  /// The last second that was closed because the other sources have left it behind.
  private(set) var closedWithOthers: EpochSecond?

  init(lateness: Int64) {
    self.lateness = lateness
  }

  /// Moves the clock forward to a time; an earlier time changes nothing.
  mutating func move(to time: EpochSecond) {
    if head == nil {
      firstOpen = time.advanced(by: -lateness)
      close(through: time.advanced(by: -lateness - 1))
    }
    head = head.map { max($0, time) } ?? time
  }

  /// Moves the clock to the time of an accepted record.
  mutating func accept(_ time: EpochSecond) {
    greatest = greatest.map { max($0, time) } ?? time
    move(to: time)
  }

  /// The last second that may be closed.
  var closableThrough: EpochSecond? { head?.advanced(by: -lateness - 1) }

  /// Marks the seconds through `second` as closed because the other sources have left them behind.
  mutating func closeWithOthers(through second: EpochSecond) {
    closedWithOthers = closedWithOthers.map { max($0, second) } ?? second
    close(through: second)
  }

  /// Marks the seconds through `second` as closed.
  mutating func close(through second: EpochSecond) {
    closedThrough = closedThrough.map { max($0, second) } ?? second
  }
}
