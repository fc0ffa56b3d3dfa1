import AccessLog

/// Notices what becomes of a log while it is read. What was lost, or may have been, is for everyone;
/// the rest for those who ask for it.
struct SourceNotices {
  private var last: SourceState?

  /// What there is to say since the last call.
  mutating func take(_ state: SourceState, verbose: Bool) -> [InputNotice] {
    let before = last ?? SourceState(path: state.path, phase: .following)
    last = state
    var notices: [InputNotice] = []
    if state.missedGenerations > before.missedGenerations {
      notices.append(.unreadFiles(state.missedGenerations - before.missedGenerations))
    }
    if case .failed(let failure) = state.phase, state.phase != before.phase {
      notices.append(.retrying(failure))
    }
    guard verbose else { return notices }
    if state.rotations > before.rotations { notices.append(.rotated) }
    if state.truncations > before.truncations { notices.append(.truncated) }
    if state.replacements > before.replacements { notices.append(.replacedByCopy) }
    if state.phase == .waiting, before.phase != .waiting { notices.append(.waiting) }
    if state.phase == .following, !before.phase.isReading { notices.append(.following) }
    return notices
  }

  /// What became of the log in all, once reading ends; `nil` where there is nothing to say.
  static func summary(_ state: SourceState, verbose: Bool) -> InputNotice? {
    let isQuiet = state.truncations == 0 && state.missedGenerations == 0
    if isQuiet, !verbose || state.rotations + state.replacements == 0 { return nil }
    return .history(
      InputHistory(
        rotations: state.rotations, truncations: state.truncations,
        replacements: verbose ? state.replacements : 0, unreadFiles: state.missedGenerations))
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
