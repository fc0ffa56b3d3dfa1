import AccessLog
import CursesTerminal
import Dispatch
import EventOutput
import Glibc
import Messages
import Monitoring
import TerminalCanvas
import TrafficAnalysis

/// Writes the events of a log as text or JSON lines, to its end or until a signal.
@MainActor
final class ReportRun {
  /// Seconds of work between two looks at signals.
  private static let budget = 0.05

  private let options: Options
  private let session: Session
  private var action: any Action
  private let sink: DescriptorSink
  private let loop = MainLoop()
  private var detailsSaid = 0
  private var news = SourceNews()
  private let zone = LogZone()
  /// A terminal reads along, and is to ring. In JSON there is no place for that.
  private let rings: Bool
  private let isJSON: Bool

  init(_ options: Options, session: Session, output: Options.Output) {
    rings = options.bell && output == .text && Surroundings.isTerminal(STDOUT_FILENO)
    isJSON = output == .ndjson
    self.options = options
    self.session = session
    sink = DescriptorSink(
      descriptor: STDOUT_FILENO, flushesEveryWrite: options.isFollowing || options.replay)
    action = ReportRun.action(options, output, sink, zone)
  }

  private static func action(
    _ options: Options, _ output: Options.Output, _ sink: DescriptorSink, _ zone: LogZone
  ) -> any Action {
    if output == .ndjson {
      return NDJSONWriter(sink: sink, asciiOnly: Surroundings.isTerminal(STDOUT_FILENO))
    }
    let isASCII = options.ascii || Surroundings.glyphs.repertoire == .ascii
    let style = TextStyle(asciiOnly: isASCII, offset: offset(options, zone))
    return TextWriter(sink: sink, style: style)
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
    hand(on: turn.events, isNews: turn.isNews)
    if let failure = turn.failure {
      Diagnostics.say(session.input.path, failure.message)
      stop(status: 1)
    }
    sayWhatIsWrong()
    if session.pipeline.isFinished { finish() }
    if turn.hasBacklog { loop.goOn { [self] in work() } }
    return turn.bytes
  }

  /// - Parameter isNews: while the log is followed, only what is news rings. A report without follow is
  ///   one piece, of which nothing is older than the rest.
  private func hand(on events: [MonitorEvent], isNews: Bool) {
    let rings = rings && (isNews || !options.isFollowing)
    for event in events {
      if case .notice(let notice) = event {
        Diagnostics.say(session.input.path, words(of: notice))
      }
      do throws(OutputFailure) {
        try action.handle(event)
        if rings, event.isTrigger { try sink.write([0x07]) }
      } catch {
        Diagnostics.end(for: error)
      }
    }
  }

  /// Times in JSON are the same for everybody.
  private func words(of notice: Notice) -> String {
    let style = TextStyle(offset: Self.offset(options, zone))
    return (isJSON ? notice.text : notice.text(time: style.time)).text
  }

  /// What belongs on standard error while reading.
  private func sayWhatIsWrong() {
    for words in session.input.takeNotices() + news.take(session.source, verbose: options.verbose) {
      Diagnostics.say(session.input.path, words)
    }
    listRejectedLines()
  }

  private func listRejectedLines() {
    guard options.verbose else { return }
    let lines = session.pipeline.rejectedLines
    Diagnostics.list(Array(lines.dropFirst(detailsSaid)), of: session.input.path)
    detailsSaid = lines.count
  }

  private func finish() -> Never {
    sayNotices()
    saySummary()
    flush()
    exit(session.exitStatus(failOnAlert: options.failOnAlert))
  }

  private func stop(status: Int32 = 0, dyingOf signal: Int32? = nil) -> Never {
    let isNews = session.isPastStart
    hand(on: session.stop(), isNews: isNews)
    listRejectedLines()
    sayNotices()
    saySummary()
    flush()
    if let signal { die(of: signal) }
    exit(status)
  }

  /// What became of the log, where that may be more than was read of it.
  private func saySummary() {
    guard let words = SourceNews.summary(session.source, verbose: options.verbose) else { return }
    Diagnostics.say(session.input.path, words)
  }

  private func sayNotices() {
    guard options.verbose else { return }
    for notice in session.pipeline.notices {
      Diagnostics.say(session.input.path, notice.text.text)
    }
    let rejected = session.pipeline.rejected
    if rejected.total > 0 { Diagnostics.say(session.input.path, rejected.text()) }
  }

  private func flush() {
    do throws(OutputFailure) {
      try sink.flush()
    } catch {
      Diagnostics.end(for: error)
    }
  }
}
