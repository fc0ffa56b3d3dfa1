import AccessLog
import Engine
import Glibc
import MetricsServer

/// Serves the figures of a session to Prometheus.
@MainActor
final class MetricsExport {
  private let board: MetricsBoard
  /// Answers requests until the program exits.
  private let server: WebServer
  /// What the published figures were made from.
  private var revision: Revision?
  private var sources: [SourceState] = []

  /// Starts the server that the options ask for. Exits if it cannot listen.
  ///
  /// - Parameter inputs: are told that other machines can reach the server.
  /// - Returns: `nil` if the options ask for none.
  static func start(_ options: Options, _ inputs: InputSet) -> MetricsExport? {
    guard let address = options.metrics else { return nil }
    do throws(ListenFailure) {
      let export = try MetricsExport(address)
      if !address.isLoopback {
        inputs.openingNotices.add([.about(Name("--metrics"), .reachable(address.description))])
      }
      return export
    } catch {
      Diagnostics.print("--metrics \(address)", error.reason)
      exit(1)
    }
  }

  private init(_ address: ServerAddress) throws(ListenFailure) {
    let board = MetricsBoard(version: HelpText.versionNumber, now: Clocks.monotonic())
    self.board = board
    server = try WebServer(
      address, monotonic: Clocks.monotonic,
      answer: { board.page($0, now: Clocks.monotonic()) })
  }

  /// Publishes the figures of a session if they have changed, and that the program is alive.
  ///
  /// - Complexity: see `ClosedTraffic.counters`
  func publish(_ session: Session) {
    board.tick(now: session.monotonic())
    let revision = session.pipeline.revision
    guard revision != self.revision || session.sources != sources else { return }
    (self.revision, sources) = (revision, session.sources)
    var figures = RunFigures()
    figures.counters = session.pipeline.counters(
      sections: MetricsPage.sectionLimit, includingPending: !session.isReplay)
    figures.sources = SourceCounts(sources)
    figures.problem = Self.problem(session)
    board.publish(figures)
  }

  /// Why nothing sensible is read; `nil` if all is well.
  private static func problem(_ session: Session) -> String? {
    if session.hasNothingToRead { return "no log can be read" }
    if session.source.phase == .waiting { return "no log exists yet" }
    if session.pipeline.matchesNothing { return "no line matches a log format" }
    return nil
  }
}
