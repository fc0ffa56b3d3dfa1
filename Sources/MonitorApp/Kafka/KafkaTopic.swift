import AccessLog
import KafkaTransfer
import LogInput

/// A topic as a source without lines of its own: each partition with log lines is a source that appears
/// once the brokers have answered.
final class KafkaTopic: Listener {
  /// The report of an agent.
  struct Report {
    var partition: Int32
    var offset: Int64
    var message: [UInt8]
  }

  /// The reports that may wait to be read, in bytes. The others wait at the broker.
  private static let waitingReports = 1 << 20
  /// How long brokers may be away if nobody would wait for them, in seconds.
  static let patience = 10.0
  /// The number of messages of a partition that are received at once.
  private static let batch = 256

  let path: Name
  let descriptor: Int32
  private let topic: String
  private let consumer: KafkaConsumer
  private let isFollowing: Bool
  private let keepsPositions: Bool
  private let monotonic: () -> Double
  /// When it was opened, in monotonic seconds.
  private let opening: Double
  private var partitions: [Int32: KafkaPartitionSource] = [:]
  private var newPeers: [KafkaPartitionSource] = []
  private var received = 0
  private var dropped = 0
  private var watch = ConsumerWatch()
  private var notices: [Notice] = []
  private(set) var failure: InputFailure?
  /// The reports that wait to be read, and their size in bytes.
  private var reports: [Report] = []
  private var reportBytes = 0
  private var hasReports = false
  /// Whether there were so many reports that more may wait at the broker.
  private var hadManyReports = false

  /// - Parameters:
  ///   - path: as it stands on the command line.
  ///   - keepsPositions: whether the brokers keep how far the topic was analyzed.
  ///   - monotonic: the clock that never jumps, in seconds.
  init(
    _ address: KafkaAddress, _ access: KafkaAccess, path: Name, start: KafkaStart,
    isFollowing: Bool, keepsPositions: Bool, monotonic: @escaping () -> Double
  ) throws(KafkaProblem) {
    self.path = path
    self.keepsPositions = keepsPositions
    topic = address.topic
    self.isFollowing = isFollowing
    self.monotonic = monotonic
    opening = monotonic()
    consumer = try KafkaConsumer(address, access, start: start, isFollowing: isFollowing)
    guard let descriptor = consumer.descriptor else {
      throw KafkaProblem(.transient, "Too many open files")
    }
    self.descriptor = descriptor
  }

  // MARK: - Receiving

  @discardableResult
  func receive() -> Bool {
    let before = received
    hadManyReports = false
    for partition in partitions.values { partition.beginGroup() }
    // Until a partition has enough that is not read, and then a step is due.
    for _ in 0..<64 {
      guard consumer.poll(limit: Self.batch, from: hasRoom, add) else { break }
    }
    addPartitions()
    hadManyReports = reportBytes >= Self.waitingReports
    noteProblem()
    for (id, partition) in partitions {
      let isAtEnd = consumer.partitions[id]?.isCaughtUp ?? false
      partition.isCaughtUp = isAtEnd || isFollowing && consumer.problem != nil
      if isAtEnd, !isFollowing { partition.isClosed = true }
      if !partition.isClosed { partition.failure = failure }
      partition.wasFull = !partition.hasRoom
    }
    return received > before
  }

  private func hasRoom(_ partition: Int32) -> Bool {
    reportBytes < Self.waitingReports && partitions[partition]?.hasRoom ?? true
  }

  /// Removes and returns the reports that have arrived.
  func drainReports() -> [Report] {
    defer { (reports, reportBytes) = ([], 0) }
    return reports
  }

  /// Whether everything that the topic held at the start was received and handed over.
  var isAtEnd: Bool { consumer.isCaughtUp && reports.isEmpty }

  /// What the brokers keep for this client with the positions of its partitions; `nil` before they have
  /// answered.
  var kept: [[UInt8]]? {
    guard consumer.hasBegun else { return nil }
    return consumer.partitions.values.compactMap(\.kept?.metadata)
  }

  private func add(_ message: KafkaMessage) {
    if partitions[message.partition] == nil { addPartitions() }
    guard let partition = partitions[message.partition] else { return }
    received += 1
    if SentReport.isReport(message.value) {
      hasReports = true
      partition.giveUp()
      reports.append(
        Report(
          partition: message.partition, offset: message.offset, message: Array(message.value)))
      reportBytes += message.value.count
    } else if partition.isUnused {
      dropped += 1
    } else {
      partition.add(message)
    }
  }

  /// Makes sources of the partitions that were found.
  private func addPartitions() {
    guard consumer.partitions.count > partitions.count else { return }
    for id in consumer.partitions.keys.sorted() where partitions[id] == nil {
      let partition = KafkaPartitionSource(topic, id, keepsPositions: keepsPositions)
      partitions[id] = partition
      newPeers.append(partition)
    }
  }

  private func noteProblem() {
    let now = monotonic()
    let changes = watch.update(consumer, at: now)
    guard isFollowing else {
      guard let problem = consumer.problem, let since = watch.problemStart, !consumer.isCaughtUp
      else { return }
      let start = consumer.hasBegun ? since : opening
      guard now - start >= Self.patience || problem.kind == .refused else { return }
      failure = .service(reason: Name(problem.reason))
      return
    }
    notices += changes.map { .input($0) }
  }

  /// Without follow it ends once all partitions are sources of their own.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFailure) -> ReadResult {
    if consumer.hasBegun, partitions.count == consumer.partitions.count {
      if isFollowing { return .caughtUp }
      // The partitions of reports are no sources: it stands for them.
      return hasReports && !isAtEnd ? .pending : .end
    }
    if let failure { throw failure }
    return isFollowing && consumer.problem != nil ? .caughtUp : .pending
  }

  // MARK: - What the session asks for

  /// A partition waits at the broker instead.
  var hasRoom: Bool { true }

  /// Whether a partition that had no room has some again.
  var hasMore: Bool {
    !reports.isEmpty || hadManyReports
      || partitions.values.contains { !$0.hasUnread && $0.wasFull }
  }

  func drainNewPeers() -> [any Peer] {
    defer { newPeers = [] }
    return newPeers
  }

  func peersWereRead() {}
  func peerWasRemoved() {}
  /// Nothing: what was not received stays at the broker.
  func dropWaiting() {}

  func dropUnread(of peer: any Peer) {
    guard let partition = peer as? KafkaPartitionSource else { return }
    received -= partition.dropUnread()
  }

  var figures: ListenerFigures {
    var figures = ListenerFigures()
    figures.isTopic = true
    figures.peers = partitions.count
    figures.messages = received
    figures.droppedHere = dropped
    return figures
  }

  func drainNotices() -> [Notice] {
    defer { notices = [] }
    return notices
  }

  /// Its state, without its figures.
  var state: SourceState {
    var phase = SourceState.Phase.following
    if let failure {
      phase = .failed(failure)
    } else if consumer.problem != nil {
      phase = .waiting
    } else if !consumer.hasBegun {
      phase = .loading(read: 0, total: nil)
    } else if !isFollowing {
      phase = .ended
    }
    return SourceState(path: path, phase: phase)
  }

  // MARK: - Positions

  /// Keeps positions at the brokers: what lies before them need not be read again.
  func commit(_ positions: [KafkaPosition]) { consumer.commit(positions) }

  /// Waits until they are kept.
  ///
  /// - Parameter limit: the longest time to wait, in seconds.
  /// - Returns: whether they are.
  func finish(limit: Double) -> Bool { consumer.finish(limit: limit) }
}
