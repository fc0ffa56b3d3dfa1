/// A number of hits out of all hits.
package struct HitShare: Equatable, Sendable {
  package var part: Int
  package var whole: Int

  package init(_ part: Int, of whole: Int) {
    self.part = part
    self.whole = whole
  }
}

/// The late hits, and the settings under which 99 % of them would have been in time.
package struct LateHits: Equatable, Sendable {
  package var share: HitShare
  /// The `--lateness` required, in seconds; `nil` if it exceeds a day.
  package var lateness: Int64?
  /// The `--idle-grace` that would also suffice, in seconds, if most hits followed a silence.
  package var idleGrace: Int64?

  package init(share: HitShare, lateness: Int64?, idleGrace: Int64? = nil) {
    self.share = share
    self.lateness = lateness
    self.idleGrace = idleGrace
  }
}

/// How a server writes its log in blocks, and how long to wait for them. All values in seconds.
package struct BlockWriting: Equatable, Sendable {
  /// The longest silence before a block.
  package var silence: Int64
  /// The `--idle-grace` under which the hits would have been in time.
  package var idleGrace: Int64
  /// The new idle grace; `nil` if the user set one, which is not changed.
  package var adaptedGrace: Int64?

  package init(silence: Int64, idleGrace: Int64, adaptedGrace: Int64? = nil) {
    self.silence = silence
    self.idleGrace = idleGrace
    self.adaptedGrace = adaptedGrace
  }
}

/// A requested time range in which the log has no record.
package struct EmptyRange: Equatable, Sendable {
  package var range: TimeRange
  /// The earliest and the latest time in the log.
  package var log: ClosedRange<EpochSecond>

  package init(range: TimeRange, log: ClosedRange<EpochSecond>) {
    self.range = range
    self.log = log
  }
}
