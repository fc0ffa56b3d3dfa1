import CKafka

/// Reads all partitions of a topic, as no member of a group. One thread at a time may use it.
///
/// Nothing here waits for brokers, except for `finish`. The consumer connects, and finds partitions, by
/// itself.
package final class KafkaConsumer {
  private let client: KafkaClient
  private let supervisor: KafkaSupervisor
  private let isFollowing: Bool
  /// The partitions that were found, by their numbers.
  package private(set) var partitions: [Int32: KafkaPartition] = [:]
  /// Why something could not be read, and the number of successful checks by then: the next one shows
  /// whether that is over.
  private var readProblem: (problem: KafkaProblem, checks: Int)?
  private var errorCount = 0
  /// The messages behind kept positions that the brokers have removed, and that were not told of.
  private var missing = 0

  /// - Parameters:
  ///   - start: where to begin.
  ///   - isFollowing: whether to go on behind the messages that exist at the start, and to read
  ///     partitions that are made later.
  /// - Throws: if the library is missing or a setting cannot be used. Whether there are brokers shows
  ///   later.
  package init(
    _ address: KafkaAddress, _ access: KafkaAccess, start: KafkaStart, isFollowing: Bool
  ) throws(KafkaProblem) {
    let own: [(String, [String])] = [
      // Positions are kept under this name; the consumer is no member of the group.
      ("group.id", [access.client]), ("enable.auto.commit", ["false"]),
      ("enable.auto.offset.store", ["false"]), ("enable.partition.eof", ["true"]),
      ("auto.offset.reset", ["earliest"]), ("allow.auto.create.topics", ["false"]),
      // Of each partition.
      ("queued.max.messages.kbytes", ["1024"]), ("queued.min.messages", ["10000"]),
      ("fetch.wait.max.ms", ["100"]), ("fetch.error.backoff.ms", ["200"]),
      ("check.crcs", ["true"]),
    ]
    client = try KafkaClient.open(address, access, isProducer: false, own).client
    self.isFollowing = isFollowing
    supervisor = KafkaSupervisor(client, start: start, isFollowing: isFollowing)
    supervisor.check(after: 0)
  }

  /// A descriptor that is readable whenever `poll` is worth calling; `nil` if there is none. It belongs
  /// to the consumer.
  package var descriptor: Int32? {
    let descriptor = ckafka_descriptor(client.handle)
    return descriptor >= 0 ? descriptor : nil
  }

  // MARK: - Reading

  /// Hands over messages that have arrived, without waiting.
  ///
  /// - Parameters:
  ///   - limit: the largest number of messages of a partition, at most 256.
  ///   - isWanted: whether to read from a partition. What is not read waits at the broker.
  /// - Returns: whether there may be more at once.
  package func poll(
    limit: Int, from isWanted: (Int32) -> Bool = { _ in true }, _ deliver: (KafkaMessage) -> Void
  ) -> Bool {
    ckafka_begin_receiving(client.handle)
    // Asked first: what is found afterwards is not drained yet.
    let isComplete = supervisor.isComplete
    for partition in supervisor.drainFound() {
      partitions[partition.id] = partition
      missing += Int(clamping: partition.missing)
    }
    hasBegun = hasBegun || isComplete
    _ = receive(nil, limit) { _ in }
    var hasMore = false
    for partition in partitions.values where isWanted(partition.id) {
      hasMore = receive(partition.queue, limit, deliver) || hasMore
    }
    // There may be more, and nothing would tell of it.
    if hasMore { ckafka_wake(client.handle) }
    let errorCount = client.errorCount
    if errorCount > self.errorCount {
      self.errorCount = errorCount
      supervisor.check(after: 0.1)
    }
    return hasMore
  }

  /// - Returns: whether there may be more.
  private func receive(
    _ queue: OpaquePointer?, _ limit: Int, _ deliver: (KafkaMessage) -> Void
  ) -> Bool {
    withUnsafeTemporaryAllocation(of: ckafka_message.self, capacity: limit) { buffer in
      let count = ckafka_receive(client.handle, queue, buffer.baseAddress, limit)
      for message in buffer[..<count] { handle(message, deliver) }
      ckafka_release(buffer.baseAddress, count)
      return count > 0
    }
  }

  private func handle(_ message: ckafka_message, _ deliver: (KafkaMessage) -> Void) {
    let id = message.partition
    guard var partition = partitions[id] else { return note(message.code) }
    if !partition.hasAnswered {
      partition.noteAnswer(end: ckafka_known_end(client.handle, id))
    }
    switch message.code {
    case 0:
      if isFollowing || message.offset < partition.goal { deliver(KafkaMessage(message)) }
      partition.next = message.offset + 1
    case Int32(CKAFKA_PARTITION_END):
      partition.next = max(partition.next, message.offset)
    default:
      return note(message.code)
    }
    partitions[id] = partition
  }

  private func note(_ code: Int32) {
    guard code != 0 else { return }
    readProblem = (KafkaProblem(code: code), supervisor.successes)
    supervisor.check(after: 0.5)
  }

  /// Whether all messages that existed at the start have been read.
  package var isCaughtUp: Bool {
    hasBegun && partitions.values.allSatisfy(\.isCaughtUp)
  }

  /// Why nothing can be read at present; `nil` if reading works, or has just begun.
  package var problem: KafkaProblem? {
    if let problem = supervisor.problem { return problem }
    return readProblem.flatMap { $0.checks == supervisor.successes ? $0.problem : nil }
  }

  /// Whether `partitions` holds all that were found at the start. It changes only in `poll`.
  package private(set) var hasBegun = false

  /// The last line that the library logged, and the number of all.
  package var lastLog: (line: String, count: Int) { client.lastLog }

  /// Returns, once, the number of messages behind the kept positions that the brokers have removed.
  package func drainMissing() -> Int {
    defer { missing = 0 }
    return missing
  }

  // MARK: - Positions

  /// Keeps positions at the brokers, as soon as possible and under the name of the client. Each replaces
  /// the former one of its partition.
  package func commit(_ positions: [KafkaPosition]) { supervisor.commit(positions) }

  /// Why positions could not be kept at the last attempt; `nil` if they were.
  package var commitProblem: KafkaProblem? { supervisor.commitProblem }

  /// Waits until the last positions are kept.
  ///
  /// - Parameter limit: the longest time to wait, in seconds.
  /// - Returns: whether they are.
  package func finish(limit: Double) -> Bool { supervisor.finish(limit: limit) }
}
