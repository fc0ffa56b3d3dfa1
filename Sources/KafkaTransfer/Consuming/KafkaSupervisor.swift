import CKafka
import Dispatch
import Glibc
import Synchronization

/// Does for a consumer what has to wait for brokers: finds partitions, and keeps positions. All of it
/// happens one after the other on a queue of its own.
final class KafkaSupervisor: Sendable {
  private enum Step {
    case check, refresh, commit
  }

  private struct State {
    /// The steps that are planned.
    var planned: Set<Step> = []
    /// Partitions that were found and not yet fetched by the consumer.
    var found: [KafkaPartition] = []
    /// The numbers of all partitions that were found.
    var known: Set<Int32> = []
    /// Whether all partitions were found at least once.
    var isComplete = false
    /// Why brokers cannot be asked at present.
    var problem: KafkaProblem?
    /// The number of times that brokers have answered.
    var successes = 0
    /// Positions to be kept, by their partitions.
    var uncommitted: [Int32: KafkaPosition] = [:]
    /// Why the last attempt to keep positions has failed.
    var commitProblem: KafkaProblem?
  }

  /// How long to wait for brokers at a time, in milliseconds.
  private static let patience: Int32 = 4_000
  /// The time between two attempts, in seconds.
  private static let retryPause = 1.0
  /// The same at the end, for keeping positions.
  private static let finishPause = 0.1
  /// The time after which new partitions are noticed at the latest, in seconds.
  private static let refreshInterval = 30.0
  /// The largest number of partitions that are read.
  private static let largestCount = 4_096

  private let client: KafkaClient
  private let start: KafkaStart
  private let isFollowing: Bool
  private let queue = DispatchQueue(label: "kafka")
  private let state = Mutex(State())

  init(_ client: KafkaClient, start: KafkaStart, isFollowing: Bool) {
    self.client = client
    self.start = start
    self.isFollowing = isFollowing
  }

  /// Takes a step some time later, unless it is planned already.
  private func plan(_ step: Step, after seconds: Double) {
    guard state.withLock({ $0.planned.insert(step).inserted }) else { return }
    queue.asyncAfter(deadline: .now() + seconds) { [weak self] in self?.take(step) }
  }

  private func take(_ step: Step) {
    state.withLock { _ = $0.planned.remove(step) }
    switch step {
    case .check: check()
    case .refresh: plan(.check, after: 0)
    case .commit: commitAll()
    }
  }

  // MARK: - Partitions

  /// Looks for partitions soon.
  func check(after seconds: Double) { plan(.check, after: seconds) }

  private func check() {
    do throws(KafkaProblem) {
      let isLate = state.withLock { $0.isComplete }
      try find(isLate: isLate)
      state.withLock { state in
        state.isComplete = true
        state.problem = nil
        state.successes += 1
      }
      if isFollowing { plan(.refresh, after: Self.refreshInterval) }
    } catch {
      state.withLock { $0.problem = error }
      plan(.check, after: Self.retryPause)
    }
    ckafka_wake(client.handle)
  }

  private func find(isLate: Bool) throws(KafkaProblem) {
    let known = state.withLock { $0.known }
    let new = try partitions().filter { !known.contains($0) }
    guard !new.isEmpty, !isLate || isFollowing else { return }
    let committed = start.usesCommitted ? try self.committed(new) : [:]
    let extents = try new.map { id throws(KafkaProblem) in
      var extent = try extent(of: id)
      extent.committed = committed[id]
      return extent
    }
    let partitions = try extents.map { extent throws(KafkaProblem) in
      guard let queue = ckafka_open_partition(client.handle, extent.partition) else {
        throw KafkaProblem(.transient, "out of memory")
      }
      let offset = start.offset(in: extent, isLate: isLate)
      return KafkaPartition(extent, start: offset, queue: queue)
    }
    try assign(partitions)
    state.withLock { state in
      state.known.formUnion(new)
      state.found += partitions
    }
  }

  private func assign(_ partitions: [KafkaPartition]) throws(KafkaProblem) {
    let positions = partitions.map { partition in
      var position = ckafka_position()
      position.partition = partition.id
      position.offset = partition.start
      return position
    }
    let code = ckafka_assign(client.handle, positions, positions.count)
    guard code == 0 else { throw KafkaProblem(code: code) }
  }

  /// The numbers of all partitions.
  private func partitions() throws(KafkaProblem) -> [Int32] {
    var ids = [Int32](repeating: 0, count: Self.largestCount)
    var count = 0
    let code = ckafka_partitions(client.handle, Self.patience, &ids, ids.count, &count)
    guard code == 0 else { throw problem(code) }
    guard count > 0 else { throw KafkaProblem(.noTopic, "there is no such topic") }
    return ids.prefix(count).sorted()
  }

