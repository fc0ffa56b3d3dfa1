import AccessLog
import Actions
import Glibc
import KafkaTransfer
import Synchronization

/// Reads events from a topic, on a thread that may wait.
///
/// Reading begins at the position that the brokers keep. A position is kept once the actions are done with
/// the events before it, so that none is lost; after a crash some may come again.
final class EventTopic: Sendable {
  /// The number of messages of a partition that are received at once.
  private static let batch = 100
  /// How long the end waits for the positions to be kept, in seconds.
  private static let finishLimit = 2.0

  private let address: KafkaAddress
  private let access: KafkaAccess
  private let tail: Int64?
  private let isOver = Mutex(false)

  /// - Parameter tail: how many of the last events of each partition are read where no position is kept;
  ///   `nil` for all.
  init(_ address: KafkaAddress, _ access: KafkaAccess, tail: Int?) {
    self.address = address
    self.access = access
    self.tail = tail.map(Int64.init)
  }

  /// Ends reading soon.
  func stop() { isOver.withLock { $0 = true } }

  /// Reads until `stop` is called.
  ///
  /// - Parameters:
  ///   - isDone: whether the actions are done with everything that was delivered.
  ///   - deliver: gets each notification of an event that has not come before.
  ///   - report: gets what the user should know.
  /// - Returns: the reader, which has counted the events.
  /// - Throws: if the library is missing, or a setting cannot be used.
  func read(
    isDone: () -> Bool, deliver: (ActionNotification) -> Void, report: (InputNotice) -> Void
  ) throws(KafkaProblem) -> EventReader {
    let consumer = try KafkaConsumer(
      address, access, start: .committed(orTail: tail), isFollowing: true)
    var reader = EventReader()
    var watch = ConsumerWatch()
    var next: [Int32: Int64] = [:]
    var begun: Set<Int32> = []
    func keepPositions() {
      consumer.commit(next.map { KafkaPosition(partition: $0.key, offset: $0.value) })
      next = [:]
    }
    while !isOver.withLock({ $0 }) {
      // Where this run begins, the next one goes on even if nothing comes.
      for (id, partition) in consumer.partitions where begun.insert(id).inserted {
        if partition.kept == nil { next[id] = partition.start }
      }
      let hasMore = consumer.poll(limit: Self.batch) { message in
        next[message.partition] = message.offset + 1
        // One message is one event.
        let line = message.value.map { $0 == 0x0A ? 0x20 : $0 } + [0x0A]
        for notification in reader.read(line[...]) { deliver(notification) }
      }
      if isDone() { keepPositions() }
      watch.update(consumer, at: Clocks.monotonic()).forEach(report)
      if !hasMore { wait(for: consumer.descriptor) }
    }
    // What the actions are not done with, the end of the run sends or keeps.
    keepPositions()
    if !consumer.finish(limit: Self.finishLimit) { report(.positionNotKept) }
    return reader
  }

  /// Waits until something is to be received, for a moment at most. (poll(2))
  private func wait(for descriptor: Int32?) {
    var event = pollfd(fd: descriptor ?? -1, events: Int16(POLLIN), revents: 0)
    _ = poll(&event, 1, 200)
  }
}
