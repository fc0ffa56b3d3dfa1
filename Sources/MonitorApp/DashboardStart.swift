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
    let environment = ProcessInfo.processInfo.environment
    do {
      let input = options.demo ? DemoSource.input() : try Input.open(options)
      let session = Program.session(options, input, canSeek: true)
      let keys = try keyboard()
      waitForForeground(keys)
      let screen = try CursesScreen(settings(options, environment, keys: keys))
      let run = DashboardRun(options, session: session, screen: screen, keys: keys)
      run.start()
      RunLoop.main.run()
      exit(0)
    } catch let failure as InputFailure {
      Diagnostics.say(options.paths.first ?? Name("-"), failure.reason)
      exit(1)
    } catch let failure as TerminalFailure {
      Diagnostics.say(failure.object, failure.reason)
      exit(2)
    } catch {
      Diagnostics.say("lm2000", "\(error)")
      exit(1)
    }
  }

  private static func settings(
    _ options: Options, _ environment: [String: String], keys: Int32
  ) -> TerminalSettings {
    var settings = TerminalSettings(type: environment["TERM"])
    settings.input = keys
    let noColor = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    settings.isColored = options.color == .always || (options.color == .auto && !noColor)
    let glyphs = useCharacterLocale(environment: environment)
    settings.glyphs = options.ascii ? .ascii : glyphs
    return settings
  }

  /// Where keys come from: not from the log.
  private static func keyboard() throws(TerminalFailure) -> Int32 {
    if isatty(STDIN_FILENO) == 1 { return STDIN_FILENO }
    guard let terminal = openControllingTerminal() else { throw .notOpen }
    return terminal
  }
}
