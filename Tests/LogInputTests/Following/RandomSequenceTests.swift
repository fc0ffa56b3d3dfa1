import AccessLog
import Foundation
import ReferenceModel
import Testing

@testable import LogInput

/// Random sequences of events of a log, compared with the lines that can be read of it.
struct RandomSequenceTests {
  @Test(arguments: 0..<10)
  func noLineIsLostReadTwiceOrMissedSilently(batch: Int) {
    for seed in (batch * 250)..<((batch + 1) * 250) {
      let sequence = RandomSequence(seed: UInt64(seed), isNotified: seed % 4 != 3)
      guard let problem = sequence.run() else { continue }
      Issue.record("seed \(seed): \(problem)\n\(sequence.world.events.joined(separator: "\n"))")
      return
    }
  }
}

/// A pool of inotify descriptors, which are reused because closing one is slow.
private final class NotificationPool: @unchecked Sendable {
  private static let shared = NotificationPool()
  private let lock = NSLock()
  private var own: Set<Int32> = []
  private var free: [Int32] = []

  static var calls: FileSystemCalls {
    var calls = FileSystemCalls()
    let real = calls
    calls.startNotifying = { () throws(SystemError) in
      if let used = shared.lock.withLock({ shared.free.popLast() }) { return used }
      let new = try real.startNotifying()
      shared.lock.withLock { _ = shared.own.insert(new) }
      return new
    }
    calls.close = { descriptor in
      let isKept = shared.lock.withLock {
        guard shared.own.contains(descriptor) else { return false }
        shared.free.append(descriptor)
        return true
      }
      if !isKept { real.close(descriptor) }
    }
    return calls
  }
}

/// A random sequence of events of a log, and of reads.
private final class RandomSequence {
  let world = LogWorld()
  private let clock = HandClock()
  private let isNotified: Bool
  private let block: Int
  private let log: FollowedFile
  private var random: RandomSource
  private var seen: [Int] = []
  private var pieces = 0

  init(seed: UInt64, isNotified: Bool) {
    random = RandomSource(seed: seed)
    self.isNotified = isNotified
    block = random.pick([64, 1 << 16])
    let clock = clock
    log = FollowedFile(
      path: world.bench.path("log"),
      watch: isNotified ? FileWatch(calls: NotificationPool.calls) : nil
    ) {
      clock.now
    }
  }

  /// Runs the sequence.
  ///
  /// - Returns: a description of the first problem, or nil if there is none.
  func run() -> String? {
    do {
      if random.chance(700) { world.create(renaming: false) }
      try read()
      for _ in 0..<random.number(5...40) {
        if random.chance(300) {
          try read()
        } else {
          try change()
        }
        if let problem { return problem }
      }
      if world.log == nil { world.create(renaming: false) }
      world.write(1, to: world.log)
      try read()
      return problem ?? problemAtEnd
    } catch {
      return "\(error)"
    }
  }

  private func change() throws {
    let keep = random.number(0...3)
    switch random.number(0...24) {
    case 0...5: world.write(random.number(1...4), to: world.log)
    case 6: world.writeHalf()
    case 7...9:
      world.rotate(keep: keep)
      if random.chance(700) { world.create(renaming: random.chance(300)) }
    case 10: world.write(random.number(1...2), to: world.slowWriter)
    case 11: world.copyAndTruncate(keep: max(1, keep))
    case 12: world.truncate()
    case 13:
      world.truncate()
      world.write(random.number(1...6), to: world.log)
    case 14: world.delete("log")
    case 15: world.delete("log.\(random.number(1...3))")
    case 16, 17: world.create(renaming: random.chance(300))
    case 18: world.renameBack()
    case 19, 20: world.replace()
    case 21:
      // If nothing is watched, a copy beside the log may be mistaken for a newer file.
      try world.deleteAndRestore { if isNotified, random.chance(500) { try read() } }
    case 22:
      try world.rewrite { try read() }
      try read()
    default: try waitForSomeTime()
    }
  }

  private func waitForSomeTime() throws {
    guard world.log != nil else { return }
    try read()
    let isLong = random.chance(300)
    clock.now += isLong ? 61 : 6
    try read()
    if isLong { try read() }
    world.giveUpHalves()
    if isLong { world.forget() }
  }

  private func read() throws {
    clock.now += 0.1
    let text = try log.drain(block: block)
    world.read()
    for token in text.split(whereSeparator: { $0 == "\n" || $0 == "|" }) {
      if token.count == LogWorld.text(0).count, let number = Int(token.dropFirst(5).dropLast()) {
        seen.append(number - 1_000_000)
      } else {
        pieces += 1
      }
    }
  }

  private var problem: String? {
    let once = Set(seen)
    if once.count < seen.count { return "read twice: \(Self.doubles(seen))" }
    let lost = world.promised.subtracting(once)
    if !lost.isEmpty { return "lost: \(lost.sorted())" }
    let missed = log.state.unreadFiles
    if isNotified, missed != world.missed { return "\(missed) missed, not \(world.missed)" }
    if pieces > 2 * world.halves { return "\(pieces) pieces of \(world.halves) lines" }
    return nil
  }

  private var problemAtEnd: String? {
    let gone = world.written.subtracting(seen).subtracting(world.traceless)
    let counted = log.state.unreadFiles + log.state.truncations
    return gone.isEmpty || counted > 0 || !isNotified ? nil : "not counted: \(gone.sorted())"
  }

  private static func doubles(_ numbers: [Int]) -> [Int] {
    Dictionary(grouping: numbers) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
  }
}
