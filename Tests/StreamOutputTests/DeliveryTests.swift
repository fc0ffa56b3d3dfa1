import AccessLog
import Glibc
import ReceiverKit
import Testing

@testable import StreamOutput

/// What a broker may do, and what arrives nevertheless.
@Suite struct DeliveryTests {
  private let folder: Folder
  private let path: String

  init() throws {
    folder = try Folder()
    path = folder.path("spool")
  }

  /// The ways in which a broker answers.
  enum Manner: CaseIterable {
    case atOnce, late, oneAtATime, twice, failsFirst, failsOften, failsAfterArrival, mixed
  }

  private func carrier(_ manner: Manner) -> FakeCarrier {
    FakeCarrier { state in
      switch manner {
      case .atOnce: break
      case .late: state.isLate = true
      case .oneAtATime: (state.capacity, state.isLate) = (1, true)
      case .twice: state.answer = { _, _ in [.acknowledged, .acknowledged] }
      case .failsFirst:
        state.answer = { _, attempt in attempt == 1 ? [.failed("x")] : [.acknowledged] }
      case .failsOften:
        // Three of eight, without a period: no number of messages may meet a failure each time.
        state.answer = { _, attempt in
          UInt64(attempt) &* 0x9E37_79B9_7F4A_7C15 >> 61 < 3 ? [.failed("x")] : [.acknowledged]
        }
      case .failsAfterArrival:
        // The broker has the first three, but its answer gets lost.
        state.answer = { _, attempt in attempt <= 3 ? [] : [.acknowledged] }
        state.loses = true
      case .mixed:
        state.keepsOrder = false
        (state.capacity, state.isLate) = (3, true)
        state.answer = { _, attempt in
          attempt % 5 == 0 ? [.failed("x")] : [.acknowledged, .failed("y"), .acknowledged]
        }
      }
    }
  }

  @Test(arguments: Manner.allCases)
  func everySecondArrivesAndNothingIsLeft(manner: Manner) throws {
    let carrier = carrier(manner)
    let stream = try SpooledStream(context(path), carrier)
    for second in 1...50 { stream.add(turn(Int64(second))) }
    #expect(poll { Set(carrier.reports.map(\.report.through.value)).count == 50 })
    let state = stream.finish()
    #expect(state.waiting == 0 && state.lost == 0 && state.refused == 0)
    #expect(folder.streamFiles == ["lock", "state"])
    #expect(Set(carrier.reports.map(\.sequence)) == Set(1...50))
    #expect(Set(carrier.reports.map(\.series)).count == 1)
    #expect(carrier.arrived.allSatisfy { $0.key == testSender.bytes })
    if manner != .mixed { #expect(carrier.counted == Array(1...50)) }
  }

  @Test func aMessageThatTheBrokerRefusesHoldsNothingUp() throws {
    let carrier = FakeCarrier { state in
      state.answer = { _, attempt in attempt == 3 ? [.refused("too large")] : [.acknowledged] }
    }
    let stream = try SpooledStream(context(path), carrier)
    for second in 1...10 { stream.add(turn(Int64(second))) }
    #expect(poll { carrier.arrived.count == 9 })
    let state = stream.finish()
    #expect(state.refused == 1 && state.waiting == 0)
    #expect(state.rest.map(\.text) == ["1 message refused: too large"])
  }

  @Test func aBrokerThatIsAwayGetsEverythingLater() throws {
    let carrier = FakeCarrier { $0.isAway = true }
    let stream = try SpooledStream(context(path), carrier)
    for second in 1...5 { stream.add(turn(Int64(second))) }
    #expect(poll { stream.state.awaySince != nil && stream.state.waiting == 5 })
    let notice = stream.state.notice(time: \.iso8601)?.text
    #expect(
      notice
        == "broker away since 2019-02-07T21:11:00Z (connection refused); 5 seconds wait")
    carrier.isAway = false
    #expect(poll { carrier.arrived.count == 5 && stream.state.awaySince == nil })
    #expect(stream.finish().notice(time: \.iso8601) == nil)
    #expect(carrier.counted == Array(1...5))
  }

  /// The end waits for an answer, but not for long.
  @Test(arguments: [true, false])
  func theEndDoesNotWaitForABrokerThatDoesNotAnswer(isKnown: Bool) throws {
    let carrier = FakeCarrier { $0.isAway = true }
    var limits = quickLimits()
    limits.patience = isKnown ? 0.05 : 1_000
    limits.ending = 0.5
    let stream = try SpooledStream(context(path, limits: limits), carrier)
    for second in 1...5 { stream.add(turn(Int64(second))) }
    #expect(poll { stream.state.awaySince != nil || !isKnown })
    let begin = ContinuousClock.now
    let state = stream.finish()
    #expect(begin.duration(to: .now) < .seconds(20), "the limits on an idle machine are below 2 s")
    #expect(state.waiting == 5 && state.lost == 0)
    #expect(state.rest.first?.text.hasPrefix("5 seconds wait in the spool") == true)
    let limit = StreamLimits()
    #expect(limit.ending + SpooledStream.diskEnding <= 5)
  }

