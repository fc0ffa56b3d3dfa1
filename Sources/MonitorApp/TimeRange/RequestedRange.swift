import AccessLog

/// The range that `--since` and `--until` request: instants, or times that become instants through a
/// zone, a record of the log or the wall clock.
struct RequestedRange: Sendable {
  /// What turns the requested times into instants.
  struct Reference {
    /// The position of a record in the log.
    enum Position { case first, last }

    /// The time of the record.
    var record: EpochSecond
    var position: Position
    /// The zone of the log, in seconds east of UTC.
    var logOffset: Int
    /// The second that durations count back from.
    var end: EpochSecond
  }

  /// Earlier records are outside the range.
  var since: TimeArgument?
  /// Records at this time or later are outside the range.
  var until: TimeArgument?
  /// The zone in which times are displayed.
  var zone: Options.Times

  /// The first option whose time is a duration; `nil` if neither is.
  var optionCountingBack: String? {
    if case .before? = since { return "--since" }
    if case .before? = until { return "--until" }
    return nil
  }

  /// Whether the instants depend on a record of the log.
  ///
  /// - Parameter following: durations count back from now.
  func needsRecord(following: Bool) -> Bool {
    func needs(_ time: TimeArgument) -> Bool {
      switch time {
      case .instant: false
      case .civil: zone == .log
      case .ofDay: true
      case .before: !following
      }
    }
    let sinceNeeds = since.map(needs) ?? false
    guard let until else { return sinceNeeds }
    // The time of day is the first one after `since`, so only the zone may be missing.
    if case .ofDay = until, since != nil { return sinceNeeds || zone == .log }
    return sinceNeeds || needs(until)
  }

  /// The requested range as instants.
  func resolved(_ reference: Reference) -> TimeRange {
    let clock = clock(logOffset: reference.logOffset)
    let start = since.map { instant($0, clock, reference) }
    guard let until else { return TimeRange(since: start) }
    if case .ofDay(let seconds) = until, let start {
      return TimeRange(since: start, until: clock.first(ofDay: seconds, after: start))
    }
    return TimeRange(since: start, until: instant(until, clock, reference))
  }

  private func clock(logOffset: Int) -> ZoneClock {
    switch zone {
    case .utc: ZoneClock { _ in 0 }
    case .local: ZoneClock(offset: LocalZone.offset)
    case .log: ZoneClock { _ in logOffset }
    }
  }

  private func instant(
    _ time: TimeArgument, _ clock: ZoneClock, _ reference: Reference
  ) -> EpochSecond {
    switch time {
    case .instant(let second): second
    case .civil(let civil): clock.first(showing: civil)
    case .ofDay(let seconds):
      switch reference.position {
      case .first: clock.first(ofDay: seconds, onDayOf: reference.record)
      case .last: clock.last(ofDay: seconds, notAfter: reference.record)
      }
    // As in every window, the last second is the end.
    case .before(let seconds): reference.end.advanced(by: 1 - seconds)
    }
  }
}
