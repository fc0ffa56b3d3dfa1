import Dispatch

// The thread that writes to the spool.

extension SpooledStream {
  /// Writes what is added until the program ends.
  func writeAll() {
    while true {
      let size = spool.size
      let (turns, isOver) = shared.withLock { queue in
        let isHeldUp =
          context.mustBeComplete && queue.awaySince == nil && size > context.limits.backlog
        return (queue.take(isHeldUp: isHeldUp), queue.isOver)
      }
      if !turns.isEmpty {
        writer.withLock { $0.write(turns) }
        shared.withLock { $0.noteWritten() }
        sending.signal()
        progress.signal()
      } else if isOver {
        shared.withLock { $0.hasWriter = false }
        progress.signal()
        return
      } else {
        progress.signal()
        writing.wait()
      }
    }
  }
}
