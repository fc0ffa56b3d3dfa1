import AccessLog
import Messages
import SafeText
import TrafficAnalysis

/// What the top of the screen tells: the rate now, the state, the totals, and what is watched.
package struct HeaderModel: Equatable, Sendable {
  /// A highlighted word.
  package enum Badge: Equatable, Sendable {
    case good(String)
    /// A state in which there is nothing to judge yet.
    case muted(String)
    case notice(String)
    case warning(String)
    case alert(String)

    /// The word.
    package var text: String {
      switch self {
      case .good(let text), .muted(let text), .notice(let text), .warning(let text),
        .alert(let text):
        text
      }
    }
  }

  // MARK: - The rate and the state

  /// The rate now without its unit, `18.4`.
  package var rate: String
  /// The rate now without its unit, in at most five characters.
  package var bigRate: String
  /// The rate now with its unit, in at most six columns.
  package var shortRate: String
  /// The rate of all traffic, `of 41.2/s`, if the rate is of what passes a filter.
  package var allTraffic: String?
  /// 1 or -1 if the rate is more than a tenth above or below its mean over the alert window, else 0.
  package var trend: Int
  /// The change of the rate over the window of the tables; `nil` if it is not known.
  package var change: String?
  /// What the change is against.
  package var changeText: String
  /// Whether an alert is active, for how long, and whether the figures mean anything.
  package var state: Badge
  /// The same without the duration.
  package var shortState: Badge
  /// Since when, or why.
  package var stateText: String
  /// What the run is doing, the most important first.
  package var badges: [Badge] = []
  /// The same without figures that change.
  package var shortBadges: [Badge] = []
  /// The filter as it was written; `nil` if all records count.
  package var filter: SafeString?

  /// The only source that is shown, `SERVER web1` in two parts; `nil` if all are.
  package var shownSource: (kind: String, name: SafeString)? {
    shownKind.isEmpty ? nil : (shownKind, shownName)
  }
  private var shownKind = ""
  private var shownName: SafeString = ""
  /// From when on its tables count, `since 21:03:10`; empty if that is its beginning.
  package var shownSince = ""

  /// How fast a log of known size is loaded, `412 MB/s`; empty if it is not, or if that is unknown.
  package var loadingSpeed = ""
  /// How long that still takes, `2 s left`; empty as above.
  package var loadingTime = ""

  // MARK: - Figures

  /// The mean over the alert window, `12.57/s`.
  package var mean: String
  /// The length of the alert window, `2 min`.
  package var window: String
  /// The threshold, `10`; `nil` if the rule never alerts.
  package var threshold: String?
  /// The mean beside the threshold; `nil` if there is none.
  package var gauge: Gauge?
  /// The shares of server errors and of client errors over the alert window.
  package var serverErrors: Words
  package var clientErrors: Words
  /// The totals since the start, the most important first.
  package var totals: [Words]

  // MARK: - What is watched

  /// The name of the log.
  package var source: SafeString
  /// The last component of the name, for narrow screens.
  package var shortSource: SafeString
  /// The name of the format; empty until it is known.
  package var format: String
  /// What is around its lines, as words that follow the format; empty if nothing is.
  package var wrapping: String
  /// What reading is doing, or how old the log is; empty if a badge says so.
  package var phase: String
  /// The last line is older than a minute and no other is expected soon; the phase says how old.
  package var isOld = false
  /// The log does not exist yet; the state says so and names it.
  package var isWaiting = false
  /// The date of the last closed second, `Sat 14 Mar`; empty before the first.
  package var date: String
  /// Its time of day with the zone.
  package var clock: String
  /// Its time of day.
  package var time: String
  /// Its time of day with the zone, unless that is the machine's own one.
  package var zonedTime: String

  // MARK: - Progress

  /// The fraction of the log that has been read or replayed; `nil` if unknown.
  package var progress: Double?
  /// The periods with an alert, as fractions of the log.
  package var alertSpans: [ClosedRange<Double>]
  /// The log is replayed: a line of its own displays the progress.
  package var isReplay: Bool
  /// The progress of a seek, as a fraction of the log; `nil` if none is in progress.
  package var seekPosition: Double?
  /// A message on a line of its own.
  package var notice: SafeString?

  /// The header for a snapshot and the status of the run.
  package init(_ snapshot: Snapshot, _ status: RunStatus, _ state: ViewState) {
    source =
      status.source.path == Name("-")
      ? "standard input" : SafeString(status.source.path.bytes)
    shortSource = SafeString(Self.lastComponent(source))
    if status.isSimulated { (source, shortSource) = ("simulated traffic", "simulated traffic") }
    format = status.source.format ?? ""
    wrapping = status.source.wrappers.text
    phase = ""
    filter = status.filter
    if let shown = status.shownSource {
      (shownKind, shownName) = (shown.isServer ? "SERVER" : "LOG", shown.name)
      shortSource = shown.name
      shownSince = snapshot.shownSource?.since.map { "since " + state.times.clock($0) } ?? ""
    }
    alertSpans = status.replay?.alerts ?? []
    isReplay = status.replay != nil
    let now = snapshot.closedThrough
    time = now.map(state.times.clock) ?? "--:--:--"
    clock = time + (now == nil ? "" : " " + state.times.zone)
    zonedTime = state.times.zone == TimeDisplay.localZone ? time : clock
    date = now.map { state.times.shortDate($0, withYear: !status.isLive) } ?? ""
    rate = Self.rate(snapshot.rateNow.value)
    bigRate = Self.bigRate(snapshot.rateNow.value)
    shortRate = Wording.shortRate(snapshot.rateNow.value)
    allTraffic = status.allTraffic.map { "of " + Wording.rate($0.value) }
    trend = Self.trend(snapshot, isFiltered: status.allTraffic != nil)
    change = Self.change(snapshot.table)
    changeText =
      switch state.comparison {
      case .windowBefore: "vs before"
      case .hourBefore: "vs 1 h ago"
      case .dayBefore: "vs 1 d ago"
      }
    (self.state, shortState, stateText) = (.muted(""), .muted(""), "")
    let rule = snapshot.highTraffic
    mean = rule.rate.fixedText + "/s"
    window = Wording.exactDuration(rule.definition.window)
    threshold = rule.isSilent ? nil : rule.definition.limitText
    gauge = rule.isSilent ? nil : Gauge(mean: rule)
    (serverErrors, clientErrors) = Self.errorShares(snapshot)
    totals = Self.totals(snapshot, status.source)
    describeState(snapshot, status, state.times)
    describePhase(snapshot, status, state.times)
    notice = Self.notice(snapshot, status, state)
  }

  /// Replaces the rate and the state by current ones, which continue while the display is frozen.
  package mutating func updateRate(
    from snapshot: Snapshot, _ status: RunStatus, _ state: ViewState
  ) {
    let current = HeaderModel(snapshot, status, state)
    rate = current.rate
    bigRate = current.bigRate
    shortRate = current.shortRate
    allTraffic = current.allTraffic
    trend = current.trend
    self.state = current.state
    shortState = current.shortState
    stateText = current.stateText
    mean = current.mean
    gauge = current.gauge
  }

  private static func lastComponent(_ path: SafeString) -> String {
    path.text.split(separator: "/").last.map(String.init) ?? path.text
  }
}
