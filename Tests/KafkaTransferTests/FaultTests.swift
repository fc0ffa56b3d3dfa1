import KafkaKit
import Testing

@testable import KafkaTransfer

// N15

@Suite(.enabled(if: MockCluster.isExpected)) struct KafkaFaultTests {
  let cluster: MockCluster
  let address: KafkaAddress

  init() throws {
    cluster = try MockCluster()
    try cluster.makeTopic("t")
    address = KafkaAddress(brokers: cluster.brokers, topic: "t")
  }

  /// The numbers that the topic holds, as another client reads them.
  private func numbers() throws -> [Int] {
    try Kcat(cluster.brokers).consume("t").map { Int($0.value) ?? -1 }
  }

  @Test(arguments: [
    [MockCluster.ErrorCode.notLeader, .notLeader], [.timedOut, .timedOut, .timedOut],
    [.notEnoughReplicas], [.notLeader, .timedOut, .notEnoughReplicas],
  ])
  func anErrorOfABrokerNeitherLosesNorRepeatsAnything(errors: [MockCluster.ErrorCode]) throws {
    let producer = try KafkaProducer(address, KafkaAccess())
    try cluster.fail(.produce, errors)
    let reports = producer.send(0..<500) { _ in "key" }
    #expect(reports.map(\.id) == (0..<500).map(UInt64.init))
    #expect(reports.allSatisfy { $0.problem == nil })
    #expect(try numbers() == Array(0..<500))
  }

  @Test func messagesWaitWhileNoBrokerCanBeReached() throws {
    let producer = try KafkaProducer(address, KafkaAccess())
    #expect(producer.send(0..<100) { _ in "key" }.count == 100)
    try cluster.stop()
    for number in 100..<200 {
      let value = Array("\(number)".utf8)
      #expect(producer.send(key: nil, value: value, id: UInt64(number)) == .queued)
    }
    #expect(
      poll {
        _ = producer.reports(waiting: 0)
        return producer.lastError != nil
      })
    #expect(producer.lastError?.kind == .unreachable)
    #expect(producer.failure == nil)
    // Events that are to be reported count too until they are.
    #expect(
      poll {
        _ = producer.reports(waiting: 0)
        return producer.queued == 100
      })
    try cluster.start()
    var delivered: [UInt64] = []
    #expect(
      poll {
        delivered += producer.reports(waiting: 0).filter { $0.problem == nil }.map(\.id)
        return delivered.count == 100
      })
    #expect(delivered == (100..<200).map(UInt64.init))
    #expect(try numbers() == Array(0..<200))
  }

  @Test func theQueueIsBoundedAndCanBeGivenUp() throws {
    try cluster.stop()
    var limits = KafkaProducer.Limits()
    limits.messages = 10
    let producer = try KafkaProducer(address, KafkaAccess(), limits: limits)
    let accepted = (0..<11).map { producer.send(key: nil, value: [1], id: $0) }
    #expect(accepted == Array(repeating: .queued, count: 10) + [.full])
    producer.purge()
    var reports: [KafkaProducer.Report] = []
    #expect(
      poll {
        reports += producer.reports(waiting: 0)
        return reports.count == 10
      })
    #expect(reports.allSatisfy { $0.problem != nil })
    #expect(producer.queued == 0)
    // There is room again.
    #expect(producer.send(key: nil, value: [1], id: 11) == .queued)
  }

  @Test(arguments: [
    MockCluster.ErrorCode.producerFenced, .invalidProducerEpoch, .outOfOrderSequence,
  ])
  func aFencedProducerIsReplacedAndNothingIsLost(code: MockCluster.ErrorCode) throws {
    let first = try KafkaProducer(address, KafkaAccess())
    #expect(first.send(0..<10) { _ in "key" }.allSatisfy { $0.problem == nil })
    try cluster.fail(.produce, [code])
    let delivered = Set(
      first.send(10..<20, key: { _ in "key" }).filter { $0.problem == nil }.map(\.id))
    if let failure = first.failure {
      #expect(first.send(key: nil, value: [1], id: 99) == .refused(failure))
    }
    // What was not delivered is sent again, in order, by another one.
    #expect(first.failure != nil || delivered.count == 10)
    let second = try KafkaProducer(address, KafkaAccess())
    let rest = (10..<20).filter { !delivered.contains(UInt64($0)) }
    for number in rest {
      let value = Array("\(number)".utf8)
      #expect(second.send(key: Array("key".utf8), value: value, id: UInt64(number)) == .queued)
    }
    var reports: [KafkaProducer.Report] = []
    #expect(
      poll {
        reports += second.reports(waiting: 0)
        return reports.count == rest.count
      })
    #expect(reports.allSatisfy { $0.problem == nil })
    #expect(try numbers() == Array(0..<20))
  }

  @Test func aMessageOfMoreThanOneMebibyteIsRefused() throws {
    let producer = try KafkaProducer(address, KafkaAccess())
    let value = [UInt8](repeating: 7, count: KafkaProducer.largestMessage + 1)
    #expect(
      producer.send(key: nil, value: value, id: 0)
        == .refused(KafkaProblem(.unusable, "the message is larger than 1 MiB")))
    #expect(producer.send(key: nil, value: Array(value.dropLast()), id: 1) == .queued)
    #expect(poll { producer.reports(waiting: 0).contains { $0.id == 1 && $0.problem == nil } })
  }

  @Test func readingGoesOnAfterTheBrokersWereAway() throws {
    let consumer = try KafkaConsumer(address, KafkaAccess(), start: .beginning, isFollowing: true)
    var messages: [ReadMessage] = []
    try Kcat(cluster.brokers).produce((0..<10).map { "\($0)" }, to: "t")
    #expect(consumer.read(into: &messages) { $0.count == 10 })
    try cluster.stop()
    #expect(consumer.read(into: &messages) { _ in consumer.problem?.kind == .unreachable })
    try cluster.start()
    #expect(consumer.read(into: &messages) { _ in consumer.problem == nil })
    try Kcat(cluster.brokers).produce((10..<20).map { "\($0)" }, to: "t")
    #expect(consumer.read(into: &messages) { $0.count >= 20 })
    #expect(messages.map(\.value) == (0..<20).map { "\($0)" })
  }

  @Test func aTopicThatDoesNotExistIsWaitedFor() throws {
    try cluster.hideTopic("t", true)
    let consumer = try KafkaConsumer(address, KafkaAccess(), start: .beginning, isFollowing: true)
    var messages: [ReadMessage] = []
    #expect(consumer.read(into: &messages) { _ in consumer.problem != nil })
    #expect(consumer.problem?.kind == .noTopic)
    #expect(!consumer.hasBegun)
    try cluster.hideTopic("t", false)
    try Kcat(cluster.brokers).produce(["first"], to: "t")
    #expect(consumer.read(into: &messages) { $0.count == 1 })
    #expect(consumer.problem == nil)
  }

  @Test func brokersThatCannotBeReachedAreNamed() throws {
    try cluster.stop()
    let consumer = try KafkaConsumer(address, KafkaAccess(), start: .tail(0), isFollowing: false)
    var messages: [ReadMessage] = []
    #expect(
      consumer.read(into: &messages) { _ in
        consumer.problem?.reason.contains("Connection refused") == true
      })
    #expect(consumer.problem?.kind == .unreachable)
    #expect(!consumer.isCaughtUp)
  }
}
