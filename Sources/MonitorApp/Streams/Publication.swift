import AccessLog
import Engine
import EventOutput
import LogInput
import StreamOutput
import TrafficAnalysis

/// What a run publishes instead of analyzing it: the seconds of its logs.
@MainActor
final class Publication {
  /// The time after which a followed log that says nothing is reported to be there, in seconds.
  private static let heartbeat = 5.0

  /// Where it is sent, if that is a broker.
  let connection: StreamConnection?
  private let publisher: any SecondPublisher
  private let isFollowing: Bool
  private var last = -Double.infinity

  /// Begins to send to a broker. Exits if that cannot be.
  init(_ address: StreamAddress, _ options: Options, sink: DescriptorSink) {
    isFollowing = options.isFollowing
    let sender = options.senderName(host: ProcessEnvironment.hostName)
    switch address {
    case .standardOutput:
      connection = nil
      publisher = LinePublisher(sink, sender: sender, series: UInt64.random(in: 1 ... .max))
    case .kafka(let address):
      let connection = StreamConnection(
        address, options, .seconds, sender: sender, mustBeComplete: !options.isFollowing)
      self.connection = connection
      publisher = connection.stream
    }
  }

  /// Whether a later run goes on where this one stops.
  var isContinued: Bool { connection != nil && isFollowing }

  /// Where an earlier run stopped, by absolute path.
  var checkpoints: [Name: Checkpoint] {
    guard isContinued, let connection else { return [:] }
    return connection.stream.checkpoints.compactMapValues { try? Checkpoint(decoding: $0) }
  }

  /// Whether more can be read: the disk keeps up with what was read.
  var hasRoom: Bool { connection?.stream.hasRoom ?? true }

  /// Publishes the seconds that have closed in a turn, and the lines read since.
  func publish(_ events: [MonitorEvent], _ session: Session) throws(OutputFailure) {
    var reports = events.reports
    let now = session.monotonic()
    let isDue = isFollowing && now - last >= Self.heartbeat
    guard !reports.isEmpty || isDue else { return }
    if !session.pipeline.isFinished, let rest = session.takeReport() { reports.append(rest) }
    if reports.isEmpty, let closed = session.pipeline.closedThrough {
      reports = [.empty(behind: closed, head: session.pipeline.latestTime)]
    }
    guard !reports.isEmpty else { return }
    last = now
    try publisher.publish(reports, checkpoints: isContinued ? session.storedCheckpoints : nil)
    if !isFollowing { connection?.stream.waitForRoom() }
  }

  /// Publishes what is left when a run is stopped. A run that another one continues leaves it the seconds
  /// that have not closed.
  func publishRest(of session: Session) throws(OutputFailure) {
    if isContinued {
      last = -.infinity
      try publish([], session)
    } else {
      try publisher.publish(session.stop().reports, checkpoints: nil)
    }
  }

  /// What is sent to a broker and not acknowledged by now is left to the next run.
  ///
  /// - Returns: whether nothing was lost and, of a log that is read once, everything was sent.
  func finish() -> Bool {
    guard let state = connection?.finish() else { return true }
    return state.lost == 0 && state.refused == 0 && (isFollowing || state.waiting == 0)
  }
}

extension SecondReport {
  /// Says that nothing happened since a second.
  fileprivate static func empty(behind closed: EpochSecond, head: EpochSecond?) -> SecondReport {
    SecondReport(
      from: closed.advanced(by: 1), closed: ClosedSecond(second: closed), head: head)
  }
}

extension [MonitorEvent] {
  fileprivate var reports: [SecondReport] {
    compactMap { if case .second(let report) = $0 { report } else { nil } }
  }
}

extension Options {
  /// The name of this machine and of what it reads, which tells its reports from those of others.
  func senderName(host: String) -> Name {
    if let sender { return Name(sender) }
    let log = paths.first ?? Name("-")
    let isFile = log != Name("-") && !log.isService
    var name = Array("\(host):".utf8) + (isFile ? log.absolute : log).bytes
    if paths.count > 1 { name += Array("+\(paths.count - 1)".utf8) }
    return Name(name)
  }
}
