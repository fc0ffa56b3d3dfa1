import AccessLog
import Synchronization
import TrafficAnalysis

/// The latest figures of a run, between the one who counts and those who ask. Either waits for the
/// other only while a reference is copied.
package final class MetricsBoard: Sendable {
  /// How long the program may do nothing before it counts as stuck, in seconds.
  package static let patience = 30.0

  private struct State {
    var figures = RunFigures()
    /// When the program last showed that it is alive, on the clock that never jumps.
    var lastTick: Double
  }

  private let state: Mutex<State>
  private let version: String

  /// - Parameters:
  ///   - version: the version of the program.
  ///   - now: seconds of the clock that never jumps.
  package init(version: String, now: Double) {
    self.version = version
    state = Mutex(State(lastTick: now))
  }

  /// Replaces the figures.
  package func publish(_ figures: RunFigures) {
    // What was replaced is freed after the lock is released.
    let former = state.withLock { state in
      let former = state.figures
      state.figures = figures
      return former
    }
    withExtendedLifetime(former) {}
  }

  /// Notes that the program is alive.
  package func tick(now: Double) { state.withLock { $0.lastTick = now } }

  // MARK: - Pages

  /// The answer to a request.
  ///
  /// - Parameters:
  ///   - path: the decoded path, without a query.
  ///   - now: seconds of the clock that never jumps.
  package func page(_ path: String, now: Double) -> WebPage {
    switch path {
    case "/metrics":
      let figures = state.withLock { $0.figures }
      return WebPage(text: MetricsPage.text(figures, version: version), kind: .metrics)
    case "/health":
      guard let problem = problem(now: now) else { return WebPage(text: "ok\n") }
      return WebPage(status: 503, text: problem + "\n")
    default:
      return WebPage(status: 404, text: "not found; there are /metrics and /health\n")
    }
  }

  private func problem(now: Double) -> String? {
    let (problem, idle) = state.withLock { ($0.figures.problem, now - $0.lastTick) }
    guard idle < Self.patience else { return "the program has not responded for \(Int(idle)) s" }
    return problem
  }
}
