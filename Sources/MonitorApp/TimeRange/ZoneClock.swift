import AccessLog

/// What a clock shows in a zone, and when it shows a time: once a year a zone with daylight saving
/// leaves out an hour, and once it has one twice.
struct ZoneClock {
  private static let day: Int64 = 86_400

  /// Seconds east of Greenwich at an instant.
  let offset: (EpochSecond) -> Int

  /// Every instant at which the clock shows the time, earliest first: none, one or two.
  func instants(showing time: CivilTime) -> [EpochSecond] {
    instants(showing: time.epochSecond)
  }

  /// When the clock first shows the time, or where it never does, the first later one.
  func first(showing time: CivilTime) -> EpochSecond {
    first(showing: time.epochSecond)
  }

  /// The last instant, not after the other, at which the clock shows a time of day.
  ///
  /// - Parameter ofDay: in seconds since midnight.
  func last(ofDay: Int, notAfter end: EpochSecond) -> EpochSecond {
    // A day may lack the time, and where the date line was moved there even were days that are not.
    for days in (-8...1).reversed() {
      let instants = instants(showing: midnight(before: end, plus: Int64(days), ofDay))
      if let last = instants.last(where: { $0 <= end }) { return last }
    }
    return first(showing: midnight(before: end, plus: -1, ofDay))
  }

  /// The first instant after the other at which the clock shows a time of day.
  func first(ofDay: Int, after start: EpochSecond) -> EpochSecond {
    for days in -1...8 {
      let instants = instants(showing: midnight(before: start, plus: Int64(days), ofDay))
      if let first = instants.first(where: { $0 > start }) { return first }
    }
    return first(showing: midnight(before: start, plus: 1, ofDay))
  }

  /// When the clock shows a time of day on the day of an instant.
  func first(ofDay: Int, onDayOf instant: EpochSecond) -> EpochSecond {
    first(showing: midnight(before: instant, plus: 0, ofDay))
  }

  // MARK: - Times that the clock shows, as if they were of UTC

  private func midnight(before instant: EpochSecond, plus days: Int64, _ ofDay: Int) -> EpochSecond
  {
    let shown = instant.advanced(by: Int64(offset(instant))).value
    let rest = shown % Self.day
    let midnight = shown - (rest < 0 ? rest + Self.day : rest)
    return EpochSecond(midnight + days * Self.day + Int64(ofDay))
  }

  private func instants(showing shown: EpochSecond) -> [EpochSecond] {
    // No zone is a whole day from Greenwich, so these are the offsets before and after a change.
    let offsets = Set([-Self.day, 0, Self.day].map { offset(shown.advanced(by: $0)) })
    return offsets.map { (offset: $0, instant: shown.advanced(by: -Int64($0))) }
      .filter { offset($0.instant) == $0.offset }.map(\.instant).sorted()
  }

  private func first(showing shown: EpochSecond) -> EpochSecond {
    if let first = instants(showing: shown).first { return first }
    // The clock is put forward over it: the second at which that happens.
    var before = shown.advanced(by: -Self.day)
    var after = shown.advanced(by: Self.day)
    while after.seconds(since: before) > 1 {
      let middle = before.advanced(by: after.seconds(since: before) / 2)
      if middle.advanced(by: Int64(offset(middle))) < shown {
        before = middle
      } else {
        after = middle
      }
    }
    return after
  }
}
