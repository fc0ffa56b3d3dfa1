import Actions
import CursesTerminal
import Glibc
import TerminalCanvas

/// Drives a dashboard with one loop on the main queue. A timer tick reads the log and draws; keys,
/// signals and a log that comes through a pipe wake the loop too.
@MainActor
final class DashboardRun {
  private let dashboard: Dashboard
  private let screen: CursesScreen
  private let loop = MainLoop()
  /// The descriptor that keys are read from.
  private let keys: Int32
  /// The actions that make alerts known, if there are any.
  private let center: ActionCenter?
  /// Serves the figures, if that is asked for.
  private let metrics: MetricsExport?
  private let fault: InjectedFault?
  /// Until the loop has ticked as many times, a SIGCONT belongs to a stop of our own. One alone is not
  /// enough: the tick that was due during the stop follows at once.
  private var ticksAfterOwnStop = 0
  /// Whether the last work left some.
  private var hasBacklog = false

  /// - Parameters:
  ///   - screen: the screen of the dashboard.
  ///   - keys: the descriptor that keys are read from.
  ///   - center: the actions that make alerts known, if there are any.
  ///   - metrics: serves the figures, if that is asked for.
  ///   - fault: a fault that a test has requested.
  init(
    _ dashboard: Dashboard, screen: CursesScreen, keys: Int32, center: ActionCenter?,
    metrics: MetricsExport?, fault: InjectedFault?
  ) {
    self.dashboard = dashboard
    self.screen = screen
    self.keys = keys
    self.center = center
    self.metrics = metrics
    self.fault = fault
  }

  // MARK: - The loop

  func start() {
    dashboard.publish()
    let cleanup: @Sendable () -> Void = {
      restoreTerminalImmediately()
      ChildPrograms.killAll()
    }
    loop.onEnd(cleanup: cleanup) { [self] in end(.signal($0)) }
    loop.on(signal: SIGTSTP) { [self] in suspend() }
    loop.on(signal: SIGCONT) { [self] in continueAfterStop() }
    loop.on(signal: SIGWINCH) { [self] in dashboard.resize() }
    loop.watch(keys) { [self] in
      dashboard.handleKeys()
      followUp()
    }
    let scheduler = ReadScheduler(loop, dashboard.session) { [self] in work() }
    loop.everyTick { [self] in tick(scheduler) }
  }

  private func tick(_ scheduler: ReadScheduler) {
    ticksAfterOwnStop = max(0, ticksAfterOwnStop - 1)
    followUp()
    scheduler.tick(isBusy: dashboard.needsTick)
    metrics?.publish(dashboard.session)
    screen.flush()
    dashboard.publish()
    if fault == .trap, screen.isReady { InjectedFault.failCheck() }
  }

  private func work() -> Int64 {
    let bytes = dashboard.work()
    let hadBacklog = hasBacklog
    hasBacklog = followUp()
    if hadBacklog, !hasBacklog {
      // What was read is displayed at once, and not only at the next tick.
      screen.flush()
      dashboard.publish()
    }
    return bytes
  }

  /// Exits if the dashboard requests it, and queues the work that remains.
  ///
  /// - Returns: whether work remains.
  @discardableResult
  private func followUp() -> Bool {
    if let ending = dashboard.ending { end(ending) }
    guard dashboard.drainBacklogRequest() else { return false }
    loop.continueWork { [self] in _ = work() }
    return true
  }

  /// Restores the terminal and exits.
  private func end(_ ending: Dashboard.Ending) -> Never {
    while fault == .stall { pause() }
    let farewell = dashboard.finish()
    screen.restore()
    Diagnostics.exitIfRefused(dashboard.session)
    // The terminal is as before while the rest is sent.
    ActionSetup.finish(center)
    let history = dashboard.history.map {
      HistoryNotices($0.store, name: dashboard.options.history ?? "")
    }
    let status = HistorySetup.finish(history, status: farewell.status)
    dashboard.influx?.finish()
    dashboard.eventStream?.finish()
    if case .signal(let number) = ending { die(of: number) }
    if let failure = farewell.outputFailure { Diagnostics.terminate(for: failure) }
    for notice in farewell.notices { Diagnostics.print(dashboard.session.inputs.title, notice) }
    exit(status)
  }

  // MARK: - The terminal

  /// Gives the terminal back and stops the process, as Ctrl-Z asks for.
  private func suspend() {
    screen.suspend()
    stopProcess()
    ticksAfterOwnStop = 2
    reclaimTerminal()
  }

  /// Takes the terminal back from whoever used it while the process was stopped from outside
  /// (SIGSTOP). After a stop of our own, `suspend` has done that, however many signals follow: several
  /// do if the shell continued the process in the background first, and none without a shell.
  private func continueAfterStop() {
    guard ticksAfterOwnStop == 0 else { return }
    waitForForeground(keys)
    screen.detach()
    reclaimTerminal()
  }

  private func reclaimTerminal() {
    waitForForeground(keys)
    screen.resume()
    dashboard.resize()
  }
}
