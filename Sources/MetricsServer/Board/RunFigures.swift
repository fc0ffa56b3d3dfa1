import AccessLog
import TrafficAnalysis

/// What is served about a run at one moment.
package struct RunFigures: Sendable {
  package var counters = TrafficCounters()
  package var sources = SourceCounts()
  /// Why nothing sensible is read; `nil` if all is well.
  package var problem: String?

  package init() {}
}

/// The number of logs in each state.
package struct SourceCounts: Equatable, Sendable {
  /// The names of the states, in the order in which they are shown.
  static let names = ["waiting", "loading", "following", "ended", "failed"]

  private var counts: [String: Int] = [:]

  package init() {}

  package init(_ sources: [SourceState]) {
    for source in sources { counts[Self.name(source.phase), default: 0] += 1 }
  }

  /// The number of logs in a state.
  subscript(name: String) -> Int { counts[name] ?? 0 }

  private static func name(_ phase: SourceState.Phase) -> String {
    switch phase {
    case .waiting: "waiting"
    case .loading: "loading"
    case .following: "following"
    case .ended: "ended"
    case .failed: "failed"
    }
  }
}
