import AccessLog
import CursesTerminal
import DashboardModel
import Foundation
import Glibc
import LogInput
import Monitoring
import TerminalCanvas

/// Starts the dashboard: opens the log first, then the terminal, so that what is wrong is said on
/// the normal screen.
@MainActor
enum DashboardStart {
  static func run(_ options: Options, following: Bool) -> Never {
    var options = options
    options.follow = following
    let environment = ProcessInfo.processInfo.environment
    do {
      let input =
        options.demo ? DemoSource.input() : try Input.open(options, following: following)
      let pipeline = Program.pipelineOptions(
        options, input.path, following: options.effectivelyFollows)
      let pacer = options.replay ? Pacer(speed: options.speed, maxGap: options.maxGap) : nil
      let session = Session(pipeline, input: input, pacer: pacer)
      let keys = try keyboard()
      let screen = try CursesScreen(settings(options, environment, keys: keys))
      let run = DashboardRun(
        options, session: session, screen: screen)
      run.start(keys: keys)
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

extension Options {
  /// More may come after the end of the log.
  var effectivelyFollows: Bool { !replay && (follow ?? false) }
}
