import AccessLog

/// Protects the figures from a server with a wrong clock. A record far ahead of the log is
/// quarantined until it is clear whether time really jumped or a clock is wrong.
///
/// A state machine: it judges each record that is not plainly in order and returns rulings, which
/// the caller applies in order. It counts no traffic. A second of a report with a number of hits is judged
/// as so many records of that time.
struct ClockGuard: Sendable {
  /// What the caller must do.
  enum Ruling: Sendable {
    /// Move the clock of the log to this time.
    case move(to: EpochSecond)
    /// Count the records.
    case accept(Arrival)
    /// Reject the records as `future`.
    case reject(Arrival)
    /// A run of records ahead of the wall clock has begun.
    case beginRun(first: RejectedLine)
  }

  /// The lead of quarantined over ordinary records, or the reverse, that decides at once.
  static let majority = 100
  /// The number of records in quarantine at which the simple majority decides.
  static let limit = 1000

  let maxJump: Int64
  let following: Bool

  /// The quarantined records, in order of arrival.
  private(set) var quarantine: [Arrival] = []
  /// The number of records in quarantine.
  private(set) var held = 0
  /// The earliest time in quarantine.
  private(set) var earliest: EpochSecond?
  /// Records in order since the quarantine was last empty.
  private var ordinary = 0
  /// Whether the source has delivered a record that is not ahead of the wall clock.
  private(set) var hasReachedPresent = false
  /// Whether another source shows that records ahead of the wall clock have a wrong clock.
  var isDoubted = false
  /// Until then, the smallest lead of any record over the wall clock, in seconds.
  private(set) var smallestLead: Int64?

  /// Whether recent records were ahead of the wall clock, and the first that was.
  private var aheadRun = FailureRun()
  private var firstAhead: RejectedLine?

  init(maxJump: Int64, following: Bool) {
    self.maxJump = maxJump
    self.following = following
  }

  /// Whether no record is in quarantine.
  var isQuarantineEmpty: Bool { quarantine.isEmpty }
  /// Whether nothing is in doubt, so that a record in order need not be judged.
  var isSettled: Bool { quarantine.isEmpty && hasReachedPresent && aheadRun.isSettled }
  /// Whether most records are rejected for being ahead of the wall clock.
  var rejectsMost: Bool { aheadRun.isFailing }

  /// Judges the next record of the source.
  ///
  /// - Parameter head: the time of the log; `nil` before its first accepted record.
  mutating func judge(
    _ arrival: Arrival, head: EpochSecond?, wall: EpochSecond
  ) -> [Ruling] {
    let lead = arrival.time.seconds(since: wall)
    if isAhead(arrival.time, of: wall) { return rejectAhead(arrival) }
    _ = aheadRun.recordSuccesses(min(arrival.weight, FailureRun.length))
    if arrival.weight == 0 {
      // Late hits say nothing about the clock.
    } else if lead <= 0 {
      hasReachedPresent = true
    } else if !hasReachedPresent {
      smallestLead = min(smallestLead ?? lead, lead)
    }
    var rulings: [Ruling] = []
    var head = head
    process([arrival], &head, wall, &rulings)
    return rulings
  }

  /// Whether a time is so far ahead of the wall clock that it is not believed.
  func isAhead(_ time: EpochSecond, of wall: EpochSecond) -> Bool {
    (hasReachedPresent || isDoubted) && time.seconds(since: wall) > maxJump
  }

  private mutating func rejectAhead(_ arrival: Arrival) -> [Ruling] {
    var begins = false
    for _ in 0..<min(arrival.weight, FailureRun.length) {
      if aheadRun.recordFailure() { begins = true }
      if aheadRun.isFirstFailure { firstAhead = RejectedLine(arrival) }
    }
    guard begins, let first = firstAhead else { return [.reject(arrival)] }
    return [.reject(arrival), .beginRun(first: first)]
  }

  /// Empties the quarantine by simple majority, because the source has ended or was read to its end
  /// for the first time.
  mutating func resolveQuarantine(head: EpochSecond?, wall: EpochSecond) -> [Ruling] {
    var rulings: [Ruling] = []
    var head = head
    while !quarantine.isEmpty {
      if held >= ordinary {
        acceptJump(&head, wall, &rulings)
      } else {
        rejectQuarantine(&rulings)
      }
    }
    return rulings
  }

