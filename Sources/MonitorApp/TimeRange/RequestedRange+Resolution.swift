import AccessLog
import Engine

// How the range is found before the log is read, or from its first record.

extension RequestedRange {
  /// The range, or how to know it later.
  enum Resolution {
    case known(TimeRange)
    /// From the time of the first record, and the zone that the log writes, in seconds east.
    case byFirstRecord(@Sendable (EpochSecond, Int) -> TimeRange)
  }

  /// Finds the range, from the last record that is there where one is needed.
  ///
  /// - Parameters:
  ///   - lastRecord: looks for it; `nil` for a stream, whose records are yet to come.
  ///   - following: lengths of time count back from now, not from the last record.
  ///   - now: what the wall clock says.
  /// - Throws: where it is clear that no time lies in the range, or that its end cannot be known.
  func resolution(
    _ lastRecord: (() -> LastRecord?)?, following: Bool, now: EpochSecond
  ) throws(UsageError) -> Resolution {
    if !following, lastRecord == nil, let option = optionCountingBack {
      throw .conflict(
        object: option,
        reason: "nobody knows where a stream will end: name a file to count back from its last "
          + "record, or use --follow to count back from now")
    }
    guard needsRecord(following: following) else {
      let range = resolved(Reference(record: now, position: .last, logOffset: 0, end: now))
      if range.isEmpty { throw .emptyRange }
      return .known(range)
    }
    if let last = lastRecord?() {
      let end = following ? now : last.time
      return .known(
        resolved(
          Reference(record: last.time, position: .last, logOffset: last.zoneOffset, end: end)))
    }
    // What is not there yet in a file is its last record when it comes.
    let position: Reference.Position = lastRecord == nil ? .first : .last
    return .byFirstRecord { time, offset in
      let end = following ? now : time
      return resolved(
        Reference(record: time, position: position, logOffset: offset, end: end))
    }
  }
}
