import AccessLog
import CursesTerminal
import Dispatch
import EventOutput
import Foundation
import Glibc
import LogInput
import Monitoring
import TerminalCanvas
import TrafficAnalysis

/// Writes the events of a log as text or JSON lines, to its end or until a signal.
@MainActor
final class ReportRun {
  private let options: Options
  private let following: Bool
  private let input: Input
  private var pipeline: Pipeline
  private var action: any Action
  private let sink: DescriptorSink
  private let signals = Signals()
  private var timer: (any DispatchSourceTimer)?
  private var readable: (any DispatchSourceRead)?
  private var hasAlerted = false
  private var saidNothingMatches = false
  private var detailsSaid = 0
  /// Without follow the wall clock is read once, at the start.
  private let startClock = Clocks.read()
  private var pacer: Pacer?
  private let zone = LogZone()

  init(
    _ options: Options, following: Bool, input: Input, pipeline: Pipeline, output: Options.Output
  ) {
    self.options = options
    self.following = following
    self.input = input
    self.pipeline = pipeline
    sink = DescriptorSink(
      descriptor: STDOUT_FILENO, flushesEveryWrite: following || options.replay)
    action = ReportRun.action(options, output, sink, zone)
    if options.replay { pacer = Pacer(speed: options.speed, maxGap: options.maxGap) }
  }

  private static func action(
    _ options: Options, _ output: Options.Output, _ sink: DescriptorSink, _ zone: LogZone
  ) -> any Action {
    let context = ReportContext(
      window: options.analysis.alertWindow, threshold: options.analysis.threshold)
    if output == .ndjson { return NDJSONWriter(sink: sink, context: context) }
    let times = options.times
    let glyphs = useCharacterLocale(environment: ProcessInfo.processInfo.environment)
    let style = TextStyle(asciiOnly: options.ascii || glyphs.repertoire == .ascii) { second in
      switch times {
      case .utc: 0
      case .local: LocalZone.offset(second)
      case .log: zone.offset
      }
    }
    return TextWriter(sink: sink, style: style)
  }

  func start() {
    for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] {
      signals.on(number) { [weak self] in self?.stop(dyingOf: number) }
    }
    let timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now(), repeating: .milliseconds(100), leeway: .milliseconds(10))
    timer.setEventHandler { MainActor.assumeIsolated { [weak self] in self?.work() } }
    timer.resume()
    self.timer = timer
    guard let stream = input.stream else { return }
    let readable = DispatchSource.makeReadSource(fileDescriptor: stream, queue: .main)
    readable.setEventHandler { MainActor.assumeIsolated { [weak self] in self?.work() } }
    readable.resume()
    self.readable = readable
  }

  private var isWorkQueued = false

  /// Goes on for some milliseconds, and queues itself again while there is more.
  private func work() {
    let start = Clocks.monotonic()
    var clock = Clocks.read()
    if !following { clock.wall = startClock.wall }
    let goal = pacer?.next(for: pipeline, at: start) ?? .everything
    var events: [MonitorEvent] = []
    do throws(InputFailure) {
      let end = try pipeline.step(
        input.feed, until: goal, clock: clock,
        isOverBudget: { Clocks.monotonic() - start > 0.05 }, events: &events)
      zone.offset = pipeline.zoneOffset
      hand(on: events)
      sayWhatIsWrong()
      switch end {
      case .finished: finish()
      case .outOfBudget: queueWork()
      case .goalReached, .caughtUp: break
      }
    } catch {
      hand(on: events)
      Diagnostics.say(input.path, error.reason)
      stop(status: 1)
    }
  }

  private func queueWork() {
    guard !isWorkQueued else { return }
    isWorkQueued = true
    DispatchQueue.main.async { [weak self] in
      self?.isWorkQueued = false
      self?.work()
    }
  }

  private func hand(on events: [MonitorEvent]) {
    for event in events {
      if case .alert(let transition) = event, transition.change == .triggered { hasAlerted = true }
      do {
        try action.handle(event)
      } catch {
        fail(error)
      }
    }
  }

  /// What belongs on standard error while reading.
  private func sayWhatIsWrong() {
    if options.verbose {
      Diagnostics.list(Array(pipeline.rejectedLines.dropFirst(detailsSaid)), of: input.path)
      detailsSaid = pipeline.rejectedLines.count
    }
    if !saidNothingMatches, pipeline.undecided.lines >= 1000 { sayNothingMatches() }
  }

  private func sayNothingMatches() {
    guard !saidNothingMatches else { return }
    saidNothingMatches = true
    let undecided = pipeline.undecided
    let first = pipeline.undecided.first ?? pipeline.rejectedLines.first
    let lines = max(undecided.lines, pipeline.linesRead)
    var reason = "0 of \(lines) lines match a known format"
    if let format = options.format { reason = "0 of \(lines) lines match the format \(format)" }
    if let first { reason += "; line \(first.number) is " + first.rejection.explanation }
    Diagnostics.say(input.path, reason + "; lm2000 --formats lists the formats")
  }

  private func finish() {
    var status: Int32 = 0
    for notice in pipeline.notices where options.verbose || action is TextWriter {
      Diagnostics.say(input.path, notice)
    }
    if !pipeline.matchedAnything, pipeline.linesRejected > 0 {
      sayNothingMatches()
      status = 1
    }
    do {
      try sink.flush()
    } catch {
      fail(error)
    }
    if status == 0, hasAlerted, options.failOnAlert { status = 3 }
    exit(status)
  }

  private func stop(status: Int32 = 0, dyingOf signal: Int32? = nil) {
    var events: [MonitorEvent] = []
    pipeline.stop(clock: Clocks.read(), events: &events)
    hand(on: events)
    do {
      try sink.flush()
    } catch {
      fail(error)
    }
    if let signal { Signals.die(of: signal) }
    exit(status)
  }

  /// Output that nobody reads any more is no error.
  private func fail(_ failure: any Error) -> Never {
    guard let failure = failure as? OutputFailure, failure != .closed else { exit(0) }
    Diagnostics.say("standard output", failure.reason)
    exit(1)
  }
}
