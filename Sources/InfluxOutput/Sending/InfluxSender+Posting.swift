import Dispatch
import Spooling
import WebTransfer

// The thread that sends what is in the spool.

extension InfluxSender {
  /// What the store made of a batch.
  enum Answer: Equatable, Sendable {
    case accepted
    /// Another attempt may succeed. The reason holds no secret.
    case failed(String)
    /// Another attempt would fail too.
    case refused(String)
  }

  /// Sends batches until the program ends.
  func sendAll() {
    var pause = RetryPause(context.limits.spool)
    var notBefore = -Double.infinity
    while true {
      let (isOver, isOpen) = shared.withLock { ($0.isOver, $0.isOpen) }
      guard !isOver else { return }
      let now = context.monotonic()
      if now < notBefore {
        _ = sending.wait(timeout: .now() + (notBefore - now))
        continue
      }
      guard isOpen, let (file, bytes) = spool.next() else {
        sending.wait()
        continue
      }
      let answer = post(bytes)
      note(answer, points: file.points)
      if case .failed = answer {
        notBefore = context.monotonic() + pause.next(random: context.random())
      } else {
        pause.reset()
      }
    }
  }

  /// Notes what became of the batch that was sent.
  private func note(_ answer: Answer, points: Int) {
    let now = context.monotonic()
    let isOver = shared.withLock { progress -> Bool in
      switch answer {
      case .accepted:
        progress.outcome.failure = nil
        progress.lastSuccess = now
      case .failed(let reason): progress.outcome.failure = reason
      case .refused(let reason):
        // The store is there.
        progress.outcome.failure = nil
        progress.lastSuccess = now
        progress.outcome.refused += points
        progress.outcome.refusal = reason
      }
      return progress.isOver
    }
    var isDone = true
    if case .failed = answer { isDone = false }
    // An answer that comes too late still removes the batch: the next run need not send it.
    if !isOver || isDone { spool.finish(isDone: isDone) }
    writing.signal()
    announceProgress()
  }

  private func post(_ bytes: [UInt8]) -> Answer {
    let limits = context.limits
    let transfer = Transfer(
      context.address.url, connectTimeout: limits.connectTimeout,
      totalTimeout: limits.totalTimeout, certificates: context.certificates)
    let headers = [
      "Content-Type: text/plain; charset=utf-8", "User-Agent: lm2000/\(context.version)", "Expect:",
    ]
    return switch transfer.post(bytes, headers: headers) {
    case .answered(let status): Self.answer(status)
    case .failed(let reason), .refused(let reason): .failed(reason)
    }
  }

  /// What an HTTP status means for a batch. A store that refuses it would refuse it again, unless it is
  /// busy (408, 425, 429).
  static func answer(_ status: Int) -> Answer {
    switch status {
    case 200...299: .accepted
    case 300...399: .refused("redirect refused")
    case 401, 403: .refused("status \(status): the login is missing or wrong")
    case 404: .refused("status 404: no such database or path")
    case 408, 425, 429: .failed("status \(status)")
    case 400...499: .refused("status \(status)")
    default: .failed("status \(status)")
    }
  }
}
