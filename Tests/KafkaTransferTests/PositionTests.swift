import KafkaKit
import Testing

@testable import KafkaTransfer

@Suite(.enabled(if: MockCluster.isExpected)) struct KafkaPositionTests {
  /// A topic of two partitions with ten messages each.
  private func filledTopic(_ kind: MockCluster.Kind) throws -> TestTopic {
    let topic = try TestTopic(kind, partitions: 2)
    for partition in 0..<2 {
      try topic.kcat.produce((0..<10).map { "\($0)" }, to: topic.name, partition: partition)
    }
    return topic
  }

  private func values(_ topic: TestTopic, from start: KafkaStart) throws -> [[String]] {
    let consumer = try KafkaConsumer(topic.address, KafkaAccess(), start: start, isFollowing: false)
    let messages = try #require(consumer.readToEnd())
    return (0..<2).map { partition in
      messages.filter { $0.partition == partition }.map(\.value)
    }
  }

  @Test(arguments: MockCluster.kinds)
  func readingBeginsWhereItIsAskedTo(kind: MockCluster.Kind) throws {
    let topic = try filledTopic(kind)
    #expect(try values(topic, from: .beginning).map(\.count) == [10, 10])
    #expect(try values(topic, from: .tail(0)) == [[], []])
    #expect(try values(topic, from: .tail(2)) == [["8", "9"], ["8", "9"]])
    #expect(try values(topic, from: .tail(.max)).map(\.count) == [10, 10])
    #expect(try values(topic, from: .committed()).map(\.count) == [10, 10])
    #expect(
      try values(topic, from: .chosen { $0.partition == 0 ? 7 : 1_000 }) == [["7", "8", "9"], []])
  }

  @Test(arguments: MockCluster.kinds)
  func positionsAreKeptWithWhatBelongsToThem(kind: MockCluster.Kind) throws {
    let topic = try filledTopic(kind)
    let metadata = Array("a second: 1795453209 \u{1F4C8}".utf8)
    let consumer = try KafkaConsumer(
      topic.address, KafkaAccess(), start: .tail(0), isFollowing: true)
    var messages: [ReadMessage] = []
    #expect(consumer.read(into: &messages) { _ in consumer.isCaughtUp })
    consumer.commit([KafkaPosition(partition: 0, offset: 3)])
    consumer.commit([KafkaPosition(partition: 0, offset: 4, metadata: metadata)])
    #expect(consumer.finish(limit: 30))
    #expect(consumer.commitProblem == nil)
    #expect(try values(topic, from: .committed()).map(\.count) == [6, 10])
    #expect(
      try values(
        topic,
        from: .chosen { extent in
          var kept = extent.committed
          // Tansu does not return the metadata.
          if kind == .real, kept?.partition == 0 { kept?.metadata = metadata }
          return kept == KafkaPosition(partition: 0, offset: 4, metadata: metadata) ? 9 : 10
        }) == [["9"], []])
    // Another client has positions of its own.
    let other = try KafkaConsumer(
      topic.address, KafkaAccess(values: ["client.id": "other"]), start: .committed(),
      isFollowing: false)
    #expect(other.readToEnd()?.count == 20)
  }

  @Test func positionsAreKeptAfterAnError() throws {
    let topic = try filledTopic(.mock)
    let consumer = try KafkaConsumer(
      topic.address, KafkaAccess(), start: .beginning, isFollowing: true)
    var messages: [ReadMessage] = []
    #expect(consumer.read(into: &messages) { _ in consumer.isCaughtUp })
    try topic.cluster.stop()
    consumer.commit([KafkaPosition(partition: 1, offset: 9)])
    #expect(!consumer.finish(limit: 0.1))
    try topic.cluster.start()
    #expect(poll { consumer.finish(limit: 1) })
    #expect(try values(topic, from: .committed()) == [(0..<10).map { "\($0)" }, ["9"]])
  }

  @Test(arguments: MockCluster.kinds)
  func whatComesBehindTheEndIsNotRead(kind: MockCluster.Kind) throws {
    let topic = try filledTopic(kind)
    let consumer = try KafkaConsumer(
      topic.address, KafkaAccess(), start: .beginning, isFollowing: false)
    var messages: [ReadMessage] = []
    // Where the end is shows with the first answer of each partition.
    let hasAnswered = { consumer.partitions.values.allSatisfy(\.hasAnswered) }
    #expect(consumer.read(into: &messages) { _ in consumer.hasBegun && hasAnswered() })
    try topic.kcat.produce(["later"], to: topic.name, partition: 0)
    #expect(consumer.read(into: &messages) { _ in consumer.isCaughtUp })
    for _ in 0..<20 { _ = consumer.read(into: &messages) { _ in true } }
    #expect(messages.count == 20)
  }
}
