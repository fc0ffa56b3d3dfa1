import AccessLog
import CursesTerminal
import Dispatch
import Engine
import EventOutput
import Glibc
import Messages
import TerminalCanvas
import TrafficAnalysis

/// Writes the events of a log as text or JSON lines, to its end or until a signal.
@MainActor
final class ReportRun {
  /// Seconds of work between two looks at signals.
  private static let budget = 0.05

  private let options: Options
  private let session: Session
  private var dispatcher: Dispatcher
  private let sink: DescriptorSink
  private let loop = MainLoop()
  private var rejectedLinesSaid = 0
  private var sourceNotices = SourceNotices()
  private let zone = LogZone()

  init(_ options: Options, session: Session, output: Options.Output) {
    self.options = options
    self.session = session
    let sink = DescriptorSink(
      descriptor: STDOUT_FILENO, flushesEveryWrite: options.isFollowing || options.replay)
    self.sink = sink
    let isTerminal = ProcessEnvironment.isTerminal(STDOUT_FILENO)
    // In JSON there is no place for a bell.
    let rings = output == .text && isTerminal
    dispatcher = ActionCatalog.dispatcher(
      options,
      outputs: [
        Self.noticePrinter(options, output, session.input.path, zone),
        Self.writer(options, output, sink, zone),
      ],
      // A report without follow is one piece, of which nothing is older than the rest.
      alarms: options.isFollowing ? .news : .everything,
      bell: rings ? { () throws(OutputFailure) in try sink.write([0x07]) } : nil)
  }

  private static func writer(
    _ options: Options, _ output: Options.Output, _ sink: DescriptorSink, _ zone: LogZone
  ) -> any Action {
    if output == .ndjson {
      return NDJSONWriter(sink: sink, asciiOnly: ProcessEnvironment.isTerminal(STDOUT_FILENO))
    }
    let isASCII = options.ascii || ProcessEnvironment.glyphs.encoding == .ascii
    let style = TextStyle(asciiOnly: isASCII, offset: offset(options, zone))
    return TextWriter(sink: sink, style: style)
  }

  private static func noticePrinter(
    _ options: Options, _ output: Options.Output, _ path: Name, _ zone: LogZone
  ) -> NoticePrinter {
    let say: (String) -> Void = { Diagnostics.say(path, $0) }
    // Times in JSON are the same for everybody.
    guard output == .text else { return NoticePrinter(say: say) }
    return NoticePrinter(time: TextStyle(offset: offset(options, zone)).time, say: say)
  }

  /// Seconds east of Greenwich that times are shown with.
  private static func offset(
    _ options: Options, _ zone: LogZone
  ) -> @Sendable (EpochSecond) -> Int {
    switch options.times {
    case .utc: { _ in 0 }
    case .local: { LocalZone.offset($0) }
    case .log: { _ in zone.offset }
    }
  }

  func start() {
    loop.onEnd { [self] in stop(dyingOf: $0) }
    let waking = LogWaking(loop, session) { [self] in work() }
    loop.everyTick { [self] in waking.tick(isBusy: session.isReplay) }
  }

  /// Goes on for a moment, and queues itself again while there is more.
  ///
  /// - Returns: how many bytes of the log were taken.
  @discardableResult
  private func work() -> Int64 {
    let turn = session.work(budget: Self.budget)
    zone.offset = session.pipeline.zoneOffset
    dispatcher.handOrEnd(turn.events, isRecent: turn.isRecent)
    if let failure = turn.failure {
      Diagnostics.say(session.input.path, .input(.unreadable(failure)))
      stop(status: 1)
    }
    sayWhatIsWrong()
    if session.pipeline.isFinished { finish() }
    if turn.hasBacklog { loop.goOn { [self] in work() } }
    return turn.bytes
  }

  /// What belongs on standard error while reading.
  private func sayWhatIsWrong() {
    let notices =
      session.input.drainNotices()
      + sourceNotices.take(session.source, verbose: options.verbose).map { .input($0) }
    dispatcher.handOrEnd(notices.map { .notice($0) }, isRecent: session.isPastStart)
    listRejectedLines()
  }

  private func listRejectedLines() {
    guard options.verbose else { return }
    let lines = session.pipeline.rejectedLines
    for line in lines.dropFirst(rejectedLinesSaid) {
      Diagnostics.say(session.input.path, .rejectedLine(line))
    }
    rejectedLinesSaid = lines.count
  }

  private func finish() -> Never {
    sayNotices()
    saySummary()
    flush()
    exit(session.exitStatus(failOnAlert: options.failOnAlert))
  }

  private func stop(status: Int32 = 0, dyingOf signal: Int32? = nil) -> Never {
    let isRecent = session.isPastStart
    dispatcher.handOrEnd(session.stop(), isRecent: isRecent)
    listRejectedLines()
    sayNotices()
    saySummary()
    flush()
    if let signal { die(of: signal) }
    exit(status)
  }

  /// What became of the log, where that may be more than was read of it.
  private func saySummary() {
    if let notice = SourceNotices.summary(session.source, verbose: options.verbose) {
      Diagnostics.say(session.input.path, .input(notice))
    }
  }

  private func sayNotices() {
    guard options.verbose else { return }
    for notice in session.pipeline.notices {
      Diagnostics.say(session.input.path, notice)
    }
    let rejected = session.pipeline.rejected
    if rejected.total > 0 { Diagnostics.say(session.input.path, .rejected(rejected)) }
  }

  private func flush() {
    do throws(OutputFailure) {
      try sink.flush()
    } catch {
      Diagnostics.end(for: error)
    }
  }
}
