import AccessLog
import LogParsing

/// What there is to say of how the lines of a source match, as far as they are read and as far as
/// they are shown, which in a replay is behind.
struct MatchNotices: Sendable {
  /// How long a source may match nothing before that is said, in seconds from its first line.
  private static let patience = 2.0
  /// Changes that are kept while nothing of them is shown; far more than a block brings.
  private static let limit = 1000

  /// In the order of the lines; those that are shown are forgotten but for the last.
  private var changes: [MatchChange] = []
  /// When the first line was read that matched nothing.
  private var firstLine: Double?
  /// Changes there ever were.
  private(set) var count = 0

  /// Another block was read.
  ///
  /// - Parameter shown: lines that are shown.
  /// - Returns: the notices that it made true.
  mutating func add(_ batch: RecordBatch, shown: Int) -> [Notice] {
    guard !batch.matchChanges.isEmpty else { return [] }
    count += batch.matchChanges.count
    changes += batch.matchChanges
    let past = changes.lastIndex { $0.line <= shown } ?? 0
    changes.removeFirst(max(past, changes.count - Self.limit))
    return batch.matchChanges.compactMap(\.notice)
  }

  /// Whether the parser has been without a match for too long; `now` is monotonic, in seconds.
  mutating func isTooLong(_ parser: LogParser, now: Double) -> Bool {
    guard !parser.matchedAnything, parser.unmatched != nil else { return false }
    let start = firstLine ?? now
    firstLine = start
    return now - start >= Self.patience
  }

  /// What is to be said when so many lines are shown.
  func notice(shown: Int) -> Notice? { changes.last { $0.line <= shown }?.notice }

  /// What is to be said of all that was read.
  var latest: Notice? { changes.last?.notice }
}
