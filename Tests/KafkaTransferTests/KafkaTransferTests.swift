import Foundation
import KafkaKit
import Testing

@testable import KafkaTransfer

/// Waits until a condition holds, for half a minute at most.
func poll(_ condition: () -> Bool) -> Bool {
  for _ in 0..<3_000 {
    if condition() { return true }
    usleep(10_000)
  }
  return condition()
}

/// A message that was read.
struct ReadMessage: Equatable {
  var partition: Int32
  var offset: Int64
  var key: String
  var value: String
}

extension KafkaConsumer {
  /// Reads until a condition holds, for half a minute at most.
  func read(into messages: inout [ReadMessage], until isDone: ([ReadMessage]) -> Bool) -> Bool {
    for _ in 0..<3_000 {
      let hasMore = poll(limit: 500) { message in
        messages.append(
          ReadMessage(
            partition: message.partition, offset: message.offset,
            key: String(decoding: message.key, as: UTF8.self),
            value: String(decoding: message.value, as: UTF8.self)))
      }
      if isDone(messages) { return true }
      if !hasMore { usleep(10_000) }
    }
    return false
  }

  /// Reads everything that existed at the start.
  func readToEnd() -> [ReadMessage]? {
    var messages: [ReadMessage] = []
    return read(into: &messages) { _ in isCaughtUp } ? messages : nil
  }
}

extension KafkaProducer {
  /// Sends messages, with their numbers as values, and waits until all are reported.
  ///
  /// - Returns: the reports.
  func send(_ range: Range<Int>, key: (Int) -> String?) -> [Report] {
    var reports: [Report] = []
    for number in range {
      let value = Array("\(number)".utf8)
      while send(key: key(number).map { Array($0.utf8) }, value: value, id: UInt64(number)) == .full
      {
        reports += self.reports(waiting: 0.1)
      }
    }
    _ = poll {
      reports += self.reports(waiting: 0.01)
      return reports.count >= range.count
    }
    return reports
  }
}

@Suite(.enabled(if: MockCluster.isExpected)) struct KafkaRoundTripTests {
  let cluster: MockCluster
  let address: KafkaAddress

  init() throws {
    cluster = try MockCluster()
    try cluster.makeTopic("t", partitions: 3)
    address = KafkaAddress(brokers: cluster.brokers, topic: "t")
  }

  @Test func anotherClientReadsWhatWasSent() throws {
    let producer = try KafkaProducer(address, KafkaAccess())
    let reports = producer.send(0..<100) { "key \($0 % 7)" }
    #expect(reports.count == 100)
    #expect(reports.allSatisfy { $0.problem == nil })
    let messages = try Kcat(cluster.brokers).consume("t")
    #expect(messages.map { Int($0.value) ?? -1 }.sorted() == Array(0..<100))
    for (key, group) in Dictionary(grouping: messages, by: \.key) {
      // One key, one partition, in order.
      #expect(Set(group.map(\.partition)).count == 1, "\(key)")
      #expect(group.map { Int($0.value) ?? -1 } == (0..<100).filter { "key \($0 % 7)" == key })
    }
  }

  @Test func readsWhatAnotherClientHasWritten() throws {
    let lines = (0..<100).map { "key \($0 % 7)\tvalue \($0)" }
    try Kcat(cluster.brokers).produce(lines, to: "t", keyed: true)
    let consumer = try KafkaConsumer(
      address, KafkaAccess(), start: .beginning, isFollowing: false)
    let messages = try #require(consumer.readToEnd())
    #expect(messages.map { "\($0.key)\t\($0.value)" }.sorted() == lines.sorted())
    #expect(consumer.partitions.keys.sorted() == [0, 1, 2])
    #expect(consumer.problem == nil)
  }
}
