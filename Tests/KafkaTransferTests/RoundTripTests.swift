import KafkaKit
import Testing

@testable import KafkaTransfer

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
