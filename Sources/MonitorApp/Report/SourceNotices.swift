import AccessLog

/// Turns changes of a log's state into notices. Losses, or possible losses, are always reported; other
/// changes only with `--verbose`.
struct SourceNotices {
  private var last: SourceState?

  /// The notices about changes since the last call.
  ///
  /// - Parameter isFollowed: whether a log that cannot be read is tried again.
  mutating func update(
    _ state: SourceState, verbose: Bool, isFollowed: Bool
  ) -> [InputNotice] {
    let before = last ?? SourceState(path: state.path, phase: .following)
    last = state
    var notices: [InputNotice] = []
    if state.unreadFiles > before.unreadFiles {
      notices.append(.unreadFiles(state.unreadFiles - before.unreadFiles))
    }
    if isFollowed, case .failed(let failure) = state.phase, state.phase != before.phase {
      notices.append(.retrying(failure))
    }
    // A listener tells by itself what it waits for.
    guard verbose, state.listener == nil else { return notices }
    if state.rotations > before.rotations { notices.append(.rotated) }
    if state.truncations > before.truncations { notices.append(.truncated) }
    if state.replacements > before.replacements { notices.append(.replacedByCopy) }
    if state.phase == .waiting, before.phase != .waiting { notices.append(.waiting) }
    if state.phase == .following, !before.phase.isReading { notices.append(.following) }
    return notices
  }

  /// A notice that sums up what happened to the log; `nil` if there is nothing to report.
  static func summary(_ state: SourceState, verbose: Bool) -> InputNotice? {
    if let listener = state.listener { return .received(listener) }
    let isQuiet = state.truncations == 0 && state.unreadFiles == 0
    if isQuiet, !verbose || state.rotations + state.replacements == 0 { return nil }
    return .history(
      InputHistory(
        rotations: state.rotations, truncations: state.truncations,
        replacements: verbose ? state.replacements : 0, unreadFiles: state.unreadFiles))
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
