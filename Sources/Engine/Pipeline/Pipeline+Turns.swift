import AccessLog
import TrafficAnalysis

// Which source is read next. The figures do not depend on it; the memory does.

extension Pipeline {
  /// A source that is read now.
  struct Turn {
    var source: Int
    /// The time of the source that is next; `nil` if there is none to be read.
    var nextTime: EpochSecond?
  }

  /// How far the sources together are read ahead of the one that is furthest behind, in bytes.
  private static let bytesAhead: Int64 = 64 << 20
  /// The memory that the closed seconds of all sources take, while they wait for a source that brings
  /// nothing, in bytes.
  private static let greatestWait = 64 << 20

  /// Begins a round, unless the last one is not over.
  mutating func beginRoundIfOver(now: Double) {
    let isOver =
      round.isOver || round.isInterrupted(at: now)
      || turns.allSatisfy { $0.hasEnded || $0.wasRead || $0.isSender }
    round.lastStep = now
    guard isOver else { return }
    round.isOver = false
    for source in turns.indices {
      turns[source].isCaughtUp = false
      turns[source].wasRead = false
    }
    analyzer.beginRound()
  }

  /// Whether there are so many peers that it matters what a turn costs: each brings a little at a time.
  /// Then they take turns in their order, and seconds are emitted at the beginning and at the end of a
  /// step instead of after each block.
  var hasManyPeers: Bool { hasListener && turns.count > 16 }

  /// The next source in order that has more to read; `nil` if there is none.
  private mutating func nextInOrder() -> Turn? {
    for offset in turns.indices {
      let source = (round.next + offset) % turns.count
      guard mayRead(source) else { continue }
      round.next = source
      return Turn(source: source)
    }
    return nil
  }

  /// The source that is furthest behind, among those that have more to read; `nil` if there is none.
  mutating func nextTurn() -> Turn? {
    if hasManyPeers { return nextInOrder() }
    if sources.count == 1 {
      return turns[0].hasEnded || turns[0].isCaughtUp ? nil : Turn(source: 0)
    }
    var first: (source: Int, time: EpochSecond?)?
    var second: EpochSecond?
    var hasSecond = false
    for source in turns.indices where mayRead(source) {
      let time = turns[source].reportTime ?? analyzer.time(of: source)
      guard let current = first else {
        first = (source, time)
        continue
      }
      if isBefore(time, current.time) {
        second = current.time
        first = (source, time)
      } else if !hasSecond || isBefore(time, second) {
        second = time
      }
      hasSecond = true
    }
    return first.map { Turn(source: $0.source, nextTime: second) }
  }

  /// A source before its first record comes first.
  private func isBefore(_ left: EpochSecond?, _ right: EpochSecond?) -> Bool {
    guard let right else { return false }
    return left.map { $0 < right } ?? true
  }

  /// Whether a source has more to read, and does not wait for another one with much that was read.
  private func mayRead(_ source: Int) -> Bool {
    guard !turns[source].hasEnded, !turns[source].isCaughtUp, !turns[source].isSender else {
      return false
    }
    return analyzer.waitingBytes(of: source) < Self.greatestWait / sources.count
  }

  /// Whether another source is further behind, and this one has been read far enough ahead of it.
  func isOver(_ turn: Turn) -> Bool {
    guard sources.count > 1 else { return false }
    guard let time = analyzer.time(of: turn.source) else { return false }
    return turn.nextTime.map { time > $0 } ?? false
  }

  /// Whether to read no more chunks of a source in its turn.
  ///
  /// - Parameter bytes: what was read of it since another source is further behind.
  func isOver(_ turn: Turn, bytesAhead bytes: Int64) -> Bool {
    isOver(turn) && bytes >= Self.bytesAhead / Int64(sources.count)
  }
}

/// All sources are read to their ends in a round, or at least once. It may take several steps, if there
/// are so many sources that a step ends before each was read.
struct Round: Sendable {
  /// The steps of a round follow each other more closely than this, in seconds. Otherwise the program
  /// was stopped meanwhile, and what was at its end before may have grown.
  private static let longestPause = 1.0

  /// Whether nothing was left to be read.
  var isOver = true
  /// The source that is read next, if they take turns in their order.
  var next = 0
  /// The monotonic time of the last step, in seconds.
  var lastStep = -Double.infinity

  func isInterrupted(at now: Double) -> Bool { now - lastStep > Self.longestPause }
}
