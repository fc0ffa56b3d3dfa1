import AccessLog

/// Puts into words what becomes of a log while it is read, for standard error. What was lost, or may
/// have been, is told to everyone; the rest to those who ask for it.
struct SourceNews {
  private var last: SourceState?

  /// What there is to say since the last call, without the name of the log.
  mutating func take(_ state: SourceState, verbose: Bool) -> [String] {
    let before = last ?? SourceState(path: state.path, phase: .following)
    last = state
    var news: [String] = []
    if state.missedGenerations > before.missedGenerations {
      news.append(Self.unread(state.missedGenerations - before.missedGenerations))
    }
    if case .failed(let reason) = state.phase, state.phase != before.phase {
      news.append("\(reason); trying again")
    }
    guard verbose else { return news }
    if state.rotations > before.rotations { news.append("rotated, reading the new file too") }
    if state.truncations > before.truncations { news.append("truncated, reading it anew") }
    if state.replacements > before.replacements {
      news.append("replaced by a copy of itself, reading on behind what was read")
    }
    if state.phase == .waiting, before.phase != .waiting { news.append("waiting for it to appear") }
    if state.phase == .following, !before.phase.isReading { news.append("following it") }
    return news
  }

  /// What became of the log in all, once reading ends; nil where there is nothing to say.
  static func summary(_ state: SourceState, verbose: Bool) -> String? {
    let isQuiet = state.truncations == 0 && state.missedGenerations == 0
    if isQuiet, !verbose || state.rotations + state.replacements == 0 { return nil }
    var parts: [String] = []
    if state.rotations > 0 { parts.append(count(state.rotations, "rotation")) }
    if state.truncations > 0 { parts.append(count(state.truncations, "truncation")) }
    if verbose, state.replacements > 0 {
      parts.append(count(state.replacements, "replacement") + " by a copy of itself")
    }
    if state.missedGenerations > 0 { parts.append(unread(state.missedGenerations)) }
    return parts.joined(separator: ", ")
  }

  private static func unread(_ number: Int) -> String {
    count(number, "rotated file") + " came and went unread"
  }

  private static func count(_ number: Int, _ thing: String) -> String {
    "\(number) \(thing)\(number == 1 ? "" : "s")"
  }
}

extension SourceState.Phase {
  fileprivate var isReading: Bool {
    switch self {
    case .loading, .following, .ended: true
    case .waiting, .failed: false
    }
  }
}
