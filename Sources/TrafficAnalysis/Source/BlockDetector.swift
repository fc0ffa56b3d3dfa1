import AccessLog

/// Tells a server that writes its log in blocks from one that is only quiet now and then, and knows
/// how long to wait for the next block.
///
/// A block is what arrives after nothing arrived for more than the grace. It goes on until the next
/// such silence: a block that is written in several pieces is one, and where a server writes line by
/// line after a pause, all of that is one too, in which the few late hits hardly weigh.
struct BlockDetector: Sendable {
  /// A block of fewer hits says nothing.
  private static let leastHits = 10
  /// It waits no longer than this by itself, in seconds.
  private static let longestGrace: Int64 = 300

  private struct Block: Sendable {
    /// How long nothing had arrived before it, in seconds.
    var silence: Double
    /// The late hits of the source before it, of all of its hits until then.
    var before: HitShare

    /// Whether enough of it came late, where the source has that many by its end.
    func cameLate(by end: HitShare) -> Bool {
      let hits = end.whole - before.whole
      return hits >= leastHits && (end.part - before.part) * 10 >= hits
    }
  }

  private let lateness: Int64
  /// The grace is not what was asked for, so that it may change.
  private let adapts: Bool
  /// How long nothing may arrive before time goes on by itself, in seconds.
  private(set) var grace: Int64
  /// What is known of the blocks, once two in a row came late.
  private(set) var finding: BlockWriting?
  /// The silence before the block that came before the current one, where that came late.
  private var previousSilence: Double?
  private var current: Block?
  /// The late hits when the source was last read to its end.
  private var baseline = HitShare(0, of: 0)

  init(_ options: AnalysisOptions) {
    lateness = options.lateness
    adapts = options.adaptsIdleGrace
    grace = options.idleGrace
  }

  /// The source was read to its end, and lines had arrived.
  ///
  /// - Parameters:
  ///   - silence: how long nothing had arrived before them, in seconds.
  ///   - late: the late hits of the source so far, of all of its hits.
  /// - Returns: the finding, where it is new.
  mutating func observeArrival(after silence: Double, late: HitShare) -> BlockWriting? {
    if silence > Double(grace) {
      previousSilence = current.flatMap { $0.cameLate(by: baseline) ? $0.silence : nil }
      current = Block(silence: silence, before: baseline)
    }
    guard let previousSilence, let current, current.cameLate(by: late) else { return nil }
    return adapt(to: max(previousSilence, current.silence))
  }

  /// What was read to the end has been judged: what was found real in silence belongs to the block
  /// that it arrived with.
  mutating func setBaseline(late: HitShare) { baseline = late }

  private mutating func adapt(to silence: Double) -> BlockWriting? {
    // The second more is more than rounding takes away.
    let seconds = Int64(min(silence, 1e9).rounded())
    if let finding, seconds <= finding.silence { return nil }
    let needed = seconds.addingSaturated(lateness).addingSaturated(1)
    if adapts { grace = max(grace, min(needed, Self.longestGrace)) }
    finding = BlockWriting(
      silence: seconds, idleGrace: needed, adaptedGrace: adapts ? grace : nil)
    return finding
  }
}
