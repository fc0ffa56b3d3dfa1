import AccessLog

/// Converts the local times of a zone to instants. A zone with daylight saving skips an hour once a
/// year and repeats one.
struct ZoneClock: Sendable {
  private static let day: Int64 = 86_400

  /// The offset at an instant, in seconds east of UTC.
  let offset: @Sendable (EpochSecond) -> Int

  /// The first instant at which the clock shows a time or, if it skips the time, the first instant after
  /// it.
  func first(showing time: CivilTime) -> EpochSecond {
    first(showing: time.epochSecond)
  }

  /// The last instant up to `end` at which the clock shows a time of day.
  ///
  /// - Parameter ofDay: the time of day, in seconds since midnight.
  func last(ofDay: Int, notAfter end: EpochSecond) -> EpochSecond {
    // A day may skip the time; where the date line has moved, whole days were skipped.
    for days in (-8...1).reversed() {
      let instants = instants(showing: midnight(before: end, plus: Int64(days), ofDay))
      if let last = instants.last(where: { $0 <= end }) { return last }
    }
    return first(showing: midnight(before: end, plus: -1, ofDay))
  }

  /// The first instant after `start` at which the clock shows a time of day.
  func first(ofDay: Int, after start: EpochSecond) -> EpochSecond {
    for days in -1...8 {
      let instants = instants(showing: midnight(before: start, plus: Int64(days), ofDay))
      if let first = instants.first(where: { $0 > start }) { return first }
    }
    return first(showing: midnight(before: start, plus: 1, ofDay))
  }

  /// The first instant with a time of day on the day of another instant.
  func first(ofDay: Int, onDayOf instant: EpochSecond) -> EpochSecond {
    first(showing: midnight(before: instant, plus: 0, ofDay))
  }

  // MARK: - Local times as seconds since 1970, as if they were in UTC

  private func midnight(before instant: EpochSecond, plus days: Int64, _ ofDay: Int) -> EpochSecond
  {
    let local = instant.advanced(by: Int64(offset(instant))).value
    let today = local.floored(by: Self.day).quotient
    return EpochSecond((today + days) * Self.day + Int64(ofDay))
  }

  /// The instants at which the clock shows a local time, earliest first: none, one or two.
  func instants(showing local: EpochSecond) -> [EpochSecond] {
    // Offsets are shorter than a day, so these are the offsets before and after a change.
    let offsets = Set([-Self.day, 0, Self.day].map { offset(local.advanced(by: $0)) })
    return offsets.map { (offset: $0, instant: local.advanced(by: -Int64($0))) }
      .filter { offset($0.instant) == $0.offset }.map(\.instant).sorted()
  }

  private func first(showing local: EpochSecond) -> EpochSecond {
    if let first = instants(showing: local).first { return first }
    // The clock skips the time: search for the second of the change.
    var before = local.advanced(by: -Self.day)
    var after = local.advanced(by: Self.day)
    while after.seconds(since: before) > 1 {
      let middle = before.advanced(by: after.seconds(since: before) / 2)
      if middle.advanced(by: Int64(offset(middle))) < local {
        before = middle
      } else {
        after = middle
      }
    }
    return after
  }
}