  @Test func theNextRunSendsTheRestAndContinuesTheNumbers() throws {
    let away = FakeCarrier { $0.isAway = true }
    var first: SpooledStream? = try SpooledStream(context(path), away)
    for second in 1...5 { first?.add(turn(Int64(second))) }
    #expect(poll { first?.state.awaySince != nil })
    first?.finish()
    first = nil
    let carrier = FakeCarrier()
    let second = try reopened(context(path), carrier)
    #expect(second.checkpoints == [testPath: Array("5".utf8)])
    for number in 6...8 { second.add(turn(Int64(number))) }
    #expect(poll { carrier.arrived.count == 8 })
    second.finish()
    #expect(carrier.counted == Array(1...8))
    #expect(carrier.reports.map(\.sequence) == Array(1...8))
    #expect(Set(carrier.reports.map(\.series)).count == 1)
  }

  /// Whatever is not taken in the end is in the spool.
  @Test func whatIsAddedLastIsKept() throws {
    let carrier = FakeCarrier { $0.isAway = true }
    var limits = quickLimits()
    limits.ending = 0
    var first: SpooledStream? = try SpooledStream(context(path, limits: limits), carrier)
    for second in 1...500 { first?.add(turn(Int64(second))) }
    #expect(first?.finish().waiting == 500)
    first = nil
    let next = FakeCarrier()
    let second = try reopened(context(path), next)
    #expect(poll { next.arrived.count == 500 })
    second.finish()
    #expect(next.counted == Array(1...500))
  }

  @Test func theOldestAreLostWhereThereIsNoRoomAndTheGapShows() throws {
    let carrier = FakeCarrier { $0.isAway = true }
    var limits = quickLimits()
    limits.spool.capacity = 4_000
    limits.loadBytes = 1
    let stream = try SpooledStream(context(path, limits: limits), carrier)
    for second in 1...100 {
      stream.add(turn(Int64(second)))
      #expect(poll { stream.hasNothingQueued })
    }
    let lost = stream.state.lost
    #expect(lost > 0 && lost < 100)
    #expect(stream.state.notice(time: \.iso8601)?.text.contains("seconds lost: no room") == true)
    carrier.isAway = false
    #expect(poll { stream.state.waiting == 0 })
    stream.finish()
    #expect(carrier.reports.count == 100 - lost)
    #expect(carrier.reports.last?.sequence == 100)
    #expect(carrier.counted.suffix(3) == [98, 99, 100])
  }

  @Test func aQueueThatIsFullShowsAsAGapToo() throws {
    var queue = StreamQueue()
    var limits = quickLimits()
    limits.queueCapacity = 3
    for second in 1...5 { queue.add(turn(Int64(second)), limits) }
    #expect(queue.lost == 2 && queue.length == 3)
    _ = queue.take(isHeldUp: false)
    queue.add(turn(6), limits)
    let turns = queue.take(isHeldUp: false)
    #expect(turns.map(\.reports) == [turn(6).reports] && turns.first?.skipped == 2)
  }

  /// A file that is read at once may be larger than the spool.
  @Test func readingWaitsForTheBrokerWhereEverythingMustArrive() throws {
    let carrier = FakeCarrier { state in
      state.isLate = true
    }
    var limits = quickLimits()
    limits.spool.capacity = 20_000
    limits.backlog = 5_000
    limits.loadBytes = 2_000
    limits.batchBytes = 1_000
    limits.queueRoom = 4
    var context = context(path, limits: limits)
    context.mustBeComplete = true
    let stream = try SpooledStream(context, carrier)
    for second in 1...1_000 {
      stream.add(turn(Int64(second)))
      stream.waitForRoom()
    }
    let state = stream.finish()
    #expect(state.lost == 0 && state.waiting == 0)
    #expect(carrier.counted == Array(1...1_000))
  }
}

/// Opens the spool of a run whose threads may still be ending.
func reopened(_ context: SpooledStream.Context, _ carrier: FakeCarrier) throws -> SpooledStream {
  for _ in 0..<3_000 {
    if let stream = try? SpooledStream(context, carrier) { return stream }
    usleep(10_000)
  }
  return try SpooledStream(context, carrier)
}
