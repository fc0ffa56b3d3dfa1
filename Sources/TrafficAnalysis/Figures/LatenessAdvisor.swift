import AccessLog

/// Observes how late the late hits are, and advises on settings under which they would be in time.
struct LatenessAdvisor: Sendable {
  /// Lags below a day are counted by the second.
  static let longestLag: Int64 = 86_400
  /// The number of lags collected before they are counted.
  private static let pendingLagLimit = 4096

  /// The lag from which on lags are not counted by the second.
  private let longestLag: Int64
  private let lateness: Int64
  private let maxJump: Int64
  private let idleGrace: Int64
  private var counts: [Int] = []
  /// Lags not yet included in `counts`. Few hits are late between two closings, and merging a table
  /// of a whole day for each closing would be expensive.
  private var pendingLags: [Int32] = []
  private var late = 0
  /// Hits late only because the clock had run on without records.
  private var afterSilence = 0
  private var overMaxJump = 0
  /// Hits late only because the other sources are ahead of this one, and the most by which they
  /// were, in seconds.
  private var behindOthers = 0
  private var mostBehind: Int64 = 0
  /// Where the log first stepped back in time by more than the maximum jump.
  private var firstStep: (line: Int, from: EpochSecond, to: EpochSecond)?

  /// - Parameter longestLag: in seconds, at most a day; a table of so many numbers is kept.
  init(_ options: AnalysisOptions, longestLag: Int64 = Self.longestLag) {
    self.longestLag = longestLag
    lateness = options.lateness
    maxJump = options.maxJump
    idleGrace = options.idleGrace
  }

  /// Records late hits of the same time.
  ///
  /// - Parameters:
  ///   - line: its number among the lines of the source.
  ///   - head: the clock of the log at that moment.
  ///   - greatest: the greatest record time at that moment.
  mutating func observe(
    _ time: EpochSecond, hits: Int = 1, line: Int, head: EpochSecond, greatest: EpochSecond
  ) {
    late += hits
    let lag = head.seconds(since: time)
    if greatest.seconds(since: time) <= lateness {
      afterSilence += hits
    } else if lag > maxJump {
      overMaxJump += hits
      if firstStep == nil { firstStep = (line, greatest, time) }
    }
    guard lag < longestLag else { return }
    guard hits == 1 else { return count(hits, at: Int(max(lag, 0))) }
    pendingLags.append(Int32(max(lag, 0)))
    if pendingLags.count >= Self.pendingLagLimit { countPendingLags() }
  }

  /// Records hits that are late because the other sources are ahead.
  ///
  /// - Parameter seconds: by how much.
  mutating func observe(behindOthers seconds: Int64, hits: Int = 1) {
    late += hits
    behindOthers += hits
    mostBehind = max(mostBehind, seconds)
  }

  /// Whether most late hits are late because the other sources are ahead.
  var isBehindOthers: Bool { behindOthers * 2 > late }

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

  /// Adds the observations of another advisor that followed those of this one.
  mutating func merge(_ later: LatenessAdvisor) {
    late += later.late
    afterSilence += later.afterSilence
    overMaxJump += later.overMaxJump
    behindOthers += later.behindOthers
    mostBehind = max(mostBehind, later.mostBehind)
    firstStep = firstStep ?? later.firstStep
    for (lag, hits) in later.counts.enumerated() where hits > 0 { count(hits, at: lag) }
    for lag in later.pendingLags { count(1, at: Int(lag)) }
  }

  /// A notice about the late hits, if they are more than 1 % of all hits.
  ///
  /// - Parameter hits: the number of all hits.
  func advice(hits: Int) -> Notice? {
    guard late * 100 > hits else { return nil }
    let share = HitShare(late, of: hits)
    if isBehindOthers { return .behindOthers(late: share, seconds: mostBehind) }
    if overMaxJump * 2 > late, let step = firstStep {
      return .timeStepsBack(late: share, line: step.line, from: step.from, to: step.to)
    }
    guard let enough = latenessThatKeeps99Percent.map(Int64.init) else {
      return .lateHits(LateHits(share: share, lateness: nil))
    }
    let grace = afterSilence * 2 > late ? idleGrace.addingSaturated(enough - lateness) : nil
    return .lateHits(LateHits(share: share, lateness: enough, idleGrace: grace))
  }

  /// The smallest lateness, in seconds, with which 99 % of the late hits would have been in time;
  /// `nil` if it exceeds a day.
  var latenessThatKeeps99Percent: Int? {
    let late = late - behindOthers
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
