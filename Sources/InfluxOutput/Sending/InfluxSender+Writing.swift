import AccessLog
import Dispatch
import TrafficAnalysis

// The thread that writes to the spool.

extension InfluxSender {
  /// A mark that is later than this many seconds from now was made by a wrong clock.
  private static let largestLead: Int64 = 86_400

  /// Writes points to the spool until the program ends.
  func writeAll() {
    var mark = spool.open(context.spoolPath, key: context.address.key)
    if let second = mark, second > context.wall().advanced(by: Self.largestLead) { mark = nil }
    let former = mark
    shared.withLock { $0.isOpen = true }
    sending.signal()
    announceProgress()
    while true {
      let now = context.monotonic()
      let size = spool.size
      let (step, isOver) = shared.withLock { progress in
        let isHeldUp =
          context.mustBeComplete && progress.outcome.failure == nil
          && size > context.limits.backlog
        return (
          progress.take(at: now, isHeldUp: isHeldUp, context.limits), progress.isOver
        )
      }
      if !step.reports.isEmpty {
        announceProgress()
        if let former {
          let known = step.reports.count { $0.to <= former }
          shared.withLock { $0.outcome.known += known }
        }
        mark = write(step.reports, after: mark)
        sending.signal()
      } else if isOver {
        shared.withLock { $0.hasWriter = false }
        announceProgress()
        return
      } else if let until = step.until {
        _ = writing.wait(timeout: .now() + max(0, until - now))
      } else {
        announceProgress()
        writing.wait()
      }
    }
  }

  /// Writes intervals to the spool, except those up to the mark, which were handed over before: their
  /// figures may be others now.
  ///
  /// - Returns: the new mark.
  private func write(_ reports: [IntervalReport], after mark: EpochSecond?) -> EpochSecond? {
    var last = mark
    let new = reports.filter { report in
      if let last, report.to <= last { return false }
      last = report.to
      return true
    }
    for batch in Batch.batches(of: new, points, context.limits) {
      spool.append(batch, through: batch.through)
    }
    return last
  }
}
