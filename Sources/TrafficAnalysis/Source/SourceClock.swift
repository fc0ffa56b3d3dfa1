import AccessLog

/// The clock of one source: the time its log has reached, and the seconds that are closed.
struct SourceClock: Sendable {
  /// How long a second stays open, in seconds; for a sender of reports perhaps longer, as it does there.
  private(set) var lateness: Int64

  /// The time of the log: the greatest accepted record time, or later after a silence.
  private(set) var head: EpochSecond?
  /// The greatest accepted record time.
  private(set) var greatest: EpochSecond?
  /// The first second that was open.
  private(set) var firstOpen: EpochSecond?
  /// The first second that a sender closes, if that is known before its first record, and by how many
  /// seconds it may precede that record.
  private var firstOfSender: (second: EpochSecond, lead: Int64)?
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
      var first = time.advanced(by: -lateness)
      if let (second, lead) = firstOfSender {
        first = min(max(second, time.advanced(by: -lead)), time)
      }
      firstOpen = first
      close(through: first.advanced(by: -1))
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

// MARK: - Senders of reports

extension SourceClock {
  /// Notes before the first record which second a sender closes first.
  ///
  /// - Parameters:
  ///   - first: `nil` if that is not known.
  ///   - lead: by how many seconds it may precede the first record at most.
  mutating func expect(first: EpochSecond?, lead: Int64) {
    if head == nil { firstOfSender = first.map { ($0, lead) } }
  }

  /// Leaves seconds open as long as a sender does, where that is longer than usual, if its clock has to run
  /// on without it.
  ///
  /// - Parameters:
  ///   - seconds: how long it leaves them open.
  ///   - usual: the same here.
  mutating func setLateness(ofSender seconds: Int64, usual: Int64) {
    lateness = max(seconds, usual)
  }
}
