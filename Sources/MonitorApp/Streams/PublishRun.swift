import AccessLog
import Dispatch
import EventOutput
import Glibc
import Messages
import TrafficAnalysis

/// Publishes the seconds of logs until they end or a signal comes.
///
/// The handlers of its loop keep it alive until the program exits.
@MainActor
final class PublishRun {
  /// The longest uninterrupted work, in seconds: signals wait for it.
  private static let budget = 0.01

  private let options: Options
  private let session: Session
  private let publication: Publication
  private let sink: DescriptorSink
  private let diagnostics: SourceDiagnostics
  private let loop = MainLoop()

  init(
    _ options: Options, _ session: Session, _ publication: Publication, _ sink: DescriptorSink
  ) {
    self.options = options
    self.session = session
    self.publication = publication
    self.sink = sink
    diagnostics = SourceDiagnostics(session, options, sumsUp: true)
  }

  /// Starts to publish. The program exits at the end.
  func start() {
    // Whoever reads a message may end the program at once.
    loop.onEnd(cleanup: {}, { [self] in stop(dyingOf: $0) })
    diagnostics.printStart()
    let scheduler = ReadScheduler(loop, session) { [self] in work() }
    loop.everyTick { [self] in
      scheduler.tick(isBusy: false)
      publication.connection?.printProblems()
    }
  }

  /// Continues the session for a short time, and queues itself again while there is a backlog.
  ///
  /// - Returns: the number of bytes read from the log.
  @discardableResult
  private func work() -> Int64 {
    // A followed log waits; what is read once waits for the broker when it publishes.
    guard publication.hasRoom || !options.isFollowing else { return 0 }
    let turn = session.work(budget: Self.budget)
    publish { () throws(OutputFailure) in
      try publication.publish(turn.events, session)
      try sink.flush()
    }
    print(turn.events)
    if let failure = turn.failure {
      let path = session.inputs.paths[failure.source]
      Diagnostics.print(path, .input(.unreadable(failure.failure)))
      if session.hasNothingToRead { stop(status: 1) }
    }
    if session.pipeline.isFinished { finish() }
    if turn.hasBacklog { loop.continueWork { [self] in work() } }
    return turn.bytes
  }

  /// Prints the notices among events, and those about sources.
  private func print(_ events: [MonitorEvent]) {
    var printer = NoticePrinter { [session] in Diagnostics.print($0 ?? session.inputs.title, $1) }
    for event in events { printer.handle(event) }
    for notice in diagnostics.drainNotices() { printer.handle(.notice(notice)) }
    diagnostics.printRejectedLines()
  }

  private func publish(_ body: () throws(OutputFailure) -> Void) {
    do throws(OutputFailure) {
      try body()
    } catch {
      _ = publication.finish()
      Diagnostics.terminate(for: error)
    }
  }

  private func finish() -> Never {
    diagnostics.printEnd()
    let isComplete = publication.finish()
    let status = session.exitStatus(failOnAlert: false)
    exit(isComplete ? status : 1)
  }

  private func stop(status: Int32 = 0, dyingOf signal: Int32? = nil) -> Never {
    publication.connection?.stream.interrupt()
    publish { () throws(OutputFailure) in
      try publication.publishRest(of: session)
      try sink.flush()
    }
    diagnostics.printEnd()
    _ = publication.finish()
    if let signal { die(of: signal) }
    exit(status)
  }
}
