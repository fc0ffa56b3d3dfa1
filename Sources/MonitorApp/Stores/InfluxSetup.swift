import AccessLog
import EventOutput
import Glibc
import InfluxOutput
import SafeText
import WebTransfer

/// Sends the intervals of a run to the store that the options name, and tells how it goes.
@MainActor
final class InfluxSetup {
  private static let object = "influx"

  private let sender: InfluxSender
  private let isFollowing: Bool
  /// How sending went when it was last told.
  private var told = InfluxState()

  /// Begins to send what a former run could not. Exits if the URL cannot be used.
  ///
  /// - Parameter mustBeComplete: whether reading waits for the store, so that everything is sent.
  /// - Returns: `nil` if nothing is to be sent. With a URL of the config file that is so unless a log is
  ///   followed: a look at an old log, or a demonstration, must not write to the store.
  init?(_ options: Options, _ session: Session, mustBeComplete: Bool) {
    let isLive = options.isFollowing && !options.demo
    guard let source = options.influx, isLive || options.influxOrigin == .commandLine else {
      return nil
    }
    let environment = ProcessEnvironment.variables
    let address: WebAddress
    do throws(SettingSource.Problem) {
      address = try source.webAddress(environment: environment)
    } catch {
      Diagnostics.print("--influx", error.reason)
      exit(2)
    }
    let analysis = session.options.analysis
    let tags = SeriesTags(
      host: ProcessEnvironment.hostName,
      logs: options.demo ? [Name("demo")] : session.inputs.paths.map(\.absolute),
      interval: analysis.statsInterval,
      filter: analysis.filterIsView ? nil : analysis.filter?.text)
    let context = InfluxSender.Context(
      InfluxAddress(address), tags, ranked: options.analysis.ranked,
      spoolPath: ProcessEnvironment.stateFolder(environment).map { $0 + "/influx" },
      isFollowing: options.isFollowing, mustBeComplete: mustBeComplete,
      version: HelpText.versionNumber, monotonic: Clocks.monotonic, wall: Clocks.wall)
    isFollowing = options.isFollowing
    sender = InfluxSender(context)
    sender.start()
  }

  /// Handles the events of the run.
  func action(_ session: Session, _ options: Options) -> InfluxAction {
    InfluxAction(
      sender, range: session.options.analysis.range, beginsInside: options.tail != nil)
  }

  /// Notes that reading is cut off.
  func interrupt() { sender.interrupt() }

  /// Waits until there is room for more, if everything must be sent.
  func waitForRoom() { sender.waitForRoom() }

  /// What is wrong, for the screen; `nil` if nothing is.
  var notice: SafeString? { sender.state.notice.map { SafeString("\(Self.object): ") + $0 } }

  /// Prints what has begun to be wrong since the last call.
  func printProblems() {
    let state = sender.state
    let isNew =
      state.failure != nil && told.failure == nil || state.refused > 0 && told.refused == 0
      || state.lost > 0 && told.lost == 0 || state.damaged > told.damaged
    if isNew, let notice = state.notice { Diagnostics.print(Self.object, notice.text) }
    told = state
  }

  /// Sends the rest, and prints what was not sent. A run that follows reads every log again from its
  /// beginning; of one that is read once somebody may expect that all of it is sent.
  func finish() {
    let state = sender.finish()
    for line in state.rest { Diagnostics.print(Self.object, line.text) }
    if !isFollowing, let known = state.knownText { Diagnostics.print(Self.object, known.text) }
  }
}
