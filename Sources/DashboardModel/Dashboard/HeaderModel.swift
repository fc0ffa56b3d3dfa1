import AccessLog
import Messages
import SafeText
import TrafficAnalysis

/// The lines at the top of the screen: two, another one for a notice, and another one for a replay.
package struct HeaderModel: Equatable, Sendable {
  /// A highlighted word.
  package enum Badge: Equatable, Sendable {
    case good(String)
    case notice(String)
    case warning(String)
    case alert(String)

    /// The word.
    package var text: String {
      switch self {
      case .good(let text), .notice(let text), .warning(let text), .alert(let text): text
      }
    }
  }

  /// The name of the log.
  package var source: SafeString
  /// The last component of the name, for narrow screens.
  package var shortSource: SafeString
  /// The name of the format; empty until it is known.
  package var format: String
  /// What is around its lines, as words that follow the format; empty if nothing is.
  package var wrapping: String
  /// What reading is doing; empty if a badge says so.
  package var phase: String
  /// The log does not exist yet; the phase says so and names it.
  package var isWaiting = false
  /// The last closed second, with the zone.
  package var clock: String
  /// The current rate.
  package var rate: String
  /// The current rate in at most six columns.
  package var shortRate: String
  /// 1 or -1 if the rate is more than a tenth above or below the mean of the alert window, else 0.
  package var trend: Int
  /// Whether an alert is active, for how long, and whether the figures mean anything.
  package var alert: Badge
  /// The same without the duration.
  package var shortAlert: Badge
  /// What the run is doing, the most important first.
  package var badges: [Badge] = []
  /// The same without figures that change.
  package var shortBadges: [Badge] = []
  /// The display is frozen, or the replay is paused.
  package var isPaused: Bool
  /// The fraction of the log that has been read or replayed; `nil` if unknown.
  package var progress: Double?
  /// The periods with an alert, as fractions of the log.
  package var alertSpans: [ClosedRange<Double>]
  /// The log is replayed: a line of its own displays the progress.
  package var isReplay = false
  /// The progress of a seek, as a fraction of the log; `nil` if none is in progress.
  package var seekPosition: Double?
  /// The totals since the start, the most important first.
  package var totals: [String]
  /// The mean over the alert window, with the threshold.
  package var mean: String
  /// The same for narrow screens.
  package var shortMean: String
  /// A message on a line of its own.
  package var notice: SafeString?

  /// The header for a snapshot and the status of the run.
  package init(_ snapshot: Snapshot, _ status: RunStatus, _ state: ViewState) {
    source = SafeString(
      status.source.path == Name("-")
        ? Array("standard input".utf8)
        : status.source.path.bytes)
    shortSource = SafeString(Self.lastComponent(source))
    if status.isSimulated { (source, shortSource) = ("simulated traffic", "simulated traffic") }
    format = status.source.format ?? ""
    wrapping = status.source.wrappers.text
    phase = ""
    isPaused = status.isPaused
    alertSpans = status.replay?.alerts ?? []
    clock =
      snapshot.closedThrough.map { state.times.clock($0) + " " + state.times.zone } ?? "--:--:--"
    rate = Wording.rate(snapshot.rateNow.value)
    shortRate = Wording.shortRate(snapshot.rateNow.value)
    trend = Self.trend(snapshot)
    (alert, shortAlert) = Self.state(snapshot)
    totals = Self.totals(snapshot, status.source)
    let rule = snapshot.highTraffic
    let limit = rule.definition.limit.text
    mean =
      "mean \(Wording.exactDuration(rule.definition.window)) \(rule.value.fixedText)/s  threshold \(limit)"
    shortMean = "mean \(rule.value.fixedText)/s of \(limit)"
    notice = nil
    describePhase(status)
    notice = Self.notice(snapshot, status, state)
  }

  /// Replaces the rate and the alert by current ones, which continue while the display is frozen.
  package mutating func updateRate(
    from snapshot: Snapshot, _ status: RunStatus, _ state: ViewState
  ) {
    let current = HeaderModel(snapshot, status, state)
    rate = current.rate
    shortRate = current.shortRate
    trend = current.trend
    alert = current.alert
    shortAlert = current.shortAlert
  }

  /// Sets the phase, the badges and the progress.
  private mutating func describePhase(_ status: RunStatus) {
    // First, so that a frozen display never looks live.
    if status.isPaused { add(.warning("PAUSED")) }
    if let replay = status.replay { add(.notice("REPLAY \(replay.speed)")) }
    if let position = status.seekPosition {
      add(.notice("SEEKING \(Int(position * 100)) %"), short: .notice("SEEKING"))
    }
    switch status.phase {
    case .waiting:
      phase = "waiting for \(shortSource.text) to appear"
      isWaiting = true
    case .loading(let read, let total):
      if let total, total > 0, status.replay == nil {
        let fraction = min(1, Double(read) / Double(total))
        progress = fraction
        add(.notice("LOADING \(Int(fraction * 100)) %"), short: .notice("LOADING"))
      }
      phase = status.isLive ? "following" : "reading"
    case .following: phase = "following"
    case .ended: add(.notice("END"))
    case .failed: add(.warning("UNREADABLE"))
    }
    if let replay = status.replay {
      // The badge says so.
      phase = ""
      isReplay = true
      seekPosition = status.seekPosition
      progress = replay.position
    }
  }

  private mutating func add(_ badge: Badge, short: Badge? = nil) {
    badges.append(badge)
    shortBadges.append(short ?? badge)
  }

  private static func lastComponent(_ path: SafeString) -> String {
    path.text.split(separator: "/").last.map(String.init) ?? path.text
  }

  private static func trend(_ snapshot: Snapshot) -> Int {
    let now = snapshot.rateNow.value
    let mean = snapshot.highTraffic.value.value
    return now > mean * 1.1 ? 1 : now < mean * 0.9 ? -1 : 0
  }

  private static func totals(_ snapshot: Snapshot, _ source: SourceState) -> [String] {
    let hits = snapshot.lifetime.hits
    let status = snapshot.lifetime.status
    return [
      Wording.grouped(snapshot.tally.hits) + " hits",
      Wording.grouped(snapshot.tally.late) + " late",
      rejected(snapshot),
      "5xx " + Wording.percent(status[.serverError], of: hits),
      "4xx " + Wording.percent(status[.clientError], of: hits),
      Wording.bytes(snapshot.lifetime.bytes),
    ] + (source.rotations > 0 ? [Wording.count(source.rotations, "rotation")] : [])
  }

  /// The rejected lines, and those that wait for a format: they may be rejected too.
  private static func rejected(_ snapshot: Snapshot) -> String {
    let counts = snapshot.tally.rejected
    let waiting = Wording.grouped(snapshot.undecided) + " waiting"
    if snapshot.undecided > 0, counts.total == 0 { return waiting }
    let share =
      counts.total > 0 && snapshot.tally.lines > 0
      ? ", " + Wording.percent(counts.total, of: snapshot.tally.lines) : ""
    return counts.text(Wording.grouped) + share + (snapshot.undecided > 0 ? "  " + waiting : "")
  }

  /// The badge for the alert. Without an alert it says whether the figures mean anything: those of an
  /// unreadable log do not.
  ///
  /// - Returns: the badge, and the same without the duration.
  private static func state(_ snapshot: Snapshot) -> (Badge, short: Badge) {
    if let since = snapshot.alertingSince, let now = snapshot.closedThrough {
      let duration = Wording.clockDuration(now.seconds(since: since))
      return (.alert("ALERT \(duration)"), .alert("ALERT"))
    }
    let state: Badge =
      snapshot.notices.contains(where: \.invalidatesFigures)
      ? .warning("unreadable") : snapshot.undecided > 0 ? .notice("no format yet") : .good("normal")
    return (state, state)
  }
}
