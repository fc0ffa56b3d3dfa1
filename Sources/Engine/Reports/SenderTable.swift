import AccessLog

/// The senders of reports, each a source of the pipeline, and how far the reports of each have come.
struct SenderTable: Sendable {
  /// A sender of reports.
  struct Sender: Sendable {
    /// The index of its source.
    var source: Int
    var series: UInt64
    /// The number of the last report.
    var sequence: UInt64
    /// The last second that its reports have closed. What a report claims and the clock guard does not
    /// believe is none.
    var through: EpochSecond
    var figures: SenderFigures
  }

  /// What becomes of a report.
  enum Verdict: Equatable {
    /// It counts, and so many before it never came.
    case accepted(missing: UInt64)
    /// It counts, and is the first of its sender.
    case new
    /// It was counted before.
    case duplicate
    /// There is no room for its sender.
    case refused
  }

  private var byName: [Name: Sender] = [:]
  /// The reports of senders for which there was no room.
  private(set) var refused = 0

  var count: Int { byName.count }

  subscript(name: Name) -> Sender? { byName[name] }

  /// Decides whether a report counts, and notes it. A report counts once: its number tells within a
  /// series, and the seconds that it closes tell when a sender has begun to read its log again.
  ///
  /// - Parameters:
  ///   - source: the index that the source of a new sender will have.
  ///   - now: monotonic time, in seconds.
  mutating func judge(_ sent: SentReport, newSource source: Int, now: Double) -> Verdict {
    guard var sender = byName[sent.sender] else {
      guard byName.count < SentReport.senderCountLimit else {
        refused += 1
        return .refused
      }
      byName[sent.sender] = Sender(
        source: source, series: sent.series, sequence: sent.sequence, through: EpochSecond(.min),
        figures: SenderFigures(lastMessage: now))
      return .new
    }
    let verdict = sender.judge(sent, now: now)
    byName[sent.sender] = sender
    return verdict
  }

  /// Notes the last second that a report of a sender has really closed.
  mutating func note(closed second: EpochSecond, of name: Name) {
    guard let sender = byName[name], second > sender.through else { return }
    byName[name]?.through = second
  }

  /// Notes that a source was removed: those behind it have moved up.
  mutating func removeSource(_ source: Int) {
    for (name, sender) in byName where sender.source >= source {
      if sender.source == source {
        byName[name] = nil
      } else {
        byName[name]?.source -= 1
      }
    }
  }
}

extension SenderTable.Sender {
  fileprivate mutating func judge(_ sent: SentReport, now: Double) -> SenderTable.Verdict {
    var missing: UInt64 = 0
    let isCounted: Bool
    if sent.series == series {
      isCounted = sent.sequence <= sequence
      missing = isCounted ? 0 : sent.sequence - sequence - 1
    } else {
      // The log is read again, from its beginning or from an earlier place.
      isCounted = !sent.report.closesAny || sent.report.through <= through
    }
    figures.lastMessage = now
    guard !isCounted else {
      figures.duplicates += 1
      return .duplicate
    }
    series = sent.series
    sequence = sent.sequence
    figures.missing = figures.missing.addingSaturated(Int(clamping: missing))
    return .accepted(missing: missing)
  }
}
