import AccessLog
import Engine

// How far the sources have been read.

extension Session {
  /// A notice that names its source if there are several.
  func about(_ source: Int, _ notice: Notice) -> Notice {
    inputs.about(source, notice)
  }

  /// Whether one of several sources can be shown alone.
  var canShowSource: Bool { !isReplay && plain.canShowSource }

  /// Lets snapshots show the source with a name alone, or all of them with `nil`.
  ///
  /// - Returns: `false` if there is no such source, or if it cannot be shown alone.
  @discardableResult
  func showSource(named name: Name?) -> Bool {
    isReplay ? name == nil : plain.showSource(named: name)
  }

  /// The state of a source, as it is now.
  func state(of source: Int) -> SourceState {
    let input = inputs.inputs[source]
    let ended: SourceState.Phase = pipeline.hasEnded(source) ? .ended : .following
    var state = input.state?() ?? SourceState(path: input.path, phase: ended)
    state.format = pipeline.format(of: source)
    state.wrappers = pipeline.wrappers(of: source)
    if let failure = failures[input.id] { state.phase = .failed(failure) }
    state.listener = input.listener?.figures
    state.isPeer = input.peer != nil
    state.sender = pipeline.senderFigures(of: source)
    switch state.phase {
    case .waiting, .failed: break
    default:
      if !wasRead(source) {
        state.phase = .loading(read: pipeline.offset(of: source), total: input.size())
      }
    }
    return state
  }

  /// Whether a source has been read to its end, or a replay has shown all of it.
  private func wasRead(_ source: Int) -> Bool {
    isReplay ? pipeline.isFinished : pipeline.wasCaughtUp(source)
  }

  /// The phase of all sources, in which a stream is always being loaded: when it brings nothing for a
  /// moment, that does not say whether it was read to its end.
  var loadingPhase: SourceState.Phase {
    let phase = source.phase
    guard !inputs.streams.isEmpty, phase == .following else { return phase }
    return .loading(read: pipeline.offset, total: nil)
  }
}
