import CursesTerminal
import Glibc
import TerminalCanvas

/// Drives a dashboard: one loop on the main queue, whose timer tick reads the log and publishes a
/// snapshot, and whose other sources are keys, signals and, for a pipe, the log itself.
@MainActor
final class DashboardRun {
  private let dashboard: Dashboard
  private let screen: CursesScreen
  private let loop = MainLoop()
  /// Where keys come from.
  private let keys: Int32
  private let fault: InjectedFault?
  /// When the terminal was taken again after a stop.
  private var resumed = -Double.infinity

  /// - Parameters:
  ///   - screen: that of the dashboard.
  ///   - keys: the descriptor that they come from.
  init(_ dashboard: Dashboard, screen: CursesScreen, keys: Int32, fault: InjectedFault?) {
    self.dashboard = dashboard
    self.screen = screen
    self.keys = keys
    self.fault = fault
  }

  // MARK: - The loop

  func start() {
    dashboard.publish()
    loop.onEnd(leaving: restoreTerminalImmediately) { [self] in end(.signal($0)) }
    loop.on(signal: SIGTSTP) { [self] in suspend() }
    loop.on(signal: SIGCONT) { [self] in goOn() }
    loop.on(signal: SIGWINCH) { [self] in dashboard.resize() }
    loop.watch(keys) { [self] in
      dashboard.takeKeys()
      followUp()
    }
    let waking = LogWaking(loop, dashboard.session) { [self] in work() }
    loop.everyTick { [self] in tick(waking) }
  }

  private func tick(_ waking: LogWaking) {
    followUp()
    waking.tick(isBusy: dashboard.needsTick)
    screen.flush()
    dashboard.publish()
    if fault == .trap, screen.isReady { InjectedFault.failCheck() }
  }

  private func work() -> Int64 {
    let bytes = dashboard.work()
    followUp()
    return bytes
  }

  /// Ends where that is asked for, and sees to what could not be done at once.
  private func followUp() {
    if let ending = dashboard.ending { end(ending) }
    if dashboard.takeBacklog() { loop.goOn { [self] in _ = work() } }
  }

  /// Gives the terminal back and ends, by the signal where it was one.
  private func end(_ ending: Dashboard.Ending) -> Never {
    while fault == .stall { pause() }
    let farewell = dashboard.finish()
    screen.restore()
    if case .signal(let number) = ending { die(of: number) }
    for notice in farewell.notices { Diagnostics.say(dashboard.session.input.path, notice) }
    exit(farewell.status)
  }

  // MARK: - The terminal

  private func suspend() {
    screen.suspend()
    stopProcess()
    takeAgain()
  }

  /// Somebody stopped us without asking, and whoever had the terminal since left it somehow. After
  /// a stop of our own the signal comes too, and all is done already.
  private func goOn() {
    guard dashboard.session.monotonic() - resumed > 1 else { return }
    waitForForeground(keys)
    screen.detach()
    takeAgain()
  }

  private func takeAgain() {
    waitForForeground(keys)
    screen.resume()
    dashboard.resize()
    resumed = dashboard.session.monotonic()
  }
}
