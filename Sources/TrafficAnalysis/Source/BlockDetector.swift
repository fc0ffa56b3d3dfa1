import AccessLog

/// Detects a server that writes its log in blocks, as opposed to one that is only quiet at times,
/// and determines how long to wait for the next block.
///
/// A block begins when lines arrive after a silence longer than the grace, and lasts until the next
/// such silence. A block may therefore arrive in several pieces. If a server writes line by line
/// after a pause, everything up to the next pause is one block, of which the late hits are only a
/// small part.
struct BlockDetector: Sendable {
  /// The number of hits a block must have to be considered.
  private static let leastHits = 10
  /// The limit for automatic extension of the grace, in seconds.
  private static let longestGrace: Int64 = 300

  private struct Block: Sendable {
    /// The silence before the block, in seconds.
    var silence: Double
    /// The late hits of the source before the block, out of all hits.
    var before: HitShare

    /// Whether at least a tenth of the block was late.
    ///
    /// - Parameter end: the late hits of the source at the end of the block.
    func cameLate(by end: HitShare) -> Bool {
      let hits = end.whole - before.whole
      return hits >= leastHits && (end.part - before.part) * 10 >= hits
    }
  }

  private let lateness: Int64
  /// Whether the grace may change, because the user has not set one.
  private let adapts: Bool
  /// How long the source may be silent before its clock runs on without records, in seconds.
  private(set) var grace: Int64
  /// How the log is written, once two blocks in a row were late.
  private(set) var finding: BlockWriting?
  /// The silence before the previous block, if that block was late.
  private var previousSilence: Double?
  private var current: Block?
  /// The late hits when the source was last read to its end, out of all hits.
  private var baseline = HitShare(0, of: 0)

  init(_ options: AnalysisOptions) {
    lateness = options.lateness
    adapts = options.adaptsIdleGrace
    grace = options.idleGrace
  }

  /// Observes that lines had arrived when the source was read to its end.
  ///
  /// - Parameters:
  ///   - silence: the silence before the lines, in seconds.
  ///   - late: the late hits of the source so far, out of all hits.
  /// - Returns: the finding, if it is new.
  mutating func observeArrival(after silence: Double, late: HitShare) -> BlockWriting? {
    if silence > Double(grace) {
      previousSilence = current.flatMap { $0.cameLate(by: baseline) ? $0.silence : nil }
      current = Block(silence: silence, before: baseline)
    }
    guard let previousSilence, let current, current.cameLate(by: late) else { return nil }
    return adapt(to: max(previousSilence, current.silence))
  }

  /// Sets the late hits up to now, after all records read so far were judged. Records released from
  /// quarantine during a silence thus belong to the block that they arrived with.
  mutating func setBaseline(late: HitShare) { baseline = late }

  private mutating func adapt(to silence: Double) -> BlockWriting? {
    // One second is added to make up for rounding.
    let seconds = Int64(min(silence, 1e9).rounded())
    if let finding, seconds <= finding.silence { return nil }
    let needed = seconds.addingSaturated(lateness).addingSaturated(1)
    if adapts { grace = max(grace, min(needed, Self.longestGrace)) }
    finding = BlockWriting(
      silence: seconds, idleGrace: needed, adaptedGrace: adapts ? grace : nil)
    return finding
  }
}
