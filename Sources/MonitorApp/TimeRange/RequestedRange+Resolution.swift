import AccessLog
import Engine

// How the range is resolved: before the log is read, or from its first record.

extension RequestedRange {
  /// The range, or how to compute it later.
  enum Resolution {
    case known(TimeRange)
    /// Computes the range from the time of the first record and its zone, in seconds east of UTC.
    case byFirstRecord(@Sendable (EpochSecond, Int) -> TimeRange)
  }

  /// Resolves the range. Reads the last record of the log only if the range depends on one.
  ///
  /// - Parameters:
  ///   - lastRecord: reads the last record; `nil` for a stream, whose records are still to come.
  ///   - following: durations count back from now instead of from the last record.
  ///   - now: the current time by the wall clock.
  /// - Throws: if no time can lie in the range, or a duration counts back from the end of a stream.
  func resolution(
    _ lastRecord: (() -> LastRecord?)?, following: Bool, now: EpochSecond
  ) throws(UsageError) -> Resolution {
    if !following, lastRecord == nil, let option = optionCountingBack {
      throw .conflict(
        object: option,
        reason: "a stream has no known end: name a file to count back from its last "
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
    // The first record of a file without one will also be its last.
    let position: Reference.Position = lastRecord == nil ? .first : .last
    return .byFirstRecord { time, offset in
      let end = following ? now : time
      return resolved(
        Reference(record: time, position: position, logOffset: offset, end: end))
    }
  }
}
