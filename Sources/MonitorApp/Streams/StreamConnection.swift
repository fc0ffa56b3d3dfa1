import AccessLog
import EventOutput
import Glibc
import KafkaTransfer
import PrivateFiles
import SafeText
import StreamOutput

/// A stream of seconds or events to a broker, and what there is to be said about it.
@MainActor
final class StreamConnection {
  let stream: SpooledStream
  /// How the stream is called in messages.
  private let object: String
  /// How sending went when it was last told.
  private var told: StreamState

  /// Opens the spool, and begins to send what a former run has left. Exits if the library is missing, a
  /// setting cannot be used, or another process sends as the same sender.
  ///
  /// - Parameters:
  ///   - sender: the name of what is sent.
  ///   - mustBeComplete: whether reading waits for the broker, so that everything is sent.
  init(
    _ address: KafkaAddress, _ options: Options, _ content: StreamState.Content, sender: Name,
    mustBeComplete: Bool
  ) {
    object = address.text
    let carrier: KafkaCarrier
    do throws(KafkaProblem) {
      carrier = try KafkaCarrier(address, KafkaSetup.access(options))
    } catch {
      if error.kind == .settings { KafkaSetup.exit(for: error) }
      Diagnostics.print(object, error.reason)
      exit(1)
    }
    if options.verbose, let notice = carrier.notice { Diagnostics.print(object, notice) }
    let folder = ProcessEnvironment.stateFolder(ProcessEnvironment.variables)
    var context = SpooledStream.Context(
      topic: object, sender: sender, content: content, spoolPath: folder.map { $0 + "/streams" },
      monotonic: Clocks.monotonic, wall: Clocks.wall)
    context.mustBeComplete = mustBeComplete
    context.isContinued = options.isFollowing
    do throws(InstanceLock.Problem) {
      stream = try SpooledStream(context, carrier)
    } catch {
      Diagnostics.print(object, "\(error.reason): it sends as \(SafeString(sender.bytes).text) too")
      exit(1)
    }
    told = StreamState(content)
  }

  /// What is wrong, for the screen; `nil` if nothing is.
  ///
  /// - Parameter time: formats the time of day.
  func notice(time: (EpochSecond) -> String) -> SafeString? {
    stream.state.notice(time: time).map { SafeString("\(object): ") + $0 }
  }

  /// Prints what has begun to be wrong, or is over, since the last call.
  func printProblems() {
    let state = stream.state
    defer { told = state }
    if told.awaySince != nil, state.awaySince == nil {
      Diagnostics.print(object, "broker answers again")
    }
    let isNew =
      state.awaySince != nil && told.awaySince == nil || state.refused > 0 && told.refused == 0
      || state.lost > 0 && told.lost == 0 || state.damaged > told.damaged
      || state.spoolProblem != nil && told.spoolProblem == nil
    if isNew, let notice = state.notice(time: \.iso8601) { Diagnostics.print(object, notice.text) }
  }

  /// Sends the rest, and prints what was not sent.
  ///
  /// - Returns: how sending went.
  @discardableResult
  func finish() -> StreamState {
    let state = stream.finish()
    for line in state.rest { Diagnostics.print(object, line.text) }
    return state
  }
}
