import AccessLog
import LogInput
import LogParsing
import TrafficAnalysis

// Sources that bring reports of closed seconds instead of lines. Each sender is a source of its own that
// joins with its first report; what brought it is only a way.

extension Pipeline {
  /// Reads the next block of a source of reports.
  ///
  /// - Returns: what follows the block.
  mutating func readReports(
    _ block: UnsafeBufferPointer<UInt8>, _ ending: BlockReader.Ending, of source: Int,
    _ clock: ClockReading
  ) {
    guard case .reports(var framer) = sources[source].content else { return }
    framer.add(block, isLast: ending == .end || ending == .boundary) { line in
      if let line {
        receive(line, through: source, clock)
      } else {
        reject(.tooLong, of: source)
      }
    }
    if ending == .boundary || ending == .cut { framer.reset() }
    sources[source].content = .reports(framer)
  }

  /// Counts a report that came through a source.
  ///
  /// - Parameter message: its encoded form.
  /// - Returns: the last second that it closes; `nil` if it does not count.
  @discardableResult
  package mutating func receive(
    _ message: ArraySlice<UInt8>, through source: Int, _ clock: ClockReading
  ) -> EpochSecond? {
    begin(reportsOf: source)
    do throws(WireFailure) {
      let sent = try message.withUnsafeBufferPointer { message throws(WireFailure) in
        try SentReport(decoding: message)
      }
      receive(sent, through: source, clock)
      return sent.report.through
    } catch {
      reject(error, of: source)
      return nil
    }
  }

  private mutating func receive(
    _ sent: SentReport, through source: Int, _ clock: ClockReading
  ) {
    sources[source].reports += 1
    turns[source].reportTime = sent.report.through
    if firstReport == nil {
      reportLimits = analyzer.reportLimits
      firstReport = FirstReport(
        time: clock.monotonic,
        cameBehindStart: !sources[source].isStream && isFirstReadOver(source))
    }
    let verdict = senders.judge(sent, newSource: sources.count, now: clock.monotonic)
    switch verdict {
    case .duplicate: return
    case .refused: reportNotices.hasTooManySenders = true
    case .new:
      addSource(sent.sender, label: sent.sender)
      turns[turns.count - 1].isSender = true
      sources[sources.count - 1].bringsReports = true
    case .accepted(let missing):
      if missing > 0 { reportNotices.addMissing(Int(clamping: missing), of: sent.sender) }
    }
    guard let sender = senders[sent.sender]?.source, verdict != .refused else { return }
    analyzer.add(sent.report, of: sender, wall: clock.wall)
    if sent.report.closesAny, let closed = analyzer.closedThrough(of: sender) {
      senders.note(closed: min(sent.report.through, closed), of: sent.sender)
    }
    turns[sender].hasEnded = sent.report.isEnd
  }

  private mutating func reject(_ failure: WireFailure, of source: Int) {
    sources[source].badReports += 1
    reportNotices.add(failure, of: sources[source].path)
  }

  /// Notes that a source brings reports. Itself it has no seconds, and holds back none by itself.
  mutating func begin(reportsOf source: Int) {
    guard !sources[source].bringsReports else { return }
    sources[source].bringsReports = true
    turns[source].hasEnded = false
    analyzer.finishSource(source, wall: EpochSecond(.min), isAtEnd: true)
  }

  // MARK: - Holding back

  /// How long seconds wait for other servers at most, in seconds.
  private static let longestJoining: Int64 = 10

  /// Whether everything that a source held at the start has been read. The beginning of a pipe is now.
  private func isFirstReadOver(_ source: Int) -> Bool {
    if sources[source].isStream { return true }
    return sources[source].isTopicAtEnd ?? wasCaughtUp(source)
  }

  /// Whether another sender may still come whose seconds would be late then.
  ///
  /// What a file or a topic holds is read first: it may hold the reports of one sender after those of
  /// another. Later, servers that were started together are waited for, since their first reports do not
  /// come at the same moment.
  private func awaitsSenders(now: Double) -> Bool {
    let ways = (0..<namedSources).filter { sources[$0].bringsReports }
    if !ways.allSatisfy(isFirstReadOver) { return true }
    guard analyzer.options.following, let first = firstReport,
      now - first.time < Double(min(analyzer.options.idleGrace, Self.longestJoining))
    else { return false }
    let isAnyStreamSilent = (0..<namedSources).contains {
      sources[$0].isStream && sources[$0].offset == 0 && !turns[$0].hasEnded
    }
    return first.cameBehindStart || isAnyStreamSilent
  }

  /// Holds the seconds of all senders back as long as others may come.
  mutating func holdForSenders(now: Double) {
    guard senders.count > 0 else { return }
    analyzer.isHeld = awaitsSenders(now: now)
  }

  /// Says of a topic whether everything that it held at the start was received.
  package mutating func setTopic(_ source: Int, isAtEnd: Bool) {
    sources[source].isTopicAtEnd = isAtEnd
  }

  // MARK: - What is known of the senders

  /// The number of sources, with those that have joined.
  package var sourceCount: Int { sources.count }

  /// The name of a source.
  package func name(of source: Int) -> Name { sources[source].path }

  /// What a sender has sent; `nil` if the source is none.
  package func senderFigures(of source: Int) -> SenderFigures? {
    turns[source].isSender ? senders[sources[source].path]?.figures : nil
  }

  // MARK: - Rounds

  /// Handles that all ways of senders were read to their ends, for the moment or for good.
  mutating func settleSenders(_ clock: ClockReading) {
    guard senders.count > 0 else { return }
    let haveEnded = turns.indices.allSatisfy { turns[$0].hasEnded || turns[$0].isSender }
    for source in sources.indices where turns[source].isSender && !turns[source].hasEnded {
      if haveEnded {
        analyzer.finishSource(source, wall: clock.wall)
        turns[source].hasEnded = true
      } else {
        turns[source].isCaughtUp = true
        turns[source].wasCaughtUp = true
        analyzer.caughtUp(source, now: clock.monotonic, wall: clock.wall)
      }
    }
  }
}

/// When the first report came.
struct FirstReport: Sendable {
  /// In monotonic seconds.
  var time: Double
  /// Whether it was not there at the start.
  var cameBehindStart: Bool
}
