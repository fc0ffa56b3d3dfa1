import Dispatch
import EventOutput
import Synchronization

/// Sends the notifications of one action on a thread of its own, which exists from the first one on.
final class DeliveryWorker: Sendable {
  private struct State {
    var queue: DeliveryQueue
    var hasThread = false
    var isWaiting = false
    var isOver = false
    /// Whether what is being sent is in the outbox.
    var isCurrentKept = false
    /// Whether somebody waits for room in the queue.
    var isAwaited = false
    /// What was lost at the end.
    var unsent = 0
  }

  let definition: ActionDefinition
  private let sender: any Sender
  private let state: Mutex<State>
  private let board: OutcomeBoard
  private let outbox: Outbox?
  private let clock: DeliveryClock
  /// Wakes the thread.
  private let wakeUp = DispatchSemaphore(value: 0)
  /// Signalled once the queue is empty while the program ends.
  private let ended = DispatchSemaphore(value: 0)
  /// Signalled when there is room in the queue again.
  private let room = DispatchSemaphore(value: 0)

  /// - Parameter outbox: keeps on disk what is being sent; `nil` for actions that need none.
  init(
    _ definition: ActionDefinition, sender: any Sender, limits: DeliveryLimits,
    board: OutcomeBoard, outbox: Outbox?, clock: DeliveryClock
  ) {
    self.definition = definition
    self.sender = sender
    self.board = board
    self.outbox = outbox
    self.clock = clock
    var isPeriodic = false
    if case .webhook(_, .alertmanager) = definition.kind { isPeriodic = true }
    state = Mutex(
      State(
        queue: DeliveryQueue(
          action: definition.name, limits: limits, keepsActiveAlerts: isPeriodic)))
  }

  /// Adds a notification to the queue. Never waits for what is being sent.
  func add(_ notification: ActionNotification) {
    let (startsThread, isWaiting) = state.withLock { state -> (Bool, Bool) in
      guard !state.isOver else { return (false, false) }
      state.queue.add(notification)
      publishChanges(of: &state.queue)
      defer {
        state.hasThread = true
        state.isWaiting = false
      }
      return (!state.hasThread, state.isWaiting)
    }
    if startsThread { startThread() }
    if isWaiting { wakeUp.signal() }
  }

  /// Waits while the queue of an action that must get everything is full, unless sending fails.
  /// Only one thread may call this.
  func waitForRoom() {
    while true {
      let isFull = state.withLock { state -> Bool in
        state.isAwaited = state.queue.isCongested && !state.isOver
        return state.isAwaited
      }
      guard isFull else { return }
      room.wait()
    }
  }

  /// Lets the one who waits for room go on, if there is any.
  private func announceRoom(_ state: inout State) {
    guard state.isAwaited, !state.queue.isCongested || state.isOver else { return }
    state.isAwaited = false
    room.signal()
  }

  /// Whether nothing waits to be sent, or is being sent.
  var isIdle: Bool { state.withLock { $0.queue.count == 0 } }

  /// What has not been sent so far.
  var losses: DeliveryLosses {
    state.withLock { state in
      var losses = state.queue.losses
      losses.failed += state.unsent
      return losses
    }
  }

  // MARK: - The end

  /// Asks for the rest to be sent now, without waiting for it.
  func beginEnding() {
    let isWaiting = state.withLock { state -> Bool in
      state.queue.isEnding = true
      defer { state.isWaiting = false }
      return state.isWaiting
    }
    if isWaiting { wakeUp.signal() }
  }

  /// Waits until the rest has been sent, then keeps what has not been.
  ///
  /// - Parameter deadline: when to stop waiting.
  /// - Returns: what has not been sent; `nil` if all has.
  func finish(by deadline: DispatchTime) -> UnsentNotifications? {
    if state.withLock({ $0.hasThread && !$0.isOver }) { _ = ended.wait(timeout: deadline) }
    let (keptInFlight, left, reason) = state.withLock {
      state -> (Int?, [ActionNotification], String?) in
      state.isOver = true
      announceRoom(&state)
      let keptInFlight = state.queue.isSending ? (state.isCurrentKept ? 1 : 0) : nil
      return (
        keptInFlight, state.queue.removeAll(time: clock.wall()), state.queue.lastFailure
      )
    }
    let kept = left.count { outbox?.save($0, for: definition.name) ?? false }
    sender.cancel()
    let count = left.count + (keptInFlight == nil ? 0 : 1)
    guard count > 0 else { return nil }
    let isKept = kept + (keptInFlight ?? 0) == count
    if !isKept { state.withLock { $0.unsent = count } }
    return UnsentNotifications(
      action: definition.name, count: count, reason: reason, isKept: isKept)
  }

  // MARK: - The thread

  private func startThread() {
    guard !BackgroundThread.start({ [self] in run() }) else { return }
    // The next notification tries again.
    state.withLock { $0.hasThread = false }
  }

  private func run() {
    while true {
      let step = state.withLock { state -> DeliveryQueue.Step? in
        guard !state.isOver else { return nil }
        let step = state.queue.next(at: clock.monotonic(), time: clock.wall())
        publishChanges(of: &state.queue)
        announceRoom(&state)
        if case .send = step { state.isCurrentKept = false }
        if case .wait = step {
          state.isWaiting = true
          if state.queue.isEnding { return nil }
        }
        return step
      }
      guard let step else {
        ended.signal()
        return
      }
      perform(step)
    }
  }

  private func perform(_ step: DeliveryQueue.Step) {
    switch step {
    case .wait(until: nil): wakeUp.wait()
    case .wait(let until?):
      let seconds = min(3_600, max(0, until - clock.monotonic()))
      _ = wakeUp.wait(timeout: .now() + seconds)
      state.withLock { $0.isWaiting = false }
    case .refresh(let active): sender.refresh(active)
    case .send(let notification): send(notification)
    }
  }

  private func send(_ notification: ActionNotification) {
    let isKept = outbox?.save(notification, for: definition.name) ?? false
    state.withLock { $0.isCurrentKept = isKept }
    let result = sender.send(notification)
    let isOver = state.withLock { state -> Bool in
      guard !state.isOver else { return result == .sent }
      state.queue.finish(
        result, at: clock.monotonic(), time: clock.wall(), random: clock.random())
      announceRoom(&state)
      publishChanges(of: &state.queue)
      return !state.queue.isSending
    }
    if isKept, isOver { outbox?.remove(notification.id, of: definition.name) }
  }

  /// Tells what became of notifications, and forgets those that no run will send any more: a former
  /// run may have kept one that a summary counts now.
  private func publishChanges(of queue: inout DeliveryQueue) {
    for change in queue.drainChanges() {
      board.set(change.outcome, of: change.id, for: definition.name)
      if change.outcome.isFinal { outbox?.remove(change.id, of: definition.name) }
    }
  }
}
