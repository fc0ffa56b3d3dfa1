import AccessLog
import LogParsing

/// The notices about lines that do not match: those of all lines read, and those of the lines
/// shown, which lag behind in a replay.
struct MatchNotices: Sendable {
  /// How long a source may match nothing before a notice says so, in seconds from its first line.
  private static let patience = 2.0
  /// The changes that are kept while none of them is shown; far more than a block brings.
  private static let limit = 1000

  /// In the order of the lines. Of those that are shown only the last is kept.
  private var changes: [MatchChange] = []
  /// The monotonic time at which the first line that matched nothing was read.
  private var firstUnmatchedTime: Double?
  /// The number of all changes so far.
  private(set) var count = 0

  /// Adds changes.
  ///
  /// - Parameter shownLines: the number of lines that are shown.
  /// - Returns: the notices that became true.
  mutating func add(_ new: [MatchChange], shownLines: Int) -> [Notice] {
    guard !new.isEmpty else { return [] }
    count += new.count
    changes += new
    let current = changes.lastIndex { $0.line <= shownLines } ?? 0
    changes.removeFirst(max(current, changes.count - Self.limit))
    return new.compactMap(\.notice)
  }

  /// Whether the source has not matched anything for too long.
  ///
  /// - Parameter now: monotonic time, in seconds.
  mutating func isMatchOverdue(_ parser: LogParser, now: Double) -> Bool {
    guard !parser.matchedAnything, parser.unmatched != nil else { return false }
    let start = firstUnmatchedTime ?? now
    firstUnmatchedTime = start
    return now - start >= Self.patience
  }

  /// The notice that is true when that many lines are shown.
  func notice(shownLines: Int) -> Notice? { changes.last { $0.line <= shownLines }?.notice }

  /// The notice that is true after all lines read.
  var latest: Notice? { changes.last?.notice }
}
