import AccessLog
import Dispatch

// The thread that writes.

extension HistoryStore {
  private enum Step {
    case save([HistoryQueue.Item])
    case tidyUp
    case wait
    case end
  }

  func run() {
    var pause = context.limits.firstPause
    while true {
      do {
        switch nextStep() {
        case .save(let items):
          try writer.withLock { writer throws in try writer.save(items) }
          noteSaved(items)
        case .tidyUp: try writer.withLock { writer throws in try writer.tidyUp() }
        case .wait:
          _ = wakeUp.wait(timeout: .now() + context.limits.watch)
          shared.withLock { $0.isWaiting = false }
          try writer.withLock { writer throws in try writer.watch() }
        case .end: return end()
        }
        noteNotices()
        pause = context.limits.firstPause
      } catch {
        noteFailure(error)
        if !rest(pause) { return end() }
        pause = min(2 * pause, context.limits.longestPause)
      }
    }
  }

  private func nextStep() -> Step {
    let tidiesUp = writer.withLock { $0.hasRest }
    return shared.withLock { shared in
      if shared.isOver { return .end }
      let batch = shared.queue.nextBatch()
      if !batch.isEmpty { return .save(batch) }
      if shared.isEnding { return .end }
      if tidiesUp { return .tidyUp }
      shared.isWaiting = true
      return .wait
    }
  }

  private func noteSaved(_ items: [HistoryQueue.Item]) {
    let last = items.compactMap(\.second).max()
    shared.withLock { shared in
      shared.queue.removeBatch()
      shared.state.failure = nil
      if let last { shared.state.lastSaved = max(shared.state.lastSaved ?? last, last) }
      shared.announceRoom(room)
    }
  }

  private func noteNotices() {
    let (notices, isReadOnly) = writer.withLock { ($0.drainNotices(), $0.isReadOnly) }
    shared.withLock { shared in
      shared.notices += notices
      shared.state.isReadOnly = isReadOnly
      // A file of a newer version has replaced ours: nothing can be saved to it.
      if isReadOnly { shared.queue = HistoryQueue(context.limits) }
    }
  }

  private func noteFailure(_ error: any Error) {
    let reason = (error as? DatabaseError)?.reason ?? (error as? HistoryFailure)?.reason
    noteNotices()
    shared.withLock { shared in
      shared.queue.keepBatch()
      shared.state.failure = reason ?? "\(error)"
      shared.announceRoom(room)
    }
  }

  /// Waits before the next attempt. What is added meanwhile does not make it come earlier.
  ///
  /// - Returns: whether there is to be one.
  private func rest(_ seconds: Double) -> Bool {
    let end = context.monotonic() + seconds
    while true {
      let isEnding = shared.withLock { shared -> Bool in
        shared.isWaiting = !shared.isEnding
        return shared.isEnding
      }
      if shared.withLock({ $0.isOver }) { return false }
      let left = min(end - context.monotonic(), isEnding ? context.limits.firstPause : seconds)
      guard left > 0 else { break }
      if wakeUp.wait(timeout: .now() + left) == .timedOut { break }
      if isEnding { break }
    }
    shared.withLock { $0.isWaiting = false }
    return true
  }

  private func end() {
    writer.withLock { $0.finish() }
    unlock()
    shared.withLock { $0.isOver = true }
    ended.signal()
  }
}
