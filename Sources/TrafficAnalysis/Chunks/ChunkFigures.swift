import AccessLog

/// The figures of a chunk by second, and the order in which its lines made them known.
struct ChunkFigures: Sendable {
  /// A record that raised the time of the chunk. With it, the seconds before may close.
  struct Advance: Sendable {
    var time: EpochSecond
    /// The hits after the previous advance, this one included, in time or not.
    var hits: HitDelta
  }

  /// The lines between two advances that are not hits in time.
  struct Exceptions: Sendable {
    /// The index of the advance that follows them.
    var advance: Int
    /// Without hits that are in time; late ones are counted as late only.
    var tally = LineTally()
  }

  /// A hit that is late whatever precedes the chunk.
  struct Late: Sendable {
    /// The index of its record in the chunk.
    var index: Int
    /// The number of its line in the chunk, from 1.
    var line: Int
    /// The greatest time in the chunk before it.
    var greatest: EpochSecond
    /// The index of the advance that follows it.
    var advance: Int
  }

  /// A second with hits.
  struct Second: Sendable {
    var second: EpochSecond
    /// The location of its hits in `closed`.
    var location: HitLocation
  }

  /// Whether the figures were made. They are not if time leaps within the chunk.
  var areComplete = false
  var advances: [Advance] = []
  /// The hits after the last advance, in time or not.
  var rest = HitDelta()
  var exceptions: [Exceptions] = []
  var late: [Late] = []
  /// The times of the hits outside the requested range.
  var ignoredTimes: ClosedRange<EpochSecond>?
  /// The earliest record that is not late by itself.
  var earliest = EpochSecond(.max)
  /// The seconds of the hits that are not late by themselves, in order.
  var seconds: [Second] = []
  /// The hits of seconds with few of them, and the figures of the others.
  var closed = ClosedHits()

  /// Removes everything but keeps the memory.
  mutating func removeAll() {
    areComplete = false
    advances.removeAll(keepingCapacity: true)
    rest = HitDelta()
    exceptions.removeAll(keepingCapacity: true)
    late.removeAll(keepingCapacity: true)
    ignoredTimes = nil
    earliest = EpochSecond(.max)
    seconds.removeAll(keepingCapacity: true)
    closed.removeAll()
  }
}
