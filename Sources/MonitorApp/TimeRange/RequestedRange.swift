import AccessLog

/// What `--since` and `--until` ask for: instants, or times that a zone, the log's records or the
/// wall clock have to complete.
struct RequestedRange: Sendable {
  /// What completes them.
  struct Reference {
    /// Which record of the log is known.
    enum Position { case first, last }

    /// The time of the record.
    var record: EpochSecond
    var position: Position
    /// The zone that the log writes, in seconds east.
    var logOffset: Int
    /// The second that lengths of time count back from.
    var end: EpochSecond
  }

  var since: TimeArgument?
  var until: TimeArgument?
  /// The zone that times are shown in.
  var zone: Options.Times

  /// The option whose time counts back from an end.
  var optionCountingBack: String? {
    if case .before? = since { return "--since" }
    if case .before? = until { return "--until" }
    return nil
  }

  /// Whether a record of the log is needed to know the instants.
  ///
  /// - Parameter following: the end that lengths of time count back from is the present.
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
    // It is the first after `since`, so that only the zone may be missing.
    if case .ofDay = until, since != nil { return sinceNeeds || zone == .log }
    return sinceNeeds || needs(until)
  }

  /// The instants that are meant.
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
    // As in every window, so many seconds, of which the last one is the end.
    case .before(let seconds): reference.end.advanced(by: 1 - seconds)
    }
  }
}
