import AccessLog
import Dispatch
import EventOutput
import Synchronization
import WebTransfer

/// All actions of a run, what became of their notifications, and the outbox that they share.
///
/// Notifications are sent on threads of their own: nothing here waits for them but `finish`.
package final class ActionCenter: Sendable {
  /// What actions take from the process.
  package struct Context: Sendable {
    /// The variables of this process. Few are handed on to programs, and secrets never.
    package var environment: [String: String]
    package var origin: Origin
    package var clock: DeliveryClock
    /// The folder of the outbox; `nil` to keep nothing on disk.
    package var outboxPath: String?
    package var limits = DeliveryLimits()
    /// A file with the certificates to trust; `nil` for those of the system.
    package var certificates: String?

    package init(
      environment: [String: String], origin: Origin, clock: DeliveryClock, outboxPath: String?
    ) {
      self.environment = environment
      self.origin = origin
      self.clock = clock
      self.outboxPath = outboxPath
    }
  }

  /// A setting of an action that cannot be used.
  package struct SettingFailure: Error, Equatable, Sendable {
    /// The name of the action.
    package var action: String
    /// Why, without any secret.
    package var reason: String
  }

  /// What became of the notifications.
  package let board = OutcomeBoard()
  private let workers: [DeliveryWorker]
  private let outbox: Outbox?
  /// The names of the actions that ring the bell, which is for the thread that draws.
  private let bells: [String]
  private let rings: Mutex<PaceWindow>
  private let clock: DeliveryClock

  /// - Throws: if a URL or a password cannot be read.
  package init(
    _ definitions: [ActionDefinition], _ context: Context
  ) throws(SettingFailure) {
    let outbox = context.outboxPath.map { Outbox(path: $0) }
    self.outbox = outbox
    clock = context.clock
    let limits = context.limits
    rings = Mutex(PaceWindow(limit: limits.perMinute, length: limits.minute))
    bells = definitions.filter { $0.kind == .bell }.map(\.name)
    var workers: [DeliveryWorker] = []
    for definition in definitions where definition.kind != .bell {
      try definition.check(environment: context.environment)
      var limits = context.limits
      limits.isPaced = limits.isPaced && definition.isPaced
      workers.append(
        DeliveryWorker(
          definition, sender: definition.sender(context), limits: limits, board: board,
          outbox: definition.isKept ? outbox : nil, clock: context.clock))
    }
    self.workers = workers
  }

  /// Whether any action handles the statistics of intervals.
  package var includesIntervals: Bool { workers.contains { $0.definition.includesIntervals } }

  /// Hands a notification to the actions, which send it as soon as they can.
  ///
  /// - Parameter names: the actions; `nil` for all of them.
  /// - Returns: whether the caller is to ring the bell.
  package func deliver(_ notification: ActionNotification, to names: [String]? = nil) -> Bool {
    for worker in workers where names?.contains(worker.definition.name) ?? true {
      if notification.state == .interval, !worker.definition.includesIntervals { continue }
      worker.add(notification)
    }
    let bell = bells.first { names?.contains($0) ?? true }
    return bell.map { rings($0, for: notification) } ?? false
  }

  /// Waits until all actions that must get everything have room. Not for threads that must not block,
  /// and only for one thread.
  package func waitForRoom() {
    for worker in workers { worker.waitForRoom() }
  }

  /// Whether the actions are done with everything that they got.
  package var isIdle: Bool { workers.allSatisfy(\.isIdle) }

  /// What the actions have not sent so far, of those that lack something.
  package var losses: [DeliveryLosses] {
    workers.map(\.losses).filter { $0.isFailure || $0.text != nil }
  }

  /// Whether an action that must get everything has not.
  package var isFileIncomplete: Bool { losses.contains { $0.mustBeComplete && $0.isFailure } }

  /// Whether the bell rings for a notification.
  private func rings(_ bell: String, for notification: ActionNotification) -> Bool {
    guard notification.state == .triggered else { return false }
    let now = clock.monotonic()
    let isDue = rings.withLock { rings in
      guard now >= rings.nextTime else { return false }
      rings.record(at: now)
      return true
    }
    board.set(isDue ? .sent(at: clock.wall()) : .dropped, of: notification.id, for: bell)
    return isDue
  }

  /// Sends what a former run could not.
  ///
  /// - Returns: the number of files in the outbox that were damaged.
  /// - Throws: if the outbox is not safe.
  @discardableResult
  package func resume() throws(OutboxFailure) -> Int {
    guard let outbox else { return 0 }
    let kept = workers.filter(\.definition.isKept).map(\.definition.name)
    let remainder = try outbox.load(actions: Set(kept))
    for (action, notification) in remainder.notifications {
      workers.first { $0.definition.name == action }?.add(notification)
    }
    return remainder.damaged
  }

  /// Why notifications cannot be kept on disk; `nil` if they can, or if none had to be yet.
  package var outboxProblem: String? { outbox?.problem }

  /// Sends the rest before the program ends. What is not sent in time stays in the outbox, if the
  /// action has one.
  ///
  /// - Parameter seconds: how long to wait at most.
  /// - Returns: what has not been sent, by action.
  @discardableResult
  package func finish(within seconds: Double = 2) -> [UnsentNotifications] {
    let deadline = DispatchTime.now() + seconds
    for worker in workers { worker.beginEnding() }
    return workers.compactMap { $0.finish(by: deadline) }
  }
}

extension ActionDefinition {
  /// Whether what is being sent is kept on disk. What stays on this machine needs no second chance.
  var isKept: Bool {
    switch kind {
    case .exec, .webhook, .mail: true
    case .syslog, .file, .bell: false
    }
  }

  /// Whether the number of notifications per minute is limited. A file is read by programs, which want
  /// all of them.
  var isPaced: Bool { if case .file = kind { false } else { true } }

  /// - Throws: if a URL or a password cannot be read.
  func check(
    environment: [String: String]
  ) throws(ActionCenter.SettingFailure) {
    do throws(SettingSource.Problem) {
      switch kind {
      case .webhook(let url, _): _ = try url.webAddress(environment: environment)
      case .mail(let route):
        if case .smtp(_, let login?) = route.transport {
          _ = try login.password.text(environment: environment)
        }
      case .exec, .syslog, .file, .bell: break
      }
    } catch {
      throw ActionCenter.SettingFailure(action: name, reason: error.reason)
    }
  }

  /// What sends the notifications of the action. The bell is rung by the caller of `ActionCenter`.
  func sender(_ context: ActionCenter.Context) -> any Sender {
    let environment = context.environment
    let origin = context.origin
    let (clock, limits) = (context.clock, context.limits)
    return switch kind {
    case .exec(let arguments):
      ExecSender(
        arguments, environment: environment, origin: origin, limits: limits,
        monotonic: clock.monotonic)
    case .webhook(let url, let style):
      WebhookSender(
        url, style, environment: environment, origin: origin, limits: limits, wall: clock.wall,
        certificates: context.certificates)
    case .mail(let route):
      MailSender(
        route, environment: environment, origin: origin, limits: limits, clock: clock)
    case .syslog(let facility): SyslogSender(facility)
    case .file(let path): FileSender(path, origin: origin)
    case .bell: NoSender()
    }
  }
}
