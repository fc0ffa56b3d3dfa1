/// Decides which records are accepted, in which seconds they count, and which come too late.
struct ModelClockGuard {
  let lateness: Int64
  let maxJump: Int64
  let isFollowing: Bool
  /// What the wall clock says; without follow it is read once.
  var wallClock: Int64

  /// The greatest accepted time, `H`.
  private(set) var highest: Int64?
  /// What `H` counts as: in silence time goes on by itself. It never falls.
  private(set) var reach: Int64?
  /// Records that count in their seconds.
  private(set) var inTime: [ModelRecord] = []
  /// Records whose second had closed.
  private(set) var late: [ModelRecord] = []
  private(set) var future = 0

  private(set) var quarantine: [ModelRecord] = []
  /// Ordinary records since the quarantine was last empty, `c`.
  private var ordinary = 0
  /// A record that is not ahead of the wall clock was delivered.
  private var hasBeenInThePast = false
  /// How often each branch was taken.
  private(set) var branches: [ClockBranch: Int] = [:]
  /// Records set free are judged once more.
  private var isReleasing = false

  init(_ options: ModelOptions) {
    lateness = options.lateness
    maxJump = options.maxJump
    isFollowing = options.isFollowing
    wallClock = options.wallClock
  }

  /// A record as it comes from the source.
  mutating func deliver(_ record: ModelRecord) {
    if record.time <= wallClock {
      hasBeenInThePast = true
    } else if hasBeenInThePast && record.time > saturatingSum(wallClock, maxJump) {
      future += 1
      count(.future)
      return
    } else if !hasBeenInThePast && record.time > saturatingSum(wallClock, maxJump) {
      count(.alwaysAhead)
    }
    apply(record)
  }

  /// The source has ended.
  mutating func end() {
    while !quarantine.isEmpty {
      count(quarantine.count >= ordinary ? .believedAtEnd : .rejectedAtEnd)
      if quarantine.count >= ordinary { believe() } else { reject() }
    }
  }

  private mutating func count(_ branch: ClockBranch) {
    branches[branch, default: 0] += 1
  }

  /// A followed source was silent for the grace.
  mutating func endSilence() {
    while !quarantine.isEmpty {
      count(.believedInSilence)
      believe()
    }
  }

  /// Time goes on by itself to `time`, or to the first quarantined record that it meets.
  mutating func goOn(to time: Int64) {
    let met = quarantine.map(\.time).filter { $0 <= time }.min()
    if let met {
      count(.metInSilence)
      reach = met
    } else if time > reach! {
      count(.wentOn)
      reach = time
    }
    releaseReached()
  }

  /// The rule of the leap, without the wall clock.
  private mutating func apply(_ record: ModelRecord) {
    if let reach {
      let limit = saturatingSum(reach, maxJump)
      if maxJump > 0 && record.time == limit { count(.furthestInOrder) }
      if record.time == saturatingSum(limit, 1) { count(.nearestLeap) }
    }
    if isLeap(record.time) {
      if isReleasing { count(.leapsAgain) }
      if quarantine.isEmpty { ordinary = 0 }
      quarantine.append(record)
      settle(isOfNow: isFollowing && abs(record.time - wallClock) <= maxJump)
    } else {
      if !quarantine.isEmpty { ordinary += 1 }
      if reach == nil { count(.belowStart) }
      accept(record)
      releaseReached()
      settle(isOfNow: false)
    }
  }

  private func isLeap(_ time: Int64) -> Bool {
    if let reach { return time > saturatingSum(reach, maxJump) }
    guard let lowest = quarantine.map(\.time).min() else { return true }
    return time >= saturatingSum(lowest, -maxJump)
  }

  private mutating func accept(_ record: ModelRecord) {
    if let reach, record.time <= lastClosed(reach) {
      if record.time > highest! { count(.lateButGreatest) }
      late.append(record)
    } else {
      inTime.append(record)
    }
    raise(to: record.time)
  }

  private mutating func raise(to time: Int64) {
    highest = max(highest ?? time, time)
    reach = max(reach ?? time, time)
  }

  func lastClosed(_ reach: Int64) -> Int64 {
    saturatingSum(saturatingSum(reach, -lateness), -1)
  }

  private mutating func releaseReached() {
    let reached = quarantine.filter { $0.time <= reach! }
    quarantine.removeAll { $0.time <= reach! }
    for record in reached {
      count(.reachedByTime)
      accept(record)
    }
    if quarantine.isEmpty { ordinary = 0 }
  }

  /// `isOfNow`: a leap has just landed where the wall clock is.
  private mutating func settle(isOfNow: Bool) {
    let waiting = quarantine.count
    if waiting == 0 { return }
    if waiting - ordinary >= 100 || isOfNow {
      count(waiting - ordinary >= 100 ? .believedByMajority : .ofNow)
      believe()
    } else if ordinary - waiting >= 100 {
      count(.rejectedByMajority)
      reject()
    } else if waiting >= 1000 {
      count(
        waiting == ordinary
          ? .believedByTie : waiting > ordinary ? .believedAtLimit : .rejectedAtLimit)
      if waiting >= ordinary { believe() } else { reject() }
    }
  }

  private mutating func believe() {
    let records = quarantine
    quarantine = []
    ordinary = 0
    raise(to: records.map(\.time).min()!)
    if isReleasing { count(.believedAgain) }
    let isOutermost = !isReleasing
    isReleasing = true
    for record in records { apply(record) }
    if isOutermost { isReleasing = false }
  }

  private mutating func reject() {
    future += quarantine.count
    quarantine = []
    ordinary = 0
  }
}
