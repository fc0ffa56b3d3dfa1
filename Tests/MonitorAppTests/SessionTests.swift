import AccessLog
import Engine
import LogInput
import Testing
import TrafficAnalysis

@testable import MonitorApp

/// What drives a pipeline or a replay, on a source and a wall clock of the test's own.
@MainActor
@Suite struct SessionTests {
  /// Gives a part of the log in each read that it is let give, then nothing, or the end.
  private final class Parts: ByteSource {
    var parts: [String]
    private let hasEnd: Bool

    init(_ parts: [String], hasEnd: Bool) {
      self.parts = parts
      self.hasEnd = hasEnd
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFailure) -> ReadResult {
      guard !parts.isEmpty else { return hasEnd ? .end : .caughtUp }
      let bytes = Array(parts.removeFirst().utf8)
      buffer.copyBytes(from: bytes)
      return .bytes(bytes.count)
    }
  }

  /// A second, and its hits.
  private static func lines(_ second: Int64, hits: Int) -> String {
    String(repeating: "h,-,-,\(start + second),GET /a HTTP/1.1,200,1\n", count: hits)
  }

  private static let start: Int64 = 1_700_000_000
  /// An alert that triggers and recovers.
  private static let burst = lines(1, hits: 30) + lines(9, hits: 1)
  /// The same again, later.
  private static let laterBurst = lines(21, hits: 30) + lines(29, hits: 1)

  private func session(
    _ source: Parts, following: Bool = false, range: TimeRange = TimeRange(), pacer: Pacer? = nil,
    wall: @escaping () -> EpochSecond = { EpochSecond(start) }
  ) -> Session {
    var options = PipelineOptions()
    options.analysis.following = following
    options.analysis.range = range
    options.analysis.threshold = Threshold(whole: 2)
    options.analysis.alertWindow = 5
    let input = Input(reader: BlockReader(source: source), path: Name("log"))
    // It moves on a little at every look.
    var now = 0.0
    return Session(
      options, input: input, pacer: pacer, canSeek: false, start: EpochSecond(Self.start),
      wall: wall,
      monotonic: {
        now += 1e-6
        return now
      })
  }

  @Test(arguments: [false, true])
  func withoutFollowTheWallClockIsReadOnceAtTheStart(following: Bool) {
    var readings = 0
    let source = Parts([Self.burst, Self.laterBurst], hasEnd: false)
    let session = session(source, following: following) {
      readings += 1
      return EpochSecond(Self.start)
    }
    for _ in 0..<3 { _ = session.work(budget: 10) }
    _ = session.stop()
    #expect(readings == (following ? 4 : 0))
  }

  /// Which of the alerts that triggered are news.
  private func triggers(_ session: Session) -> [Bool] {
    let turn = session.work(budget: 10)
    return turn.events.filter(\.isTrigger).map { _ in turn.isRecent }
  }

  @Test func whatWasThereAtTheStartIsNoNews() {
    let source = Parts([Self.burst], hasEnd: false)
    let session = session(source, following: true)
    #expect(!session.isPastStart)
    #expect(triggers(session) == [false])
    #expect(session.isPastStart)
    source.parts = [Self.laterBurst]
    #expect(triggers(session) == [true])
  }

  @Test func whatIsReadInManyTurnsIsOneStart() {
    let source = Parts([Self.burst, Self.laterBurst], hasEnd: false)
    let session = session(source, following: true)
    var news: [Bool] = []
    while !source.parts.isEmpty {
      let turn = session.work(budget: 0)
      news += turn.events.filter(\.isTrigger).map { _ in turn.isRecent }
    }
    #expect(news + triggers(session) == [false, false])
  }

  @Test func allThatAReplayPlaysIsNews() {
    let pacer = Pacer(speed: .max, maxGap: 5)
    let session = session(Parts([Self.burst, Self.laterBurst], hasEnd: true), pacer: pacer)
    var news: [Bool] = []
    while !session.pipeline.isFinished { news += triggers(session) }
    #expect(news == [true, true])
  }

  @Test func ofALogThatIsNotFollowedNothingIsNews() {
    let session = session(Parts([Self.burst, Self.laterBurst], hasEnd: true))
    #expect(triggers(session) == [false, false])
    #expect(!session.isPastStart)
  }

  /// The last lines may be there long before it is known that they are the last.
  @Test func whatOnlyTheEndTellsMakesAnotherSnapshot() {
    let source = Parts([Self.burst], hasEnd: false)
    let session = session(source, following: true, range: TimeRange(until: EpochSecond(1)))
    while !source.parts.isEmpty { _ = session.work(budget: -1) }
    let before = session.pipeline.revision
    #expect(
      session.pipeline.snapshot(window: .all, rows: 1, includingPending: true).notices.isEmpty)
    _ = session.work(budget: 10)
    #expect(session.pipeline.revision != before)
    #expect(
      session.pipeline.snapshot(window: .all, rows: 1, includingPending: true).notices.count == 1)
  }
}
