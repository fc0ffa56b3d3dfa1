import AccessLog

/// Decides what one action does next: which notification it sends, tries again, gathers in a summary or
/// drops. It knows neither threads nor clocks: times are seconds of a monotonic clock that the caller
/// reads.
struct DeliveryQueue: Sendable {
  /// What is to be done now.
  enum Step: Equatable, Sendable {
    case send(ActionNotification)
    /// Alerts that are active are to be sent again.
    case refresh([ActionNotification])
    /// Nothing until that time; `nil` if nothing until something is added.
    case wait(until: Double?)
  }

  /// What has become of a notification.
  struct Change: Equatable, Sendable {
    var id: String
    var outcome: DeliveryOutcome
  }

  private let action: String
  private let limits: DeliveryLimits
  private let keepsActiveAlerts: Bool

  /// Those before `first` have left.
  private var waiting: [ActionNotification] = []
  private var first = 0
  private var current: ActionNotification?
  private var attempt = 0
  private var notBefore = -Double.infinity

  private var alerts: PaceWindow
  private var intervals: PaceWindow
  private var summaries: PaceWindow
  private var excess = ExcessAlerts()

  private var active: [AlertName: ActionNotification] = [:]
  private var nextRefresh = Double.infinity
  private var changes: [Change] = []
  /// What has not been sent.
  private(set) var losses: DeliveryLosses
  /// Why the latest attempt has failed; `nil` once one has succeeded.
  private(set) var lastFailure: String?

  /// Whether the program ends: nothing is tried again and no summary waits for its minute.
  var isEnding = false

  /// - Parameters:
  ///   - action: the name of the action.
  ///   - keepsActiveAlerts: whether active alerts are sent again.
  init(action: String, limits: DeliveryLimits, keepsActiveAlerts: Bool) {
    self.action = action
    self.limits = limits
    losses = DeliveryLosses(action: action, mustBeComplete: !limits.isPaced)
    self.keepsActiveAlerts = keepsActiveAlerts
    alerts = PaceWindow(limit: limits.perMinute, length: limits.minute)
    intervals = PaceWindow(limit: limits.perMinute, length: limits.minute)
    summaries = PaceWindow(limit: 1, length: limits.minute)
  }

  /// The number of notifications that wait or are being sent.
  var count: Int { waiting.count - first + (current == nil ? 0 : 1) }

  /// Whether whoever adds notifications should wait, so that nothing is dropped. There is no use in it
  /// where the pace is limited or sending fails.
  var isCongested: Bool {
    !limits.isPaced && lastFailure == nil && waiting.count - first >= limits.capacity
  }

  /// The changes since the last call.
  mutating func drainChanges() -> [Change] {
    defer { changes = [] }
    return changes
  }

  /// Adds a notification, or drops it if there is no room.
  mutating func add(_ notification: ActionNotification) {
    // Nothing would ever end an alert of a former run.
    if keepsActiveAlerts, !notification.isFromFormerRun { keep(notification) }
    guard waiting.count - first < limits.capacity else {
      changes.append(Change(id: notification.id, outcome: .dropped))
      losses.dropped += 1
      if notification.state.isAlert { excess.add(notification, isDropped: true) }
      return
    }
    changes.append(Change(id: notification.id, outcome: .waiting))
    waiting.append(notification)
  }

  // MARK: - Steps

  /// - Parameter time: the time of day, for a summary.
  mutating func next(at now: Double, time: EpochSecond) -> Step {
    if current == nil { choose(at: now, time) }
    if let current, notBefore <= now { return .send(current) }
    if now >= nextRefresh, !isEnding {
      nextRefresh = now + limits.refresh
      return .refresh(active.values.sorted { ($0.time, $0.id) < ($1.time, $1.id) })
    }
    var times = [nextRefresh]
    if current != nil { times.append(notBefore) }
    if current == nil, !excess.isEmpty { times.append(summaryTime) }
    let until = times.min() ?? .infinity
    return .wait(until: until < .infinity ? until : nil)
  }

