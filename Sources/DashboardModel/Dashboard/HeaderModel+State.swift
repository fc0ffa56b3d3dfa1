import AccessLog
import Messages
import SafeText
import TrafficAnalysis

// What the header says of the state of the traffic and of the run.

extension HeaderModel {
  /// Sets the state. Without an alert it says whether the figures mean anything: those of an
  /// unreadable log do not.
  mutating func describeState(
    _ snapshot: Snapshot, _ status: RunStatus, _ times: TimeDisplay
  ) {
    if let since = snapshot.alertingSince, let now = snapshot.closedThrough {
      let duration = Wording.clockDuration(now.seconds(since: since))
      let active = snapshot.rules.filter { $0.activeSince != nil }
      let count = active.reduce(0) { $0 + $1.alertCount }
      let word = count == 1 ? "ALERT" : Wording.grouped(count) + " ALERTS"
      (state, shortState) = (.alert("\(word) \(duration)"), .alert(word))
      stateText = "\(Self.names(of: active)) since \(times.clock(since))"
      return
    }
    (state, stateText) = quietState(snapshot, status, times)
    shortState = state
  }

  /// The names of one or two active rules, or of the one that has been active for longest and the
  /// number of the others.
  private static func names(of rules: [RuleState]) -> String {
    let rules = rules.enumerated().sorted {
      ($0.element.activeSince?.value ?? 0, $0.offset)
        < ($1.element.activeSince?.value ?? 0, $1.offset)
    }.map(\.element)
    let names = rules.prefix(2).map { RuleText($0.definition).shortName }
    return rules.count <= 2
      ? names.joined(separator: " and ") : names[0] + " and \(rules.count - 1) more"
  }

  /// The widest name in the state of a missing log: a longer text would be left out.
  private static let widestAwaitedName = 32

  private func quietState(
    _ snapshot: Snapshot, _ status: RunStatus, _ times: TimeDisplay
  ) -> (Badge, String) {
    if let notice = snapshot.notices.first(where: \.invalidatesFigures) {
      return (.warning("unreadable"), Self.reason(notice))
    }
    if case .failed(let failure) = status.phase {
      return (.warning("unreadable"), failure.reason)
    }
    if case .waiting = status.phase {
      let name = shortSource.truncatedInMiddle(to: Self.widestAwaitedName).text
      return (.warning("waiting"), "waiting for \(name) to appear")
    }
    if snapshot.undecided > 0, status.sources.allSatisfy({ $0.format == nil }) {
      return (.notice("no format yet"), "")
    }
    if snapshot.tally.hits == 0 {
      return (.muted(snapshot.tally.lines > 0 ? "no hits" : "no lines yet"), "")
    }
    if snapshot.listedRules.isEmpty { return (.muted("no rules"), "") }
    let last = snapshot.transitions.last { $0.change != .triggered }
    let since = last.map { "since " + times.clock($0.second) } ?? "no alert so far"
    return (.good("normal"), since)
  }

  /// Why the figures mean nothing, in a few words; the notice says more.
  private static func reason(_ notice: Notice) -> String {
    switch notice {
    case .unknownFormat: "no line matches a format"
    case .doubtfulFormat: "most lines do not match the format"
    case .futureTimes: "most lines are from the future"
    default: ""
    }
  }

  /// Sets the phase, the badges and the progress.
  mutating func describePhase(
    _ snapshot: Snapshot, _ status: RunStatus, _ times: TimeDisplay
  ) {
    // First, so that a frozen display never looks live.
    if status.isPaused { add(.warning("PAUSED")) }
    if let replay = status.replay { add(.notice("REPLAY \(replay.speed)")) }
    if let position = status.seekPosition {
      add(.notice("SEEKING \(Int(position * 100)) %"), short: .notice("SEEKING"))
    }
    switch status.phase {
    case .waiting:
      isWaiting = true
    case .loading(let read, let total):
      if let total, total > 0, status.replay == nil {
        let fraction = min(1, Double(read) / Double(total))
        progress = fraction
        add(.notice("LOADING \(Int(fraction * 100)) %"), short: .notice("LOADING"))
        if let figures = status.loading {
          (loadingSpeed, loadingTime) = (Self.speed(figures), Self.timeLeft(figures))
        }
      }
      phase = status.isLive ? "following" : "reading"
    case .following: describeAge(snapshot, status, times)
    case .ended:
      add(.notice("END"))
      describeAge(snapshot, status, times)
    case .failed: break
    }
    // There is no share to show, and the age of the last line says nothing as long as more come.
    if progress == nil, let figures = status.loading {
      phase = "reading " + Self.speed(figures)
      isOld = false
    }
    guard let replay = status.replay else { return }
    // The badge says so.
    phase = ""
    seekPosition = status.seekPosition
    progress = replay.position
  }

  /// Sets how far behind a live log is, or how old any other.
  private mutating func describeAge(
    _ snapshot: Snapshot, _ status: RunStatus, _ times: TimeDisplay
  ) {
    let isFollowed = status.phase == .following
    phase = isFollowed ? "following" : ""
    guard let last = snapshot.last, let wall = status.wall else { return }
    if status.isLive, let now = snapshot.closedThrough {
      let lag = wall.seconds(since: now)
      if lag > 0 { phase = (lag < 600 ? "\(lag) s" : Wording.age(lag)) + " behind" }
      return
    }
    let age = wall.seconds(since: last)
    guard age >= 60 else { return }
    isOld = true
    let date = times.shortDate(last, withYear: true)
    phase =
      isFollowed
      ? "quiet for \(Wording.age(age)): last line \(date)" : "ended \(Wording.age(age)) ago"
  }

  private mutating func add(_ badge: Badge, short: Badge? = nil) {
    badges.append(badge)
    shortBadges.append(short ?? badge)
  }
}
