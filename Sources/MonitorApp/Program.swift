import AccessLog
import Engine
import EventOutput
import Glibc
import LogInput
import LogParsing
import StreamOutput
import TrafficAnalysis

/// The composition root: chooses the source, the pipeline and the actions.
@MainActor
package enum Program {
  /// Runs the program with the arguments of the process.
  package static func main() -> Never {
    let arguments = (1..<Int(CommandLine.argc)).map { index -> [UInt8] in
      guard let argument = CommandLine.unsafeArgv[index] else { return [] }
      return (0..<strlen(argument)).map { UInt8(bitPattern: argument[$0]) }
    }
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    do throws(UsageError) {
      // Who runs the program with another's rights may not choose the file either.
      let mayRead = geteuid() == getuid() && getegid() == getgid()
      let environment = ProcessEnvironment.variables
      run(
        try Options.parse(arguments) { choice throws(UsageError) in
          mayRead ? try ConfigFile.read(choice, environment: environment) : nil
        })
    } catch {
      terminate(for: error)
    }
  }

  private static func run(_ parsed: Options) -> Never {
    var options = parsed
    if let information = options.information { print(information, options) }
    guard geteuid() == getuid(), getegid() == getgid() else {
      Diagnostics.print("setuid", "refusing to run with elevated privileges")
      exit(2)
    }
    checkDescriptors()
    if let name = options.testedAction { ActionSetup.test(options, name) }
    if options.actsOnEvents { act(options) }
    if options.showsHistory { HistoryListing.run(options) }
    // Standard output cannot carry anything beside events.
    if options.printsEvents { options.output = .ndjson }
    let prefersDashboard = options.demo || ProcessEnvironment.isTerminal(STDOUT_FILENO)
    let output = options.output ?? (prefersDashboard ? .dashboard : .text)
    options.output = output
    if options.paths.isEmpty, !options.demo, ProcessEnvironment.isTerminal(STDIN_FILENO) {
      Diagnostics.print("FILE", "missing: name a log, or - for standard input; try: lm2000 --help")
      exit(2)
    }
    if output == .dashboard, options.paths.contains(Name("-")),
      ProcessEnvironment.isTerminal(STDIN_FILENO)
    {
      Diagnostics.print("standard input", "is needed for keys: name a log, or pipe one in")
      exit(2)
    }
    options.follow =
      !options.replay && (options.follow ?? (output == .dashboard || options.hasListener))
    if output == .dashboard { DashboardStart.run(options) }
    report(options, output)
  }

  /// Acts upon the events on standard input, or of a topic.
  private static func act(_ options: Options) -> Never {
    let isReadable = options.eventTopic != nil || !ProcessEnvironment.isTerminal(STDIN_FILENO)
    guard isReadable, let center = ActionSetup.center(options) else {
      Diagnostics.print("--act", "events are read from a pipe or a file: redirect standard input")
      exit(2)
    }
    EventRun(options, center: center).start()
    MainLoop.run()
  }

  private static func report(_ options: Options, _ output: Options.Output) -> Never {
    do {
      if let address = options.publish { try publish(options, address) }
      let history = try HistorySetup.run(options)
      let inputs = try InputOpener.open(options, checkpoints: history?.checkpoints ?? [:])
      let session = try session(options, inputs, output: output, history)
      let metrics = MetricsExport.start(options, inputs)
      ReportRun(
        options, session: session, output: output, history: history, metrics: metrics
      ).start()
      MainLoop.run()
    } catch {
      terminate(for: error)
    }
  }

  /// Publishes the seconds of the logs instead of analyzing them.
  private static func publish(_ options: Options, _ address: StreamAddress) throws -> Never {
    let sink = DescriptorSink(descriptor: STDOUT_FILENO, flushesEveryWrite: false)
    let publication = Publication(address, options, sink: sink)
    let inputs = try InputOpener.open(options, checkpoints: publication.checkpoints)
    var pipeline = PipelineOptions()
    pipeline.analysis.reportsSeconds = true
    if publication.isContinued { pipeline.continueLogs(inputs) }
    let session = try session(options, inputs, output: .ndjson, pipeline: pipeline)
    PublishRun(options, session, publication, sink).start()
    MainLoop.run()
  }

  /// Exits because no log can be read, of a mistake in the command line, or of an unexpected error.
  static func terminate(for error: any Error) -> Never {
    if let error = error as? OpeningFailures {
      for failure in error.failures { Diagnostics.print(failure.path, failure.message) }
      exit(1)
    }
    guard let error = error as? UsageError else {
      Diagnostics.print("lm2000", "\(error)")
      exit(1)
    }
    let help = error.reason.contains("; try: ") ? "" : "; try: lm2000 --help"
    Diagnostics.print(error.object, error.reason + help)
    for line in error.picture { Diagnostics.write(line.text + "\n", to: STDERR_FILENO) }
    exit(2)
  }

  /// Makes the session that the options describe.
  ///
  /// - Throws: if no time can lie in the requested range.
  static func session(
    _ options: Options, _ inputs: InputSet, output: Options.Output, _ history: HistoryRun? = nil,
    pipeline: PipelineOptions = PipelineOptions()
  ) throws(UsageError) -> Session {
    let start = Clocks.wall()
    var pipeline = pipeline
    let reportsSeconds = pipeline.analysis.reportsSeconds
    pipeline.analysis = options.analysis
    pipeline.analysis.reportsSeconds = reportsSeconds
    pipeline.analysis.following = options.isFollowing
    pipeline.analysis.isForDisplay = output == .dashboard
    // Going back in a replay keeps copies, which would multiply what is kept of each source.
    pipeline.analysis.keepsSources = output == .dashboard && !options.replay
    pipeline.analysis.keepsCounters = options.metrics != nil
    // On the screen the filter is a view: rules go on with all traffic.
    pipeline.analysis.keepsLines = output == .lines
    pipeline.pacesLines = options.replay
    if let history { resume(&pipeline, options, inputs, history) }
    pipeline.listeners = inputs.listeners
    pipeline.streams = inputs.inputs.indices.filter { inputs.inputs[$0].stream != nil }
    pipeline.analysis.filterIsView = output == .dashboard
    // A table of status codes has latencies too.
    if output == .dashboard { pipeline.analysis.ranked.insert(DimensionSet(.status)) }
    pipeline.analysis.reportsTotals = options.totals ?? (output == .text)
    pipeline.format = options.namedFormat
    pipeline.parsing = options.parsing
    let limit = start.advanced(by: options.analysis.maxJump)
    let lastRecord = inputs.lastRecord.map { read in
      {
        read(pipeline.format, pipeline.parsing, limit)
      }
    }
    switch try options.range.resolution(lastRecord, following: options.isFollowing, now: start) {
    case .known(let range): pipeline.analysis.range = range
    case .byFirstRecord(let range): pipeline.rangeFromFirst = range
    }
    let pacer = options.replay ? Pacer(speed: options.speed, maxGap: options.maxGap) : nil
    return Session(
      pipeline, inputs: inputs, pacer: pacer, canSeek: output == .dashboard,
      keepsPositions: options.keepsPositions, start: start,
      wall: Clocks.wall,
      monotonic: Clocks.monotonic)
  }

  /// Continues what the history knows of.
  private static func resume(
    _ pipeline: inout PipelineOptions, _ options: Options, _ inputs: InputSet,
    _ history: HistoryRun
  ) {
    pipeline.analysis.minuteRows = HistorySetup.rows
    guard options.isFollowing else { return }
    history.setAside(inputs.continuation.unfit)
    history.reading = HistorySetup.reading(options, inputs)
    pipeline.continueLogs(inputs)
    pipeline.reported = history.reported(inputs.continuation)
    pipeline.reported?.isReadAgain = HistorySetup.readsAgain(options, inputs)
  }

  /// Exits if the process may open too few descriptors: the loop would start and then hang.
  private static func checkDescriptors() {
    let needed = 24
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0,
      limit.rlim_cur < needed
    else { return }
    Diagnostics.print(
      "ulimit -n \(limit.rlim_cur)", "Too many open files; at least \(needed) are needed")
    exit(1)
  }

  private static func print(_ information: Options.Information, _ options: Options) -> Never {
    let text =
      switch information {
      case .help: HelpText.usage
      case .version: HelpText.version
      case .formats: HelpText.formats
      case .config: PrintedConfig(options).text
      }
    do throws(OutputFailure) {
      try DescriptorSink(descriptor: STDOUT_FILENO, flushesEveryWrite: true).write(Array(text.utf8))
    } catch {
      Diagnostics.terminate(for: error)
    }
    exit(0)
  }
}

extension PipelineOptions {
  /// Continues logs where an earlier run stopped, and notes places for a later one.
  fileprivate mutating func continueLogs(_ inputs: InputSet) {
    marksPlaces = true
    let continuation = inputs.continuation
    reported = ReportedTraffic(closedThrough: continuation.closedThrough, alerts: [])
    reported?.begun = continuation.begun
    reported?.cutThrough = continuation.cutThrough
    for (index, input) in inputs.inputs.enumerated() {
      resumptions[index] = input.resumption
      formerTimes[index] = continuation.formerTime(of: input.path)
    }
  }
}
