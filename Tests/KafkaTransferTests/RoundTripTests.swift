import Foundation
import KafkaKit
import Testing

@testable import KafkaTransfer

/// Brokers, and a topic that no other test uses.
struct TestTopic {
  let cluster: MockCluster
  let address: KafkaAddress
  /// Another client.
  let kcat: Kcat

  var name: String { address.topic }

  init(_ kind: MockCluster.Kind, partitions: Int) throws {
    cluster = try MockCluster(kind)
    let name = "lm2000-\(UUID().uuidString)"
    try cluster.makeTopic(name, partitions: partitions)
    address = KafkaAddress(brokers: cluster.brokers, topic: name)
    kcat = Kcat(cluster.brokers, isReal: kind == .real)
  }
}

@Suite(.enabled(if: MockCluster.isExpected)) struct KafkaRoundTripTests {
  @Test(arguments: MockCluster.kinds)
  func anotherClientReadsWhatWasSent(kind: MockCluster.Kind) throws {
    let topic = try TestTopic(kind, partitions: 3)
    let producer = try KafkaProducer(topic.address, KafkaAccess())
    let reports = producer.send(0..<100) { "key \($0 % 7)" }
    #expect(reports.count == 100)
    #expect(reports.allSatisfy { $0.problem == nil })
    let messages = try topic.kcat.consume(topic.name)
    #expect(messages.map { Int($0.value) ?? -1 }.sorted() == Array(0..<100))
    for (key, group) in Dictionary(grouping: messages, by: \.key) {
      // One key, one partition, in order.
      #expect(Set(group.map(\.partition)).count == 1, "\(key)")
      #expect(group.map { Int($0.value) ?? -1 } == (0..<100).filter { "key \($0 % 7)" == key })
    }
  }

  @Test(arguments: MockCluster.kinds)
  func readsWhatAnotherClientHasWritten(kind: MockCluster.Kind) throws {
    let topic = try TestTopic(kind, partitions: 3)
    let lines = (0..<100).map { "key \($0 % 7)\tvalue \($0)" }
    try topic.kcat.produce(lines, to: topic.name, keyed: true)
    let consumer = try KafkaConsumer(
      topic.address, KafkaAccess(), start: .beginning, isFollowing: false)
    let messages = try #require(consumer.readToEnd())
    #expect(messages.map { "\($0.key)\t\($0.value)" }.sorted() == lines.sorted())
    #expect(consumer.partitions.keys.sorted() == [0, 1, 2])
    #expect(consumer.problem == nil)
  }

  @Test(arguments: MockCluster.kinds)
  func everyMessageOfManyArrivesOnceAndInOrder(kind: MockCluster.Kind) throws {
    let topic = try TestTopic(kind, partitions: 3)
    let producer = try KafkaProducer(topic.address, KafkaAccess())
    let reports = producer.send(0..<100_000) { "key \($0 % 10)" }
    #expect(reports.count == 100_000)
    #expect(reports.allSatisfy { $0.problem == nil })
    #expect(Set(reports.map(\.id)).count == 100_000)
    let consumer = try KafkaConsumer(
      topic.address, KafkaAccess(), start: .beginning, isFollowing: false)
    let messages = try #require(consumer.readToEnd())
    #expect(messages.count == 100_000)
    for (key, group) in Dictionary(grouping: messages, by: \.key) {
      #expect(Set(group.map(\.partition)).count == 1)
      let numbers = group.compactMap { Int($0.value) }
      #expect(numbers == numbers.sorted() && Set(numbers).count == 10_000, "\(key)")
    }
  }
}
