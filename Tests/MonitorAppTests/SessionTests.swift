import AccessLog
import Engine
import LogInput
import Testing
import TrafficAnalysis

@testable import MonitorApp

/// A session with a source and a wall clock that the test controls.
@MainActor
@Suite struct SessionTests {
  /// A source that delivers one part of the log per read, then nothing or the end.
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

  /// The lines of a second.
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
    // The clock advances a little at every reading.
    var now = 0.0
    return Session(
      options, inputs: InputSet([input]), pacer: pacer, canSeek: false,
      start: EpochSecond(Self.start),
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

  /// Whether each alert that triggers is recent.
  private func triggersAreRecent(_ session: Session) -> [Bool] {
    let turn = session.work(budget: 10)
    return turn.events.filter(\.isTrigger).map { _ in turn.isRecent }
  }

  @Test func whatTheLogContainedAtTheStartIsNotRecent() {
    let source = Parts([Self.burst], hasEnd: false)
    let session = session(source, following: true)
    #expect(!session.isPastStart)
    #expect(triggersAreRecent(session) == [false])
    #expect(session.isPastStart)
    source.parts = [Self.laterBurst]
    #expect(triggersAreRecent(session) == [true])
  }

  @Test func theStartMayTakeManyTurns() {
    let source = Parts([Self.burst, Self.laterBurst], hasEnd: false)
    let session = session(source, following: true)
    var isRecent: [Bool] = []
    while !source.parts.isEmpty {
      let turn = session.work(budget: 0)
      isRecent += turn.events.filter(\.isTrigger).map { _ in turn.isRecent }
    }
    #expect(isRecent + triggersAreRecent(session) == [false, false])
  }

  @Test func everythingInAReplayIsRecent() {
    let pacer = Pacer(speed: .max, maxGap: 5)
    let session = session(Parts([Self.burst, Self.laterBurst], hasEnd: true), pacer: pacer)
    var isRecent: [Bool] = []
    while !session.pipeline.isFinished { isRecent += triggersAreRecent(session) }
    #expect(isRecent == [true, true])
  }

  @Test func nothingIsRecentInALogThatIsNotFollowed() {
    let session = session(Parts([Self.burst, Self.laterBurst], hasEnd: true))
    #expect(triggersAreRecent(session) == [false, false])
    #expect(!session.isPastStart)
  }

  /// The last lines may have been read long before it is known that they are the last.
  @Test func theEndOfTheLogMakesAnotherSnapshot() {
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
