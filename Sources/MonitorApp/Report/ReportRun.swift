import AccessLog
import Actions
import CursesTerminal
import Dispatch
import Engine
import EventOutput
import Glibc
import LogInput
import Messages
import SafeText
import TerminalCanvas
import TrafficAnalysis

/// Writes the events of a log as text or JSON lines until the log ends or a signal comes.
@MainActor
final class ReportRun {
  /// The longest uninterrupted work, in seconds: signals wait for it.
  private static let budget = 0.03

  private let options: Options
  private let session: Session
  private var dispatcher: Dispatcher
  private let center: ActionCenter?
  private let history: HistoryNotices?
  private let historyRun: HistoryRun?
  private let influx: InfluxSetup?
  private let eventStream: StreamConnection?
  /// Serves the figures, if that is asked for.
  private let metrics: MetricsExport?
  private let sink: DescriptorSink
  private let loop = MainLoop()
  private let diagnostics: SourceDiagnostics
  private let zone = LogZone()
  private let output: Options.Output

  init(
    _ options: Options, session: Session, output: Options.Output, history run: HistoryRun? = nil,
    metrics: MetricsExport? = nil
  ) {
    self.options = options
    self.metrics = metrics
    self.output = output
    self.session = session
    diagnostics = SourceDiagnostics(session, options, sumsUp: output != .text)
    let sink = DescriptorSink(
      descriptor: STDOUT_FILENO, flushesEveryWrite: options.isFollowing || options.replay)
    self.sink = sink
    let isTerminal = ProcessEnvironment.isTerminal(STDOUT_FILENO)
    let center = ActionSetup.center(options)
    self.center = center
    historyRun = run
    history = run.map {
      HistoryNotices($0.store, name: options.history ?? "", isVerbose: options.verbose)
    }
    let influx = InfluxSetup(options, session, mustBeComplete: !options.isFollowing)
    self.influx = influx
    let events = StreamConnection.ofEvents(
      options, session, mustBeComplete: !options.isFollowing)
    eventStream = events
    // A bell character would make invalid JSON.
    let rings = output == .text && isTerminal
    dispatcher = ActionCatalog.dispatcher(
      options,
      outputs: [
        Self.noticePrinter(options, output, session.inputs.title, zone),
        Self.writer(options, output, sink, zone),
      ],
      center: center,
      // What is read once can wait for the disk.
      history: run.map {
        HistorySetup.action(
          $0.store, options, session.inputs, waits: !options.isFollowing && !options.replay)
      }, influx: influx?.action(session, options), events: events?.action(options),
      // Without follow, everything in a report is equally old.
      alarms: options.isFollowing ? .recent : .everything,
      bell: rings ? { () throws(OutputFailure) in try sink.write([0x07]) } : nil)
  }

  private static func writer(
    _ options: Options, _ output: Options.Output, _ sink: DescriptorSink, _ zone: LogZone
  ) -> any Action {
    if output == .ndjson {
      return NDJSONWriter(
        sink: sink, ranked: options.analysis.ranked,
        asciiOnly: ProcessEnvironment.isTerminal(STDOUT_FILENO), hasIDs: options.printsEvents)
    }
    let isTerminal = ProcessEnvironment.isTerminal(STDOUT_FILENO)
    let isASCII = options.ascii || ProcessEnvironment.glyphs.encoding == .ascii
    if output == .lines {
      let encoding: TextEncoding = isASCII ? .ascii : .unicode
      return LinesWriter(sink: sink, encoding: isTerminal ? encoding : nil)
    }
    let style = TextStyle(asciiOnly: isASCII, offset: offset(options, zone))
    return TextWriter(sink: sink, style: style, ranked: options.analysis.ranked)
  }

  private static func noticePrinter(
    _ options: Options, _ output: Options.Output, _ title: Name, _ zone: LogZone
  ) -> NoticePrinter {
    let print: (Name?, String) -> Void = { Diagnostics.print($0 ?? title, $1) }
    // Beside JSON, times do not depend on the options.
    guard output == .text else { return NoticePrinter(printLine: print) }
    return NoticePrinter(time: TextStyle(offset: offset(options, zone)).time, printLine: print)
  }

  /// The offset of displayed times, in seconds east of UTC.
  private static func offset(
    _ options: Options, _ zone: LogZone
  ) -> @Sendable (EpochSecond) -> Int {
    switch options.shownTimes {
    case .utc: { _ in 0 }
    case .local: { LocalZone.offset($0) }
    case .log: { _ in zone.offset }
    }
  }

