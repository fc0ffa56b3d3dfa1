import AccessLog

/// A record with the number of its line in its source.
struct Arrival: Sendable {
  var hit: Hit
  var line: Int

  var time: EpochSecond { hit.time }
}

/// Keeps one bad clock from blinding the monitor: a record far ahead of the log waits in quarantine
/// until it is clear whether time really leapt or a clock is wrong.
///
/// A state machine: it is asked about each record that is not plainly in order, and says what is to
/// be done, in order. It holds no counts of traffic.
struct ClockGuard: Sendable {
  enum Ruling: Sendable {
    /// The log's time is this now; what was closed before it stays so.
    case move(to: EpochSecond)
    case accept(Hit)
    /// Rejected as `future`.
    case reject(Arrival)
    /// Over half of the records were rejected for being ahead of the wall clock; the first of them.
    case beginRun(first: RejectedLine)
  }

  /// So many more on one side decide.
  static let majority = 100
  /// At so many in quarantine the majority decides.
  static let limit = 1000

  let maxJump: Int64
  let following: Bool

  /// Records set aside, in arrival order.
  private(set) var quarantine: [Arrival] = []
  /// The earliest time in quarantine.
  private(set) var earliest: EpochSecond?
  /// Ordinary records since the quarantine was last empty.
  private var ordinary = 0
  /// The source has delivered a record that is not ahead of the wall clock.
  private(set) var hasReachedPresent = false
  /// While it has not: how far ahead of the wall clock the nearest record was.
  private(set) var smallestLead: Int64?

  /// Records ahead of the wall clock among those that came last, and the first of them.
  private var aheadRun = FailureRun()
  private var firstAhead: RejectedLine?

  init(maxJump: Int64, following: Bool) {
    self.maxJump = maxJump
    self.following = following
  }

  /// Nothing is set aside.
  var isQuarantineEmpty: Bool { quarantine.isEmpty }
  /// Nothing is in doubt: a record that is in order need not be judged.
  var isSettled: Bool { quarantine.isEmpty && hasReachedPresent && aheadRun.isCalm }
  /// Most records are rejected for being ahead of the wall clock.
  var rejectsMost: Bool { aheadRun.isFailing }

  /// Judges a record that came now.
  ///
  /// - Parameter head: the time of the log, `nil` before there is one.
  mutating func judge(
    _ arrival: Arrival, head: EpochSecond?, wall: EpochSecond
  ) -> [Ruling] {
    let lead = arrival.time.seconds(since: wall)
    if hasReachedPresent, lead > maxJump { return rejectAhead(arrival) }
    _ = aheadRun.succeed()
    if lead <= 0 {
      hasReachedPresent = true
    } else if !hasReachedPresent {
      smallestLead = min(smallestLead ?? lead, lead)
    }
    var rulings: [Ruling] = []
    var head = head
    process([arrival], &head, wall, &rulings)
    return rulings
  }

  private mutating func rejectAhead(_ arrival: Arrival) -> [Ruling] {
    let begins = aheadRun.fail()
    if aheadRun.isFirst { firstAhead = RejectedLine(arrival) }
    guard begins, let first = firstAhead else { return [.reject(arrival)] }
    return [.reject(arrival), .beginRun(first: first)]
  }

  /// The source has ended, or been read to its end for the first time.
  mutating func resolveQuarantine(head: EpochSecond?, wall: EpochSecond) -> [Ruling] {
    var rulings: [Ruling] = []
    var head = head
    while !quarantine.isEmpty {
      if quarantine.count >= ordinary {
        acceptJump(&head, wall, &rulings)
      } else {
        rejectQuarantine(&rulings)
      }
    }
    return rulings
  }

  /// The followed source has brought no line for the idle grace: what leapt is real, and so is what
  /// jumps once more from there.
  mutating func releaseAfterSilence(head: EpochSecond?, wall: EpochSecond) -> [Ruling] {
    var rulings: [Ruling] = []
    var head = head
    while !quarantine.isEmpty { acceptJump(&head, wall, &rulings) }
    return rulings
  }

  /// Time came to `head` although no record did: what it has reached jumps no longer.
  mutating func advance(to head: EpochSecond) -> [Ruling] {
    var rulings: [Ruling] = []
    acceptReached(head, &rulings)
    return rulings
  }

  // MARK: - The rule

  private mutating func process(
    _ arrivals: [Arrival], _ head: inout EpochSecond?, _ wall: EpochSecond,
    _ rulings: inout [Ruling]
  ) {
    // The next record is last, so that what a settled leap sets free goes before what waits.
    var queue = Array(arrivals.reversed())
    while let arrival = queue.popLast() {
      if jumps(arrival.time, head) {
        quarantine.append(arrival)
        earliest = earliest.map { min($0, arrival.time) } ?? arrival.time
        guard confirmsJump(arrival, wall) else {
          if quarantine.count >= Self.limit { rejectQuarantine(&rulings) }
          continue
        }
        head = moveToLowest(&rulings)
        queue.append(contentsOf: quarantine.reversed())
        clear()
      } else {
        head = accept(arrival.hit, head, &rulings)
      }
    }
  }

  private func jumps(_ time: EpochSecond, _ head: EpochSecond?) -> Bool {
    if let head { return time.seconds(since: head) > maxJump }
    guard let earliest else { return true }
    return earliest.seconds(since: time) <= maxJump
  }

  /// Whether the record just set aside settles that time leapt.
  private func confirmsJump(_ arrival: Arrival, _ wall: EpochSecond) -> Bool {
    if quarantine.count - ordinary >= Self.majority { return true }
    if following, abs(arrival.time.seconds(since: wall)) <= maxJump { return true }
    return quarantine.count >= Self.limit && quarantine.count >= ordinary
  }

  private mutating func accept(
    _ hit: Hit, _ head: EpochSecond?, _ rulings: inout [Ruling]
  ) -> EpochSecond {
    rulings.append(.accept(hit))
    let head = head.map { max($0, hit.time) } ?? hit.time
    guard !quarantine.isEmpty else { return head }
    ordinary += 1
    acceptReached(head, &rulings)
    if !quarantine.isEmpty, ordinary - quarantine.count >= Self.majority {
      rejectQuarantine(&rulings)
    }
    return head
  }

  private mutating func acceptReached(_ head: EpochSecond, _ rulings: inout [Ruling]) {
    guard let earliest, earliest <= head else { return }
    for reached in quarantine where reached.time <= head { rulings.append(.accept(reached.hit)) }
    quarantine.removeAll { $0.time <= head }
    self.earliest = quarantine.lazy.map(\.time).min()
    if quarantine.isEmpty { clear() }
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
    earliest = nil
    ordinary = 0
  }
}

extension ClockGuard {
  /// What is set aside, for people to see.
  var figures: QuarantineFigures? {
    guard let earliest, let latest = quarantine.lazy.map(\.time).max() else { return nil }
    return QuarantineFigures(
      records: quarantine.count, ordinary: ordinary, earliest: earliest, latest: latest)
  }

  func markNames(_ marks: inout NameMarks) {
    for held in quarantine { marks.add(held.hit) }
  }

  mutating func renumber(_ newIDs: NameIDMap) {
    for index in quarantine.indices { quarantine[index].hit.renumber(newIDs) }
  }
}
