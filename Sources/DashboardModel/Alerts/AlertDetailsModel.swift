import AccessLog
import Messages
import SafeText
import TrafficAnalysis

/// The details of one alert: what its names did before and during its window.
package struct AlertDetailsModel: PaneModel {
  /// The names of one dimension that grew.
  package struct List: Equatable, Sendable {
    package var title: String
    package var rows: [Row]
  }

  /// A name with its rates.
  package struct Row: Equatable, Sendable {
    package var name: SafeString
    package var before: String
    package var during: String
    package var change: String
  }

  package var frame: PaneFrame
  /// What happened, and how long.
  package var summary: [Words]
  /// What became of each notification, the worst first.
  package var deliveries: [Words] = []
  /// The periods that are compared.
  package var periods: [Words]
  package var lists: [List]

  init(_ alert: AlertKey, _ context: PaneContext) {
    let (snapshot, times) = (context.snapshot, context.state.times)
    frame = PaneFrame(
      context, title: "alert " + times.moment(alert.second, now: snapshot.closedThrough),
      note: "Esc back")
    summary = []
    periods = []
    lists = []
    guard
      let index = snapshot.triggers.last(where: { AlertKey(snapshot.transitions[$0]) == alert })
    else {
      summary = [Words("the log has gone back to before this alert", .muted)]
      return
    }
    let episode = AlertEpisode(index, in: snapshot)
    summary = Self.summary(episode, now: snapshot.closedThrough)
    deliveries = (context.deliveries?[alert] ?? []).worstFirst.map {
      Words($0.text.text, $0.outcome.emphasis)
    }
    let window = episode.trigger.rule.window
    let start = alert.second.advanced(by: 1 - window)
    periods = [
      Words("during", .strong),
      Words("\(times.clock(start)) to \(times.clock(alert.second))", .plain),
      Words("before", .strong), Words("the \(Self.compared(episode)) until then", .plain),
      Words("in hits/s", .muted),
    ]
    lists = Dimension.common.map { dimension in
      List(
        title: "\(dimension.profile.pluralName)",
        rows: episode.trigger.changes[dimension].map(Row.init))
    }
  }

  /// How long the period before is: ten minutes, or less where not all of it was kept.
  private static func compared(_ episode: AlertEpisode) -> String {
    let change = episode.trigger.changes.reduce(nil) { $0 ?? $1.first }
    return Wording.roundedDuration(change?.before.seconds ?? NameChange.comparedSeconds)
  }

  /// The most columns of a metric with its conditions.
  private static let longestMetric = 48

  /// What the value is: the mean of the rate, or the metric as it was written.
  private static func metric(_ rule: RuleDefinition) -> String {
    guard rule.metric != .rate || rule.condition != nil else { return "mean" }
    let whole = SafeString(RuleText(rule).metric)
    return whole.width <= longestMetric ? whole.text : whole.prefix(longestMetric - 2).text + ".."
  }

  private static func summary(_ episode: AlertEpisode, now: EpochSecond?) -> [Words] {
    let (trigger, isActive) = (episode.trigger, episode.isActive)
    let text = RuleText(trigger.rule)
    let duration = Wording.clockDuration(episode.duration(now: now))
    let end = episode.isUnseen ? "its end was not seen" : "lasted \(duration)"
    return [
      Words(text.subject(trigger.key).text, isActive ? .alert : .strong),
      Words(
        "\(metric(trigger.rule)) of \(Wording.exactDuration(trigger.rule.window)) "
          + text.comparison(trigger.value)),
      Words("peak \(text.value(episode.peak))", .strong),
      Words(isActive ? "active for \(duration)" : end, isActive ? .alert : .plain),
    ]
  }
}

extension AlertDetailsModel.Row {
  fileprivate init(_ change: NameChange) {
    name = SafeString(change.name.bytes, limit: 256)
    // Two decimals for all, so that they can be compared at a glance.
    before = change.before.fixedText
    during = change.now.fixedText
    let growth = Rate(hits: Int((change.growth * 100).rounded()), seconds: 100)
    self.change = "+" + growth.fixedText
  }
}
