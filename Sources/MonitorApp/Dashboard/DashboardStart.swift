import AccessLog
import CursesTerminal
import DashboardModel
import Foundation
import Glibc
import LogInput
import TerminalCanvas

/// Starts the dashboard: opens the log first, then the terminal, so that what is wrong is said on
/// the normal screen.
@MainActor
enum DashboardStart {
  static func run(_ options: Options) -> Never {
    do {
      guard ProcessEnvironment.isTerminal(STDOUT_FILENO) else { throw TerminalFailure.notATerminal }
      let input = options.demo ? DemoSource.input(options) : try Input.open(options)
      let session = try Program.session(options, input, isDashboard: true)
      let keys = try keyboard()
      waitForForeground(keys)
      let screen = try CursesScreen(settings(options, keys: keys))
      let dashboard = Dashboard(options, session: session, screen: screen)
      let fault = InjectedFault(environment: ProcessEnvironment.variables)
      DashboardRun(dashboard, screen: screen, keys: keys, fault: fault).start()
      RunLoop.main.run()
      exit(0)
    } catch let failure as InputFailure {
      Diagnostics.say(options.paths.first ?? Name("-"), Input.words(failure, options))
      exit(1)
    } catch let failure as TerminalFailure {
      Diagnostics.say(failure.object, failure.reason)
      exit(2)
    } catch {
      Program.end(for: error)
    }
  }

  private static func settings(_ options: Options, keys: Int32) -> TerminalSettings {
    let environment = ProcessEnvironment.variables
    var settings = TerminalSettings(type: environment["TERM"])
    settings.input = keys
    settings.now = Clocks.monotonic
    let noColor = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    settings.isColored = options.color == .always || (options.color == .auto && !noColor)
    settings.glyphs = options.ascii ? .ascii : ProcessEnvironment.glyphs
    return settings
  }

  /// Where keys come from: not from the log.
  private static func keyboard() throws(TerminalFailure) -> Int32 {
    if ProcessEnvironment.isTerminal(STDIN_FILENO) { return STDIN_FILENO }
    guard let terminal = openControllingTerminal() else { throw .notOpen }
    return terminal
  }
}