  /// Starts the report, which ends by exiting the program.
  func start() {
    // Whoever reads a message may end the program at once.
    loop.onEnd(cleanup: ChildPrograms.killAll) { [self] in stop(dyingOf: $0) }
    diagnostics.printStart()
    let scheduler = ReadScheduler(loop, session) { [self] in work() }
    loop.everyTick { [self] in
      scheduler.tick(isBusy: session.isReplay)
      metrics?.publish(session)
      ActionSetup.printFailures(center)
      history?.print()
      influx?.printProblems()
      eventStream?.printProblems()
    }
  }

  /// Continues the session for a short time, and queues itself again while there is a backlog.
  ///
  /// - Returns: the number of bytes read from the log.
  @discardableResult
  private func work() -> Int64 {
    if options.isFollowing, history?.store.isCongested == true { return 0 }
    let isRecent = session.isPastStart
    let turn = session.work(budget: Self.budget) { events in
      // While other threads read on, and before there are many. The times of text depend on the zone of
      // the log, which is known at the end of the turn.
      guard output == .ndjson else { return }
      dispatch(events, isRecent: isRecent)
      events.removeAll(keepingCapacity: true)
    }
    Diagnostics.exitIfRefused(session)
    zone.offset = session.pipeline.zoneOffset
    dispatch(turn.events, isRecent: turn.isRecent)
    if let failure = turn.failure {
      let path = session.inputs.paths[failure.source]
      Diagnostics.print(path, .input(.unreadable(failure.failure)))
      if session.hasNothingToRead { stop(status: 1) }
    }
    historyRun?.savePlaces(session)
    session.keepPositions()
    dispatchNotices()
    if session.pipeline.isFinished { finish() }
    if turn.hasBacklog { loop.continueWork { [self] in work() } }
    return turn.bytes
  }

  /// Passes events to the actions, and exits if one of them fails.
  private func dispatch(_ events: [MonitorEvent], isRecent: Bool) {
    do throws(OutputFailure) {
      try dispatcher.handle(
        events, isRecent: isRecent, oldThrough: session.timeAtStart)
      influx?.waitForRoom()
      eventStream?.stream.waitForRoom()
    } catch {
      terminate(for: error)
    }
  }

  /// Passes on the notices that have come up since the last call.
  private func dispatchNotices() {
    let notices = diagnostics.drainNotices()
    dispatch(notices.map { .notice($0) }, isRecent: session.isPastStart)
    diagnostics.printRejectedLines()
  }

  private func finish() -> Never {
    diagnostics.printEnd()
    flush()
    let status = session.exitStatus(failOnAlert: options.failOnAlert)
    exit(finishActions(status: status, mustSendEvents: true))
  }

  private func stop(status: Int32 = 0, dyingOf signal: Int32? = nil) -> Never {
    let isRecent = session.isPastStart
    historyRun?.savePlaces(session, isLast: true)
    influx?.interrupt()
    eventStream?.stream.interrupt()
    let positions = session.lastPositions()
    dispatch(session.stop(), isRecent: isRecent)
    diagnostics.printEnd()
    flush()
    let status = finishActions(status: status)
    for topic in session.keepAtEnd(positions, limit: 2) {
      Diagnostics.print(topic, .input(.positionNotKept))
    }
    if let signal { die(of: signal) }
    exit(status)
  }

  private func flush() {
    do throws(OutputFailure) {
      try sink.flush()
    } catch {
      terminate(for: error)
    }
  }

  /// Exits because standard output failed.
  private func terminate(for failure: OutputFailure) -> Never {
    _ = finishActions(status: 1)
    Diagnostics.terminate(for: failure)
  }

  /// Sends and saves what is left.
  ///
  /// - Parameter mustSendEvents: whether no later run of this command will send the events that wait.
  /// - Returns: the exit status: the one given, or 1 if something that must be complete is not.
  private func finishActions(status: Int32, mustSendEvents: Bool = false) -> Int32 {
    let saved = HistorySetup.finish(history, status: status)
    influx?.finish()
    let areEventsIncomplete = eventStream?.finish().isIncomplete ?? false
    return ActionSetup.finish(center, status: areEventsIncomplete && mustSendEvents ? 1 : saved)
  }
}
