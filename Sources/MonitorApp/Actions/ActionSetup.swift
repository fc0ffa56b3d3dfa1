import Actions
import Glibc

/// Makes the actions that the options define.
enum ActionSetup {
  /// The actions, which have begun to send what a former run could not; `nil` if the options define none.
  /// Those of the config file act only while a log is followed, or upon events: a look at an old log
  /// must not tell anybody. Exits if a setting of an action cannot be used.
  static func center(_ options: Options) -> ActionCenter? {
    let isLive = options.isFollowing || options.actsOnEvents
    let actions = zip(options.actions, options.actionOrigins)
      .filter { isLive || $0.1 == .commandLine }.map(\.0)
    guard !actions.isEmpty else { return nil }
    do throws(ActionCenter.SettingFailure) {
      let center = try ActionCenter(actions, context)
      resume(center)
      return center
    } catch {
      Diagnostics.print("--notify", "\(error.action): \(error.reason)")
      exit(2)
    }
  }

  private static func resume(_ center: ActionCenter) {
    do throws(OutboxFailure) {
      let damaged = try center.resume()
      if damaged > 0 {
        Diagnostics.print("outbox", "\(damaged) damaged files were set aside")
      }
    } catch {
      Diagnostics.print(error.path, "\(error.reason); nothing is sent again")
    }
  }

  /// Prints the notifications that have failed since the last call.
  static func printFailures(_ center: ActionCenter?) {
    for failure in center?.board.drainFailures() ?? [] {
      Diagnostics.print(failure.action, failure.outcome.text(time: \.description).text)
    }
  }

  /// Sends what is left, for two seconds at most, and prints what has failed.
  static func finish(_ center: ActionCenter?) {
    let unsent = center?.finish() ?? []
    printFailures(center)
    for rest in unsent { Diagnostics.print(rest.action, rest.text.text) }
    for loss in center?.losses ?? [] {
      if let text = loss.text { Diagnostics.print(loss.action, text.text) }
    }
    if let problem = center?.outboxProblem { Diagnostics.print("outbox", problem) }
  }

  /// Finishes as `finish` does.
  ///
  /// - Returns: the exit status: the one given, or 1 if a file lacks something.
  static func finish(_ center: ActionCenter?, status: Int32) -> Int32 {
    finish(center)
    return center?.isFileIncomplete == true ? 1 : status
  }

  /// Sends a made-up notification through the action that the options name, and exits.
  static func test(_ options: Options, _ name: String) -> Never {
    guard let definition = options.actions.first(where: { $0.name == name }) else { exit(2) }
    let (text, isSent) = NotificationTest.run(definition, context)
    if definition.kind == .bell { Diagnostics.write("\u{7}", to: STDOUT_FILENO) }
    let encoding = ProcessEnvironment.glyphs.encoding
    Diagnostics.write(text.converted(to: encoding).text + "\n", to: STDOUT_FILENO)
    exit(isSent ? 0 : 1)
  }

  // MARK: - The process

  private static var context: ActionCenter.Context {
    let environment = ProcessEnvironment.variables
    return ActionCenter.Context(
      environment: environment,
      origin: Origin(host: ProcessEnvironment.hostName, version: HelpText.versionNumber),
      clock: DeliveryClock(monotonic: Clocks.monotonic, wall: Clocks.wall),
      outboxPath: outboxPath(environment))
  }

  /// The folder of notifications that are kept.
  ///
  /// - Returns: `nil` if the environment names no absolute path.
  static func outboxPath(_ environment: [String: String]) -> String? {
    ProcessEnvironment.stateFolder(environment).map { $0 + "/outbox" }
  }
}
