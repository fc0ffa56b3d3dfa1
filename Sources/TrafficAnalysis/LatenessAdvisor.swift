import AccessLog

/// Watches how late the late hits are, and says what would have kept them.
struct LatenessAdvisor: Sendable {
  /// Lags up to here are told apart by the second.
  private static let range = 86_400

  private let maxJump: Int64
  private var counts: [Int] = []
  private var beyond = 0
  private var late = 0
  private var overMaxJump = 0
  /// Where the log first went back in time by more than can be lateness.
  private var firstStep: EpochSecond?

  init(maxJump: Int64 = 60) {
    self.maxJump = maxJump
  }

  /// A hit came `lag` seconds behind the log's time.
  mutating func observe(behind lag: Int64, at time: EpochSecond) {
    late += 1
    if lag > maxJump {
      overMaxJump += 1
      if firstStep == nil { firstStep = time }
    }
    guard lag < Int64(Self.range) else {
      beyond += 1
      return
    }
    let index = Int(max(lag, 0))
    if counts.count <= index {
      counts.append(contentsOf: repeatElement(0, count: index + 1 - counts.count))
    }
    counts[index] += 1
  }

  /// What to say, where over 1 % of the hits are late.
  func advice(hits: Int, following: Bool) -> String? {
    guard late > 0, late > hits / 100 || late * 100 > hits else { return nil }
    if overMaxJump * 2 > late, let firstStep {
      var time: [UInt8] = []
      CivilTime(firstStep).appendISO8601(to: &time)
      return "the log steps back in time, first to \(String(decoding: time, as: UTF8.self)): "
        + "\(late) hits are late; are files in the wrong order, or was a clock set back?"
    }
    let percent = String(Rate(hits: late * 100, seconds: Int64(max(hits, 1))).shortText)
    guard let enough = latenessThatKeeps99Percent else {
      return "\(percent) % of the hits are late, by over a day"
    }
    let idle = following ? " (or a longer --idle-grace, if the server writes in blocks)" : ""
    return "\(percent) % of the hits are late: --lateness \(enough) would have kept 99 % of them"
      + idle
  }

  /// The smallest lateness with which 99 of 100 late hits would not have been late.
  var latenessThatKeeps99Percent: Int? {
    let wanted = late - late / 100
    var kept = 0
    for (lag, count) in counts.enumerated() {
      kept += count
      if kept >= wanted { return lag }
    }
    return nil
  }
}
