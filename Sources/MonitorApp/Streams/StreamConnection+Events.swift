import AccessLog
import EventOutput
import SafeText
import StreamOutput

// The events of a run, on their way to a broker.

extension StreamConnection {
  /// Begins to send the events of a run to the broker that the options name.
  ///
  /// - Parameter mustBeComplete: whether reading waits for the broker, so that everything is sent.
  /// - Returns: `nil` if none is named. One of the config file counts only if a log is followed: a look at
  ///   an old log, or a demonstration, must not be reported to others.
  static func ofEvents(
    _ options: Options, _ session: Session, mustBeComplete: Bool
  ) -> StreamConnection? {
    let isLive = options.isFollowing && !options.demo
    guard case .kafka(let address) = options.events,
      isLive || options.eventsOrigin == .commandLine
    else { return nil }
    let paths = options.demo ? [Name("demo")] : session.inputs.paths.map(\.absolute)
    var name = Array("\(ProcessEnvironment.hostName):".utf8)
    name += paths.map(\.bytes).joined(separator: [UInt8(ascii: ",")])
    return StreamConnection(
      address, options, .events, sender: Name(name), mustBeComplete: mustBeComplete)
  }

  /// Sends events.
  func action(_ options: Options) -> EventStreamAction {
    EventStreamAction(stream, ranked: options.analysis.ranked)
  }
}
