import Dispatch
import Spooling

// The thread that sends what is in the spool.

extension SpooledStream {
  /// How long to listen to the broker before looking for other things to do, in seconds.
  private static let slice = 0.1

  /// Sends batches until the program ends.
  func sendAll() {
    var pause = RetryPause(context.limits.spool)
    var nextID: UInt64 = 1
    while !shared.withLock({ $0.isOver }) {
      guard var load = nextLoad(nextID) else {
        // Nothing is expected, but somebody must listen.
        _ = carrier.outcomes(waiting: 0)
        _ = sending.wait(timeout: .now() + 1)
        continue
      }
      let isDone = send(&load, &pause)
      nextID = load.nextID
      // An acknowledgement that comes too late still removes the batches: the next run need not send them.
      if isDone || !shared.withLock({ $0.isOver }) { spool.finish(isDone: isDone) }
      writing.signal()
      progress.signal()
    }
  }

  /// The oldest batches of the spool as one load; `nil` if there is none.
  private func nextLoad(_ base: UInt64) -> SendingLoad? {
    var messages: [StreamMessage] = []
    var size = 0
    while size < context.limits.loadBytes, let (file, bytes) = spool.next() {
      guard let new = StreamBatch.messages(decoding: bytes) else {
        spool.setAsideLastTaken()
        shared.withLock { $0.damaged += 1 }
        continue
      }
      messages += new
      size += file.size
    }
    return messages.isEmpty ? nil : SendingLoad(messages, base: base)
  }

  /// Sends a load, attempt after attempt.
  ///
  /// - Returns: whether it is delivered; `false` if the program ends before.
  private func send(_ load: inout SendingLoad, _ pause: inout RetryPause) -> Bool {
    var lastAnswer = context.monotonic()
    var notBefore = -Double.infinity
    while !shared.withLock({ $0.isOver }) {
      let now = context.monotonic()
      if now < notBefore {
        _ = sending.wait(timeout: .now() + (notBefore - now))
        continue
      }
      while case .submit(let index, let id) = load.step,
        carrier.submit(load.messages[index], id: id)
      {
        load.noteSubmitted()
      }
      switch load.step {
      case .done:
        pause.reset()
        return true
      case .retry(let reason):
        carrier.discard()
        note(carrier.outcomes(waiting: 0), &load)
        guard load.step != .done else { continue }
        load.retry()
        notBefore = now + pause.next(random: context.random())
        note(failure: reason)
      case .submit, .wait: listen(&load, &lastAnswer)
      }
    }
    return false
  }

  /// Waits a moment for outcomes.
  private func listen(_ load: inout SendingLoad, _ lastAnswer: inout Double) {
    let hasAnswer = note(carrier.outcomes(waiting: Self.slice), &load)
    let now = context.monotonic()
    if hasAnswer {
      lastAnswer = now
    } else if now - lastAnswer > context.limits.patience, let problem = carrier.problem {
      note(failure: problem)
    }
  }

  // MARK: - State

  /// - Returns: whether the broker has answered.
  @discardableResult
  private func note(_ outcomes: [MessageOutcome], _ load: inout SendingLoad) -> Bool {
    let refusedBefore = load.refused
    var hasAnswer = false
    for outcome in outcomes where load.note(outcome) { hasAnswer = true }
    guard hasAnswer else { return false }
    let now = context.monotonic()
    shared.withLock { queue in
      queue.lastAnswer = now
      (queue.awaySince, queue.failure) = (nil, nil)
      queue.refused += load.refused - refusedBefore
      queue.refusal = load.refusal ?? queue.refusal
    }
    return true
  }

  private func note(failure: String) {
    let wall = context.wall()
    shared.withLock { queue in
      queue.awaySince = queue.awaySince ?? wall
      queue.failure = failure
    }
    // Who waits for room must not wait for a broker that is away.
    writing.signal()
    progress.signal()
  }
}
