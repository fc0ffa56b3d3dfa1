import KafkaKit
import Testing

@testable import KafkaTransfer

@Suite(.enabled(if: MockCluster.isExpected)) struct KafkaPositionTests {
  let cluster: MockCluster
  let address: KafkaAddress

  init() throws {
    cluster = try MockCluster()
    try cluster.makeTopic("t", partitions: 2)
    address = KafkaAddress(brokers: cluster.brokers, topic: "t")
    for partition in 0..<2 {
      try Kcat(cluster.brokers).produce((0..<10).map { "\($0)" }, to: "t", partition: partition)
    }
  }

  private func values(from start: KafkaStart) throws -> [[String]] {
    let consumer = try KafkaConsumer(address, KafkaAccess(), start: start, isFollowing: false)
    let messages = try #require(consumer.readToEnd())
    return (0..<2).map { partition in
      messages.filter { $0.partition == partition }.map(\.value)
    }
  }

  @Test func readingBeginsWhereItIsAskedTo() throws {
    #expect(try values(from: .beginning).map(\.count) == [10, 10])
    #expect(try values(from: .end) == [[], []])
    #expect(try values(from: .tail(2)) == [["8", "9"], ["8", "9"]])
    #expect(try values(from: .tail(.max)).map(\.count) == [10, 10])
    #expect(try values(from: .committed).map(\.count) == [10, 10])
    #expect(
      try values(from: .chosen { $0.partition == 0 ? 7 : 1_000 }) == [["7", "8", "9"], []])
  }

  @Test func positionsAreKeptWithWhatBelongsToThem() throws {
    let metadata = Array("a second: 1795453209 \u{1F4C8}".utf8)
    let consumer = try KafkaConsumer(address, KafkaAccess(), start: .end, isFollowing: true)
    var messages: [ReadMessage] = []
    #expect(consumer.read(into: &messages) { _ in consumer.isCaughtUp })
    consumer.commit([KafkaPosition(partition: 0, offset: 3)])
    consumer.commit([KafkaPosition(partition: 0, offset: 4, metadata: metadata)])
    #expect(consumer.finish(limit: 30))
    #expect(consumer.commitProblem == nil)
    #expect(try values(from: .committed).map(\.count) == [6, 10])
    #expect(
      try values(
        from: .chosen { extent in
          extent.committed == KafkaPosition(partition: 0, offset: 4, metadata: metadata) ? 9 : 10
        }) == [["9"], []])
    // Another client has positions of its own.
    let other = try KafkaConsumer(
      address, KafkaAccess(values: ["client.id": "other"]), start: .committed, isFollowing: false)
    #expect(other.readToEnd()?.count == 20)
  }

  @Test func positionsAreKeptAfterAnError() throws {
    let consumer = try KafkaConsumer(address, KafkaAccess(), start: .beginning, isFollowing: true)
    var messages: [ReadMessage] = []
    #expect(consumer.read(into: &messages) { _ in consumer.isCaughtUp })
    try cluster.stop()
    consumer.commit([KafkaPosition(partition: 1, offset: 9)])
    #expect(!consumer.finish(limit: 0.1))
    try cluster.start()
    #expect(poll { consumer.finish(limit: 1) })
    #expect(try values(from: .committed) == [(0..<10).map { "\($0)" }, ["9"]])
  }

  @Test func whatComesBehindTheEndIsNotRead() throws {
    let consumer = try KafkaConsumer(
      address, KafkaAccess(), start: .beginning, isFollowing: false)
    var messages: [ReadMessage] = []
    #expect(consumer.read(into: &messages) { _ in consumer.hasBegun })
    try Kcat(cluster.brokers).produce(["later"], to: "t", partition: 0)
    #expect(consumer.read(into: &messages) { _ in consumer.isCaughtUp })
    for _ in 0..<20 { _ = consumer.read(into: &messages) { _ in true } }
    #expect(messages.count == 20)
  }
}

@Suite(.enabled(if: MockCluster.isExpected)) struct KafkaVolumeTests {
  @Test func everyMessageOfManyArrivesOnceAndInOrder() throws {
    let cluster = try MockCluster()
    try cluster.makeTopic("t", partitions: 3)
    let address = KafkaAddress(brokers: cluster.brokers, topic: "t")
    let producer = try KafkaProducer(address, KafkaAccess())
    let reports = producer.send(0..<100_000) { "key \($0 % 10)" }
    #expect(reports.count == 100_000)
    #expect(reports.allSatisfy { $0.problem == nil })
    #expect(Set(reports.map(\.id)).count == 100_000)
    let consumer = try KafkaConsumer(
      address, KafkaAccess(), start: .beginning, isFollowing: false)
    let messages = try #require(consumer.readToEnd())
    #expect(messages.count == 100_000)
    for (key, group) in Dictionary(grouping: messages, by: \.key) {
      #expect(Set(group.map(\.partition)).count == 1)
      let numbers = group.compactMap { Int($0.value) }
      #expect(numbers == numbers.sorted() && Set(numbers).count == 10_000, "\(key)")
    }
  }
}
