import AccessLog
import Glibc
import KafkaKit
import KafkaTransfer
import ReceiverKit
import Testing

@testable import StreamOutput

/// The same with brokers that speak Kafka's protocol.
@Suite(.enabled(if: MockCluster.isExpected)) struct BrokerTests {
  private let folder: Folder
  private let cluster: MockCluster
  private let address: KafkaAddress

  init() throws {
    folder = try Folder()
    cluster = try MockCluster()
    try cluster.makeTopic("seconds", partitions: 3)
    address = KafkaAddress(brokers: cluster.brokers, topic: "seconds")
  }

  private func stream(_ limits: StreamLimits = quickLimits()) throws -> SpooledStream {
    let carrier = try KafkaCarrier(address, KafkaAccess())
    let context = context(folder.path("spool"), limits: limits)
    // A run before it may still be ending.
    for _ in 0..<3_000 {
      if let stream = try? SpooledStream(context, carrier) { return stream }
      usleep(10_000)
    }
    return try SpooledStream(context, carrier)
  }

  /// The reports at the brokers, in the order of their partition.
  private func reports() throws -> [SentReport] {
    let messages = try Kcat(cluster.brokers).consume("seconds")
    #expect(Set(messages.map(\.partition)).count <= 1)
    #expect(messages.allSatisfy { $0.key == "\(testSender)" })
    return try messages.map { try SentReport(decoding: Array($0.value.utf8)) }
  }

  private func counted() throws -> [Int64] {
    let carrier = FakeCarrier()
    for report in try reports() {
      let message = StreamMessage(key: [], value: report.encoded)
      carrier.state.withLock { $0.arrived.append(message) }
    }
    return carrier.counted
  }

  @Test func brokersThatAreAwayAtTheStartAndLaterAgainGetEverythingOnce() throws {
    try cluster.stop()
    let stream = try stream()
    for second in 1...10 { stream.add(turn(Int64(second))) }
    #expect(poll { stream.state.awaySince != nil })
    #expect(stream.state.waiting == 10)
    try cluster.start()
    #expect(poll { stream.state.waiting == 0 && stream.state.awaySince == nil })
    try cluster.stop()
    for second in 11...20 { stream.add(turn(Int64(second))) }
    #expect(poll { stream.state.awaySince != nil })
    try cluster.start()
    for second in 21...30 { stream.add(turn(Int64(second))) }
    #expect(poll { stream.state.waiting == 0 })
    let state = stream.finish()
    #expect(state.waiting == 0 && state.lost == 0)
    #expect(try reports().map(\.sequence) == Array(1...30))
  }

  @Test(arguments: [
    [MockCluster.ErrorCode.notLeader, .timedOut], [.notEnoughReplicas, .notEnoughReplicas],
    [.outOfOrderSequence], [.unknownProducer], [.producerFenced], [.invalidProducerEpoch],
  ])
  func nothingIsLostWhateverTheBrokersAnswer(codes: [MockCluster.ErrorCode]) throws {
    let stream = try stream()
    stream.add(turn(1))
    #expect(poll { stream.state.waiting == 0 })
    try cluster.fail(.produce, codes)
    for second in 2...40 { stream.add(turn(Int64(second))) }
    #expect(poll { stream.state.waiting == 0 })
    let state = stream.finish()
    #expect(state.lost == 0 && state.refused == 0)
    #expect(try counted() == Array(1...40))
  }

  @Test func theNextRunSendsWhatThisOneCouldNot() throws {
    var first: SpooledStream? = try stream()
    first?.add(turn(1))
    #expect(poll { first?.state.waiting == 0 })
    try cluster.stop()
    for second in 2...10 { first?.add(turn(Int64(second))) }
    var limits = StreamLimits()
    let begin = ContinuousClock.now
    #expect(first?.finish().waiting == 9)
    #expect(begin.duration(to: .now) < .seconds(35), "the limit on an idle machine is 5 s")
    first = nil
    try cluster.start()
    limits.ending = 30
    let second = try stream(limits)
    for number in 11...20 { second.add(turn(Int64(number))) }
    #expect(second.finish().waiting == 0)
    #expect(try counted() == Array(1...20))
  }

  /// The limit of a topic may be lower than that of the producer. Which messages the brokers refuse depends
  /// on how many go together.
  @Test func aMessageThatBrokersNeverTakeHoldsNothingUp() throws {
    try cluster.fail(.produce, [.messageTooLarge, .messageTooLarge])
    let stream = try stream()
    for second in 1...10 { stream.add(turn(Int64(second))) }
    #expect(poll { stream.state.waiting == 0 })
    let state = stream.finish()
    #expect((1...2).contains(state.refused) && state.waiting == 0 && state.lost == 0)
    let sequences = try reports().map(\.sequence)
    #expect(sequences.count == 10 - state.refused && sequences == sequences.sorted())
  }

  @Test func aMessageThatIsTooLargeIsRefusedAndCounted() throws {
    let stream = try stream()
    let large = StreamMessage(
      key: testSender.bytes, value: [UInt8](repeating: 65, count: (1 << 20) + 1))
    stream.add(StreamTurn(messages: [large]))
    stream.add(turn(1))
    let state = stream.finish()
    #expect(state.refused == 1 && state.waiting == 0)
    #expect(state.rest.map(\.text) == ["1 message refused: the message is larger than 1 MiB"])
    #expect(try reports().map(\.sequence) == [1])
  }
}
