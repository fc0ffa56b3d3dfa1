/// Decides which records are accepted, in which seconds they count, and which come too late.
struct ModelClockGuard {
  let lateness: Int64
  let maxJump: Int64
  let wallClock: Int64

  /// The greatest accepted time, `H`.
  private(set) var highest: Int64?
  /// Records that count in their seconds.
  private(set) var inTime: [ModelRecord] = []
  /// Records whose second had closed.
  private(set) var late: [ModelRecord] = []
  private(set) var future = 0

  private var quarantine: [ModelRecord] = []
  /// Ordinary records since the quarantine was last empty, `c`.
  private var ordinary = 0
  /// A record that is not ahead of the wall clock was delivered.
  private var hasBeenInThePast = false

  init(_ options: ModelOptions) {
    lateness = options.lateness
    maxJump = options.maxJump
    wallClock = options.wallClock
  }

  /// A record as it comes from the source.
  mutating func deliver(_ record: ModelRecord) {
    if record.time <= wallClock {
      hasBeenInThePast = true
    } else if hasBeenInThePast && record.time > saturatingSum(wallClock, maxJump) {
      future += 1
      return
    }
    apply(record)
  }

  /// The source has ended.
  mutating func end() {
    while !quarantine.isEmpty {
      if quarantine.count >= ordinary { believe() } else { reject() }
    }
  }

  /// The rule of the leap, without the wall clock.
  private mutating func apply(_ record: ModelRecord) {
    if isLeap(record.time) {
      if quarantine.isEmpty { ordinary = 0 }
      quarantine.append(record)
    } else {
      if !quarantine.isEmpty { ordinary += 1 }
      accept(record)
      releaseReached()
    }
    settle()
  }

  private func isLeap(_ time: Int64) -> Bool {
    if let highest { return time > saturatingSum(highest, maxJump) }
    guard let lowest = quarantine.map(\.time).min() else { return true }
    return time >= saturatingSum(lowest, -maxJump)
  }

  private mutating func accept(_ record: ModelRecord) {
    if let highest, record.time <= lastClosed(highest) {
      late.append(record)
    } else {
      inTime.append(record)
    }
    raise(to: record.time)
  }

  private mutating func raise(to time: Int64) {
    highest = max(highest ?? time, time)
  }

  private func lastClosed(_ highest: Int64) -> Int64 {
    saturatingSum(saturatingSum(highest, -lateness), -1)
  }

  private mutating func releaseReached() {
    let reached = quarantine.filter { $0.time <= highest! }
    quarantine.removeAll { $0.time <= highest! }
    for record in reached { accept(record) }
    if quarantine.isEmpty { ordinary = 0 }
  }

  private mutating func settle() {
    let waiting = quarantine.count
    if waiting == 0 { return }
    if waiting - ordinary >= 100 {
      believe()
    } else if ordinary - waiting >= 100 {
      reject()
    } else if waiting >= 1000 {
      if waiting >= ordinary { believe() } else { reject() }
    }
  }

  private mutating func believe() {
    let records = quarantine
    quarantine = []
    ordinary = 0
    raise(to: records.map(\.time).min()!)
    for record in records { apply(record) }
  }

  private mutating func reject() {
    future += quarantine.count
    quarantine = []
    ordinary = 0
  }
}
