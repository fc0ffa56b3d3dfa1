import AccessLog
import ReferenceModel
import TrafficAnalysis

/// A made-up log: some minutes of traffic that is always the same, with the tables that a request asks
/// for.
struct SampleLog {
  /// What the sections and clients are called.
  enum Names { case ordinary, long, hostile, scattered }

  /// The last second.
  static let end: Int64 = 1_549_574_799

  var seconds: Int
  /// What the rates are multiplied with.
  var scale = 1
  var hasAlert = false
  var names = Names.ordinary

  /// The state of everything but the tables.
  var snapshot: Snapshot {
    var snapshot = Snapshot()
    guard seconds > 0 else { return snapshot }
    var random = RandomSource(seed: 7)
    let first = Self.end - Int64(seconds) + 1
    for second in first...Self.end {
      snapshot.history.append(totals(at: second, &random), at: EpochSecond(second))
    }
    snapshot.closedThrough = snapshot.history.last
    (snapshot.first, snapshot.last) = (snapshot.history.first, snapshot.history.last)
    let now = EpochSecond(Self.end)
    let all = snapshot.history.total(from: EpochSecond(first), through: now)
    snapshot.rateNow.hits = snapshot.history.total(from: now.advanced(by: -9), through: now).hits
    let mean = snapshot.history.total(from: now.advanced(by: -119), through: now)
    snapshot.highTraffic.rate = Rate(hits: mean.hits, seconds: 120)
    (snapshot.tally.hits, snapshot.tally.lines) = (all.hits, all.hits + 3)
    snapshot.tally.rejected[.shape] = scale > 0 ? 3 : 0
    snapshot.lifetime.hits = all.hits
    snapshot.lifetime.bytes = Int64(all.hits) * 17_000
    snapshot.uniqueClients = uniqueClients(all.hits)
    // More than in the window, if they are counted exactly.
    if snapshot.uniqueClients.error == nil { snapshot.uniqueClients.count *= 7 }
    if hasAlert { addAlerts(to: &snapshot) }
    return snapshot
  }

  /// Waves around six hits per second; with an alert, a surge in the last three minutes.
  private func totals(at second: Int64, _ random: inout RandomSource) -> SecondTotals {
    let age = Self.end - second
    var hits = 4 + abs(Int(age / 20 % 9) - 4) + random.number(0...3)
    var server = random.chance(60) ? 1 : 0
    if hasAlert, age < 170 {
      hits += min(20, Int(170 - age) / 4)
      server += random.number(0...3)
    }
    return SecondTotals(
      hits: hits * scale, clientErrors: random.number(0...1) * scale, serverErrors: server * scale)
  }

  private func addAlerts(to snapshot: inout Snapshot) {
    let rule = snapshot.highTraffic.definition
    func transition(_ change: AlertTransition.Change, _ second: EpochSecond, peak: Int) {
      var transition = AlertTransition(
        rule: rule, change: change, second: second, hits: 1206,
        value: .ratio(Rate(hits: 1206, seconds: 120)))
      if change == .triggered {
        for dimension in Dimension.common { transition.changes[dimension] = changes(dimension) }
      } else {
        transition.peak = .ratio(Rate(hits: peak, seconds: 120))
      }
      snapshot.transitions.append(transition)
    }
    for (start, length) in [(Int64(-1500), Int64(87)), (-900, 312)] {
      let since = EpochSecond(Self.end + start)
      transition(.triggered, since, peak: 0)
      transition(.recovered(since: since), since.advanced(by: length), peak: 1640)
    }
    let now = EpochSecond(Self.end - 88)
    transition(.triggered, now, peak: 0)
    snapshot.highTraffic.activeSince = now
    snapshot.highTraffic.peak = .ratio(Rate(hits: 2417, seconds: 120))
  }

  private func changes(_ dimension: Dimension) -> [NameChange] {
    names(of: dimension).prefix(6).enumerated().map { index, name in
      NameChange(
        name: name, before: Rate(hits: 1200 - index * 190, seconds: 600),
        now: Rate(hits: 1440 - index * 220, seconds: 120))
    }
  }
}