  /// Accepts all jumps, including jumps beyond those, because a followed source has delivered no
  /// line for the idle grace.
  mutating func releaseAfterSilence(head: EpochSecond?, wall: EpochSecond) -> [Ruling] {
    var rulings: [Ruling] = []
    var head = head
    while !quarantine.isEmpty { acceptJump(&head, wall, &rulings) }
    return rulings
  }

  /// Releases the records that are no longer ahead, because the clock has run on to `head`.
  mutating func advance(to head: EpochSecond) -> [Ruling] {
    var rulings: [Ruling] = []
    acceptReached(head, &rulings)
    return rulings
  }

  // MARK: - Deciding about jumps

  private mutating func process(
    _ arrivals: [Arrival], _ head: inout EpochSecond?, _ wall: EpochSecond,
    _ rulings: inout [Ruling]
  ) {
    // The next record is last, so that records released by an accepted jump precede the rest.
    var queue = Array(arrivals.reversed())
    while let arrival = queue.popLast() {
      if jumps(arrival.time, head) {
        quarantine.append(arrival)
        held += arrival.weight
        earliest = earliest.map { min($0, arrival.time) } ?? arrival.time
        guard confirmsJump(arrival, wall) else {
          if held >= Self.limit { rejectQuarantine(&rulings) }
          continue
        }
        head = moveToLowest(&rulings)
        queue.append(contentsOf: quarantine.reversed())
        clear()
      } else {
        head = accept(arrival, head, &rulings)
      }
    }
  }

  /// Whether the time is too far ahead of the log. Before the first accepted record, every time is,
  /// unless it is far before the quarantined ones.
  private func jumps(_ time: EpochSecond, _ head: EpochSecond?) -> Bool {
    if let head { return time.seconds(since: head) > maxJump }
    guard let earliest else { return true }
    return earliest.seconds(since: time) <= maxJump
  }

  /// Whether the record just quarantined proves that time has jumped.
  private func confirmsJump(_ arrival: Arrival, _ wall: EpochSecond) -> Bool {
    if held - ordinary >= Self.majority { return true }
    if following, arrival.weight > 0, abs(arrival.time.seconds(since: wall)) <= maxJump {
      return true
    }
    return held >= Self.limit && held >= ordinary
  }

  private mutating func accept(
    _ arrival: Arrival, _ head: EpochSecond?, _ rulings: inout [Ruling]
  ) -> EpochSecond? {
    rulings.append(.accept(arrival))
    guard arrival.weight > 0 else { return head }
    let head = head.map { max($0, arrival.time) } ?? arrival.time
    guard !quarantine.isEmpty else { return head }
    ordinary += arrival.weight
    acceptReached(head, &rulings)
    return head
  }

  /// Accepts the quarantined records that are no longer ahead, and rejects the others if the
  /// majority is against them then.
  private mutating func acceptReached(_ head: EpochSecond, _ rulings: inout [Ruling]) {
    if let earliest, earliest <= head {
      for reached in quarantine where reached.time <= head {
        rulings.append(.accept(reached))
        held -= reached.weight
      }
      quarantine.removeAll { $0.time <= head }
      self.earliest = quarantine.lazy.map(\.time).min()
      if quarantine.isEmpty { return clear() }
    }
    if ordinary - held >= Self.majority { rejectQuarantine(&rulings) }
  }

  private mutating func acceptJump(
    _ head: inout EpochSecond?, _ wall: EpochSecond, _ rulings: inout [Ruling]
  ) {
    head = moveToLowest(&rulings)
    let released = quarantine
    clear()
    process(released, &head, wall, &rulings)
  }

  private func moveToLowest(_ rulings: inout [Ruling]) -> EpochSecond? {
    guard let earliest else { return nil }
    rulings.append(.move(to: earliest))
    return earliest
  }

  private mutating func rejectQuarantine(_ rulings: inout [Ruling]) {
    rulings += quarantine.map { .reject($0) }
    clear()
  }

  private mutating func clear() {
    quarantine.removeAll()
    held = 0
    earliest = nil
    ordinary = 0
  }
}

extension ClockGuard {
  /// The quarantine, for display; `nil` if it is empty.
  var figures: QuarantineFigures? {
    earliest.map {
      QuarantineFigures(records: held, ordinary: ordinary, earliest: $0)
    }
  }

  func markNames(_ marks: inout NameMarks, _ ranked: CountedFacts) {
    for arrival in quarantine { arrival.markNames(&marks, ranked) }
  }

  mutating func renumber(_ newIDs: NameIDMap, _ ranked: CountedFacts) {
    for index in quarantine.indices { quarantine[index].renumber(newIDs, ranked) }
  }
}
