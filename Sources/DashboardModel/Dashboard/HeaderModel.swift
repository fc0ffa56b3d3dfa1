import AccessLog
import Messages
import SafeText
import TrafficAnalysis

/// The two lines on top, and a third where something has to be said.
package struct HeaderModel: Equatable, Sendable {
  /// A word that stands out.
  package enum Badge: Equatable, Sendable {
    case good(String)
    case notice(String)
    case warning(String)
    case alert(String)

    package var text: String {
      switch self {
      case .good(let text), .notice(let text), .warning(let text), .alert(let text): text
      }
    }
  }

  package var source: SafeString
  /// The last part of a path, for where there is little room.
  package var shortSource: SafeString
  /// Empty until it is known.
  package var format: String
  package var phase: String
  /// The log is not there; the phase says so, and names it.
  package var isWaiting = false
  package var clock: String
  package var rate: String
  /// The same in at most six columns.
  package var shortRate: String
  /// `▲` or `▼` where the rate differs from the window's mean by over a tenth: 1, -1 or 0.
  package var trend: Int
  package var alert: Badge
  /// Without how long it has been up.
  package var shortAlert: Badge
  /// What matters most comes first.
  package var badges: [Badge] = []
  /// The same without figures that move.
  package var shortBadges: [Badge] = []
  package var isPaused: Bool
  /// The part of the log that is read or played, where that is known.
  package var progress: Double?
  package var alertSpans: [ClosedRange<Double>]
  /// The log is replayed: it has a line of its own that says how far.
  package var isReplay = false
  /// How far a seek has come, likewise.
  package var seeking: Double?
  package var totals: [String]
  package var mean: String
  /// The same for where there is little room.
  package var shortMean: String
  package var notice: SafeString?

  package init(_ snapshot: Snapshot, _ status: RunStatus, _ state: ViewState) {
    source = SafeString(
      status.source.path == Name("-")
        ? Array("standard input".utf8)
        : status.source.path.bytes)
    shortSource = SafeString(Self.lastPart(source))
    if status.simulated { (source, shortSource) = ("simulated traffic", "simulated traffic") }
    format = status.source.format ?? ""
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
      "mean \(Wording.span(rule.definition.window)) \(rule.value.fixedText)/s  threshold \(limit)"
    shortMean = "mean \(rule.value.fixedText)/s of \(limit)"
    notice = nil
    describePhase(status)
    notice = Self.notice(snapshot, status, state)
  }

  /// While the picture is frozen, the rate and the alert go on.
  package mutating func takeRate(
    of snapshot: Snapshot, _ status: RunStatus, _ state: ViewState
  ) {
    let now = HeaderModel(snapshot, status, state)
    rate = now.rate
    shortRate = now.shortRate
    trend = now.trend
    alert = now.alert
    shortAlert = now.shortAlert
  }

  private mutating func describePhase(_ status: RunStatus) {
    // Frozen must never look live.
    if status.isPaused { add(.warning("PAUSED")) }
    if let replay = status.replay { add(.notice("REPLAY \(replay.speed)")) }
    if let seeking = status.seeking {
      add(.notice("SEEKING \(Int(seeking * 100)) %"), short: .notice("SEEKING"))
    }
    switch status.phase {
    case .waiting:
      phase = "waiting for \(shortSource.text) to appear"
      isWaiting = true
    case .loading(let read, let total):
      if let total, total > 0, status.replay == nil {
        let part = min(1, Double(read) / Double(total))
        progress = part
        add(.notice("LOADING \(Int(part * 100)) %"), short: .notice("LOADING"))
      }
      phase = status.isLive ? "following" : "reading"
    case .following: phase = "following"
    case .ended: add(.notice("END"))
    case .failed: add(.warning("UNREADABLE"))
    }
    if let replay = status.replay {
      // The badge says it.
      phase = ""
      isReplay = true
      seeking = status.seeking
      progress = replay.position
    }
  }

  private mutating func add(_ badge: Badge, short: Badge? = nil) {
    badges.append(badge)
    shortBadges.append(short ?? badge)
  }

  private static func lastPart(_ path: SafeString) -> String {
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

  /// Lines that wait for a format that accepts them stand here too: they may all be rejected yet.
  private static func rejected(_ snapshot: Snapshot) -> String {
    let counts = snapshot.tally.rejected
    let waiting = Wording.grouped(snapshot.undecided) + " waiting"
    if snapshot.undecided > 0, counts.total == 0 { return waiting }
    return counts.text(Wording.grouped) + (snapshot.undecided > 0 ? "  " + waiting : "")
  }

  /// What the figures are worth: they tell nothing of a log that cannot be read.
  ///
  /// - Returns: the same without how long it has been so, too.
  private static func state(_ snapshot: Snapshot) -> (Badge, short: Badge) {
    if let since = snapshot.alertingSince, let now = snapshot.closedThrough {
      let duration = Wording.clockDuration(now.seconds(since: since))
      return (.alert("ALERT \(duration)"), .alert("ALERT"))
    }
    let state: Badge =
      snapshot.notices.contains(where: \.isBlinding)
      ? .warning("unreadable") : snapshot.undecided > 0 ? .notice("no format yet") : .good("normal")
    return (state, state)
  }

  /// What has to be said on a line of its own, if anything.
  package static func notice(
    _ snapshot: Snapshot, _ status: RunStatus, _ state: ViewState
  ) -> SafeString? {
    func words(_ notice: Notice) -> String {
      let time = { state.times.date($0) + " " + state.times.clock($0) }
      return notice.text(time: time, number: { Wording.grouped($0) }).text
    }
    let blinding = snapshot.notices.first(where: \.isBlinding)
    if let held = snapshot.quarantine, blinding == nil {
      let notice = Notice.setAside(
        records: held.records, ordinary: held.ordinary, earliest: held.earliest)
      return SafeString(words(notice))
    }
    let source = status.source
    var notices = blinding.map { [$0] } ?? []
    if source.missedGenerations > 0 {
      notices.append(.input(.unreadFiles(source.missedGenerations)))
    }
    notices += snapshot.notices.filter { !$0.isBlinding }
    if source.truncations > 0 { notices.append(.input(.truncations(source.truncations))) }
    var parts = (notices + status.notices).map(words)
    if let failure = status.failure {
      parts.insert(words(.input(.unreadable(failure))), at: 0)
    } else if case .failed(let failure) = source.phase {
      parts.insert(failure.reason, at: 0)
    }
    if let notice = status.terminalNotice { parts.append(notice) }
    return parts.isEmpty ? nil : SafeString(parts.joined(separator: "; "))
  }
}
