import AccessLog
import CursesTerminal
import EventOutput
import Glibc
import LogInput
import TerminalCanvas

/// Starts the dashboard. It opens the log before the terminal, so that errors are printed on the
/// normal screen.
@MainActor
enum DashboardStart {
  /// Runs the dashboard until the program exits.
  static func run(_ parsed: Options) -> Never {
    let file = RememberedViewFile(environment: ProcessEnvironment.variables)
    let remembered = file?.read() ?? RememberedView()
    let options = parsed.completed(by: remembered)
    do {
      guard ProcessEnvironment.isTerminal(STDOUT_FILENO) else { throw TerminalFailure.notATerminal }
      let history = try HistorySetup.run(options)
      let inputs =
        options.demo
        ? DemoSource.inputs(options)
        : try InputOpener.open(options, checkpoints: history?.checkpoints ?? [:])
      let session = try Program.session(options, inputs, output: .dashboard, history)
      let keys = try keyboard()
      let metrics = MetricsExport.start(options, inputs)
      let center = ActionSetup.center(options)
      let influx = InfluxSetup(options, session, mustBeComplete: false)
      let events = StreamConnection.ofEvents(options, session, mustBeComplete: false)
      waitForForeground(keys)
      let screen = try CursesScreen(settings(options, keys: keys))
      let dispatcher = ActionCatalog.dispatcher(
        options, center: center,
        history: history.map {
          HistorySetup.action($0.store, options, inputs, waits: false)
        }, influx: influx?.action(session, options), events: events?.action(options),
        alarms: .recent,
        bell: { () throws(OutputFailure) in screen.beep() })
      let dashboard = Dashboard(
        options, session: session, screen: screen, dispatcher: dispatcher,
        deliveries: center.map { AlertDeliveries($0.board) }, influx: influx, events: events,
        remembered: remembered,
        saveView: { file?.write($0) })
      dashboard.history = history.map { TimedHistoryNotice($0.store) }
      dashboard.historyRun = history
      dashboard.chartMinutes = history.flatMap { $0.chartMinutes(options, inputs) }
      dashboard.continuation = session.options.reported?.closedThrough?.advanced(by: 1)
      let fault = InjectedFault(environment: ProcessEnvironment.variables)
      DashboardRun(
        dashboard, screen: screen, keys: keys, center: center, metrics: metrics, fault: fault
      ).start()
      MainLoop.run()
    } catch let failure as TerminalFailure {
      Diagnostics.print(failure.object, failure.reason)
      exit(2)
    } catch {
      Program.terminate(for: error)
    }
  }

  private static func settings(_ options: Options, keys: Int32) -> TerminalSettings {
    let environment = ProcessEnvironment.variables
    var settings = TerminalSettings(type: environment["TERM"])
    settings.environment = environment
    settings.input = keys
    settings.theme = options.theme?.theme
    settings.answerTimeout = 0.05
    settings.now = Clocks.monotonic
    let noColor = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    settings.isColored = options.color == .always || (options.color == .auto && !noColor)
    settings.glyphs = options.ascii ? .ascii : ProcessEnvironment.glyphs
    return settings
  }

  /// The descriptor of the terminal that keys are read from: standard input may be the log.
  ///
  /// - Throws: `notOpen` if the process has no terminal.
  private static func keyboard() throws(TerminalFailure) -> Int32 {
    if ProcessEnvironment.isTerminal(STDIN_FILENO) { return STDIN_FILENO }
    guard let terminal = openControllingTerminal() else { throw .notOpen }
    return terminal
  }
}

extension Options {
  /// The options, and where the command line leaves a choice open, what an earlier run has chosen.
  fileprivate func completed(by remembered: RememberedView) -> Options {
    var options = self
    switch remembered.times {
    case .local: options.times = times ?? .local
    case .utc: options.times = times ?? .utc
    case .log: options.times = times ?? .log
    case nil: break
    }
    options.theme = theme ?? remembered.theme.map { .named($0) }
    return options
  }
}