  /// Reports the result of a `send` step.
  ///
  /// - Parameters:
  ///   - time: the time of day.
  ///   - random: a random number from 0 to 1.
  mutating func finish(
    _ result: SendResult, at now: Double, time: EpochSecond, random: Double
  ) {
    guard let sent = current else { return }
    attempt += 1
    switch result {
    case .sent: lastFailure = nil
    case .failed(let reason), .refused(let reason): lastFailure = reason
    }
    switch result {
    case .failed where attempt < limits.attempts:
      let factor = attempt == 1 ? 1.0 : 3.0
      notBefore = now + limits.backoff * factor * (0.5 + random)
      return
    case .sent:
      changes.append(Change(id: sent.id, outcome: .sent(at: time)))
      scheduleRefresh(at: now)
    case .failed(let reason), .refused(let reason):
      changes.append(Change(id: sent.id, outcome: .failed(reason)))
      losses.failed += 1
      scheduleRefresh(at: now)
    }
    current = nil
  }

  /// Whether a notification is being sent, or will be tried again.
  var isSending: Bool { current != nil }

  /// Removes and returns all that has not been sent: what waits, and a summary of what was gathered.
  mutating func removeAll(time: EpochSecond) -> [ActionNotification] {
    var left = Array(waiting[first...])
    if !excess.isEmpty { left.append(excess.summary(action: action, time: time)) }
    waiting = []
    first = 0
    excess = ExcessAlerts()
    return left
  }

  // MARK: - Choosing

  private mutating func choose(at now: Double, _ time: EpochSecond) {
    while current == nil, first < waiting.count {
      let notification = waiting[first]
      first += 1
      judge(notification, at: now)
    }
    if first > 64, first * 2 > waiting.count {
      waiting.removeFirst(first)
      first = 0
    }
    if current == nil, !excess.isEmpty, now >= summaryTime {
      let summary = excess.summary(action: action, time: time)
      excess = ExcessAlerts()
      summaries.record(at: now)
      start(summary)
    }
  }

  private mutating func judge(_ notification: ActionNotification, at now: Double) {
    guard limits.isPaced, notification.state != .summary else { return start(notification) }
    if notification.state == .interval {
      guard now >= intervals.nextTime else {
        changes.append(Change(id: notification.id, outcome: .dropped))
        losses.excessIntervals += 1
        return
      }
      intervals.record(at: now)
      return start(notification)
    }
    // Once alerts are gathered, all are until the summary is sent: so they stay in order.
    guard excess.isEmpty, now >= alerts.nextTime else {
      changes.append(Change(id: notification.id, outcome: .inSummary))
      excess.add(notification, isDropped: false)
      return
    }
    alerts.record(at: now)
    start(notification)
  }

  private mutating func start(_ notification: ActionNotification) {
    current = notification
    attempt = 0
    notBefore = -.infinity
  }

  /// When the gathered alerts may be sent.
  private var summaryTime: Double {
    isEnding ? summaries.nextTime : max(summaries.nextTime, alerts.nextTime)
  }

  // MARK: - Active alerts

  private static let activeLimit = 1_000

  private mutating func keep(_ notification: ActionNotification) {
    switch notification.state {
    case .triggered:
      guard active.count < Self.activeLimit || active[notification.alert] != nil else { return }
      active[notification.alert] = notification
    case .recovered:
      active[notification.alert] = nil
      if active.isEmpty { nextRefresh = .infinity }
    case .interval, .summary: break
    }
  }

  private mutating func scheduleRefresh(at now: Double) {
    if active.isEmpty {
      nextRefresh = .infinity
    } else if nextRefresh == .infinity {
      nextRefresh = now + limits.refresh
    }
  }
}

extension ActionNotification.State {
  /// Whether this is a change of an alert.
  var isAlert: Bool { self == .triggered || self == .recovered }
}
