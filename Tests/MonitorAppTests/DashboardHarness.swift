import AccessLog
import Engine
import EventOutput
import Glibc
import LogInput
import TerminalCanvas
import TrafficAnalysis

@testable import MonitorApp

/// A dashboard on a fake screen, with a log in memory and clocks that a test moves by hand.
@MainActor
final class DashboardHarness {
  /// A log in memory: the bytes that are not yet read, and what follows them.
  private final class Log: ByteSource {
    var unread: [UInt8] = []
    var isComplete = false
    var failure: InputFailure?
    /// How many bytes a read brings at most, and what is to happen meanwhile.
    var slowRead: (bytes: Int, wait: () -> Void)?

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFailure) -> ReadResult {
      if let failure { throw failure }
      guard !unread.isEmpty else { return isComplete ? .end : .caughtUp }
      let count = min(buffer.count, unread.count, slowRead?.bytes ?? .max)
      slowRead?.wait()
      buffer.copyBytes(from: unread.prefix(count))
      unread.removeFirst(count)
      return .bytes(count)
    }
  }

  /// The wall clock and the monotonic clock, in seconds since the start.
  private final class Clock {
    var seconds = 0.0
  }

  private static let start: Int64 = 1_700_000_000

  let screen: FakeScreen
  let dashboard: Dashboard
  private let log = Log()
  private let clock = Clock()

  init(
    follow: Bool = true, pacer: Pacer? = nil, screen: FakeScreen = FakeScreen(),
    action: (any Action)? = nil, size: Int64? = nil, isPipe: Bool = false,
    _ change: (inout Options) -> Void = { _ in }
  ) {
    var options = Options()
    options.follow = follow
    options.times = .utc
    options.analysis.following = follow
    options.analysis.lateness = 0
    change(&options)
    var pipeline = PipelineOptions()
    pipeline.analysis = options.analysis
    pipeline.paths = [Name("access.log")]
    let clock = clock
    var input = Input(reader: BlockReader(source: log), path: pipeline.paths[0])
    input.size = { size }
    if isPipe { input.stream = -1 }
    let session = Session(
      pipeline, inputs: InputSet([input]), pacer: pacer,
      canSeek: pacer != nil, start: EpochSecond(Self.start),
      wall: { EpochSecond(Self.start + Int64(clock.seconds)) }, monotonic: { clock.seconds })
    self.screen = screen
    dashboard = Dashboard(
      options, session: session, screen: screen,
      dispatcher: ActionCatalog.dispatcher(
        options, outputs: [action].compactMap { $0 }, alarms: .recent,
        bell: { () throws(OutputFailure) in screen.beep() }))
  }

  /// Writes hits of the current second.
  func write(_ hits: Int, _ section: String = "/a") {
    let second = Self.start + Int64(clock.seconds)
    let line = "10.0.0.1,-,-,\(second),GET \(section) HTTP/1.1,200,1\n"
    log.unread += Array(String(repeating: line, count: hits).utf8)
  }

  /// Makes every read take some time, in seconds, and bring at most so many bytes.
  func slowDownReads(to bytes: Int, each seconds: Double) {
    log.slowRead = (bytes, { [clock] in clock.seconds += seconds })
  }

  /// Ends the log.
  func close() { log.isComplete = true }

  /// Makes every further read fail.
  func failReads() { log.failure = .system(code: EIO) }

  /// Advances the clocks.
  func wait(_ seconds: Double) { clock.seconds += seconds }

  /// Does what the timer does: reads what is available and draws what has changed.
  func tick() {
    repeat { dashboard.work() } while dashboard.drainBacklogRequest()
    dashboard.publish()
  }

  /// Reads for a short time and draws what has changed, as the loop does while a log is loaded.
  func work() {
    dashboard.work()
    dashboard.publish()
  }

  /// Advances the clocks while the timer runs.
  func run(_ seconds: Int) {
    for _ in 0..<4 * seconds {
      wait(0.25)
      tick()
    }
  }

  /// Types keys and lets the dashboard handle them.
  func type(_ keys: Key...) {
    for key in keys { screen.type(key) }
    dashboard.handleKeys()
  }

  /// Writes and reads some seconds one by one, with the same number of hits in each.
  func play(_ seconds: Int, hits: Int, _ section: String = "/a") {
    for _ in 0..<seconds {
      write(hits, section)
      tick()
      wait(1)
    }
  }
}
