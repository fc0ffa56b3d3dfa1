import AccessLog

/// Watches how late the late hits are, and says what would have kept them.
struct LatenessAdvisor: Sendable {
  /// Lags up to here are told apart by the second.
  private static let range = 86_400
  /// Lags kept as they came before they are counted.
  private static let pendingLagLimit = 4096

  private let lateness: Int64
  private let maxJump: Int64
  private let idleGrace: Int64
  private var counts: [Int] = []
  /// Lags that are not yet among the counts: mostly few are late between two closings, and a table
  /// of a day for each would be much to add up.
  private var pendingLags: [Int32] = []
  private var late = 0
  /// Only because time had gone on by itself.
  private var afterSilence = 0
  private var overMaxJump = 0
  /// Where the log first went back in time by more than can be lateness.
  private var firstStep: (line: Int, from: EpochSecond, to: EpochSecond)?

  init(_ options: AnalysisOptions) {
    lateness = options.lateness
    maxJump = options.maxJump
    idleGrace = options.idleGrace
  }

  /// A late hit came.
  ///
  /// - Parameters:
  ///   - line: its number among the lines of the source.
  ///   - head: the log's time then, moved on in silence.
  ///   - greatest: the greatest record time then.
  mutating func observe(
    _ time: EpochSecond, line: Int, head: EpochSecond, greatest: EpochSecond
  ) {
    late += 1
    let lag = head.seconds(since: time)
    if greatest.seconds(since: time) <= lateness {
      afterSilence += 1
    } else if lag > maxJump {
      overMaxJump += 1
      if firstStep == nil { firstStep = (line, greatest, time) }
    }
    guard lag < Int64(Self.range) else { return }
    pendingLags.append(Int32(max(lag, 0)))
    if pendingLags.count >= Self.pendingLagLimit { countPendingLags() }
  }

  private mutating func countPendingLags() {
    for lag in pendingLags { count(1, at: Int(lag)) }
    pendingLags.removeAll(keepingCapacity: true)
  }

  private mutating func count(_ hits: Int, at lag: Int) {
    if counts.count <= lag {
      counts.append(contentsOf: repeatElement(0, count: lag + 1 - counts.count))
    }
    counts[lag] += hits
  }

  /// Takes in what another one saw after this one.
  mutating func merge(_ later: LatenessAdvisor) {
    late += later.late
    afterSilence += later.afterSilence
    overMaxJump += later.overMaxJump
    firstStep = firstStep ?? later.firstStep
    for (lag, hits) in later.counts.enumerated() where hits > 0 { count(hits, at: lag) }
    for lag in later.pendingLags { count(1, at: Int(lag)) }
  }

  /// What to say, where over 1 % of the hits are late.
  func advice(hits: Int) -> Notice? {
    guard late * 100 > hits else { return nil }
    let share = HitShare(late, of: hits)
    if overMaxJump * 2 > late, let step = firstStep {
      return .timeStepsBack(late: share, line: step.line, from: step.from, to: step.to)
    }
    guard let enough = latenessThatKeeps99Percent.map(Int64.init) else {
      return .lateHits(LateHits(share: share, lateness: nil))
    }
    let grace = afterSilence * 2 > late ? idleGrace.addingSaturated(enough - lateness) : nil
    return .lateHits(LateHits(share: share, lateness: enough, idleGrace: grace))
  }

  /// The smallest lateness with which 99 of 100 late hits would not have been late; `nil` where
  /// that is over a day.
  var latenessThatKeeps99Percent: Int? {
    let wanted = late - late / 100
    var all = self
    all.countPendingLags()
    var kept = 0
    for (lag, count) in all.counts.enumerated() {
      kept += count
      if kept >= wanted { return lag }
    }
    return nil
  }
}