  private func extent(of partition: Int32) throws(KafkaProblem) -> KafkaExtent {
    var low: Int64 = 0
    var high: Int64 = 0
    let code = ckafka_extent(client.handle, partition, Self.patience, &low, &high)
    guard code == 0 else { throw problem(code) }
    return KafkaExtent(partition: partition, low: low, high: high)
  }

  /// What a code of a request means: if no broker was reached, the last failure of a connection says
  /// more.
  private func problem(_ code: Int32) -> KafkaProblem {
    let problem = KafkaProblem(code: code)
    guard problem.kind == .unreachable, let last = client.lastError else { return problem }
    return last
  }

  // MARK: - Positions

  private func committed(_ partitions: [Int32]) throws(KafkaProblem) -> [Int32: KafkaPosition] {
    var positions = partitions.map { id in
      var position = ckafka_position()
      position.partition = id
      position.offset = -1
      return position
    }
    let code = ckafka_committed(client.handle, &positions, positions.count, Self.patience)
    defer { for position in positions { free(position.metadata) } }
    guard code == 0 else { throw problem(code) }
    var kept: [Int32: KafkaPosition] = [:]
    for position in positions {
      guard position.code == 0 else { throw problem(position.code) }
      guard position.offset >= 0 else { continue }
      kept[position.partition] = KafkaPosition(
        partition: position.partition, offset: position.offset,
        metadata: Array(
          UnsafeRawBufferPointer(start: position.metadata, count: position.metadata_size)))
    }
    return kept
  }

  /// Keeps positions at the brokers, as soon as possible. The last ones count.
  func commit(_ positions: [KafkaPosition]) {
    guard !positions.isEmpty else { return }
    state.withLock { state in
      for position in positions { state.uncommitted[position.partition] = position }
    }
    plan(.commit, after: 0)
  }

  private func commitAll() {
    let positions = state.withLock { state in
      defer { state.uncommitted = [:] }
      return state.uncommitted
    }
    guard !positions.isEmpty else { return }
    let code = commitNow(Array(positions.values))
    state.withLock { state in
      state.commitProblem = code == 0 ? nil : KafkaProblem(code: code)
      if code != 0 { state.uncommitted.merge(positions) { later, _ in later } }
    }
    if code != 0 { plan(.commit, after: Self.retryPause) }
  }

  private func commitNow(_ positions: [KafkaPosition]) -> Int32 {
    var list = positions.map { position in
      var item = ckafka_position()
      item.partition = position.partition
      item.offset = position.offset
      item.metadata_size = position.metadata.count
      item.metadata = copy(position.metadata)
      return item
    }
    defer { for item in list { free(item.metadata) } }
    return ckafka_commit(client.handle, &list, list.count)
  }

  /// Waits until the positions are kept, and tries again while they are not.
  ///
  /// - Parameter limit: the longest time to wait, in seconds.
  /// - Returns: whether they are.
  func finish(limit: Double) -> Bool {
    let deadline = DispatchTime.now() + limit
    let done = DispatchSemaphore(value: 0)
    while true {
      queue.async { [weak self] in
        self?.commitAll()
        done.signal()
      }
      guard done.wait(timeout: deadline) == .success else { return false }
      if state.withLock({ $0.uncommitted.isEmpty }) { return true }
      guard DispatchTime.now() + Self.finishPause < deadline else { return false }
      usleep(UInt32(Self.finishPause * 1_000_000))
    }
  }

  // MARK: - What the consumer asks for

  /// The partitions that were found since the last call.
  func drainFound() -> [KafkaPartition] {
    state.withLock { state in
      defer { state.found = [] }
      return state.found
    }
  }

  var successes: Int { state.withLock { $0.successes } }
  var isComplete: Bool { state.withLock { $0.isComplete } }
  var problem: KafkaProblem? { state.withLock { $0.problem } }
  var commitProblem: KafkaProblem? { state.withLock { $0.commitProblem } }
}

/// A copy of bytes for C, to be freed; `nil` for none.
private func copy(_ bytes: [UInt8]) -> UnsafeMutablePointer<CChar>? {
  guard !bytes.isEmpty, let copy = malloc(bytes.count) else { return nil }
  copy.copyMemory(from: bytes, byteCount: bytes.count)
  return copy.assumingMemoryBound(to: CChar.self)
}
