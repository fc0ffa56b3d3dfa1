import AccessLog
import LogParsing
import TrafficAnalysis

// What is known of the sources and of the figures, without a snapshot.

extension Pipeline {
  /// What the sources are, and how many of their lines cannot be read.
  package var summaries: [SourceSummary] {
    sources.indices.map { source in
      var summary = sources[source].summary(analyzer.tally(of: source))
      summary.isPeer = source >= namedSources && !turns[source].isSender
      return summary
    }
  }

  /// The name of the format of a source, once it is known.
  package func format(of source: Int = 0) -> String? { sources[source].format }
  /// What is around the lines of a source.
  package func wrappers(of source: Int = 0) -> [Wrapper] { sources[source].parser.wrappers }
  /// The first rejected lines of a source, as many as are kept.
  package func rejectedLines(of source: Int = 0) -> [RejectedLine] { sources[source].rejectedLines }
  /// The offset in the stream of the next block of a source, in bytes.
  package func offset(of source: Int) -> Int64 { sources[source].offset }
  /// The greatest time of the accepted records of a source; `nil` without any.
  package func latestRecord(of source: Int) -> EpochSecond? { analyzer.latestRecord(of: source) }
  /// Whether it is not yet decided whether some records of a source count.
  package func hasRecordsInDoubt(of source: Int) -> Bool {
    analyzer.quarantineCount(of: source) > 0
  }
  /// Whether a source has ended.
  package func hasEnded(_ source: Int) -> Bool { turns[source].hasEnded }
  /// Whether a source has been read to its end, at least once.
  package func wasCaughtUp(_ source: Int) -> Bool {
    turns[source].hasEnded || turns[source].wasCaughtUp
  }
  /// The lines read of a source, if none of them matched a format; `nil` if one did or there are
  /// none.
  package func unmatched(of source: Int = 0) -> FailedLines? { sources[source].parser.unmatched }
  /// Whether a source of the options has lines of which none matched a format. What others send does
  /// not make the run a failure.
  package var hasUnmatchedSource: Bool {
    (0..<namedSources).contains {
      sources[$0].parser.unmatched != nil || sources[$0].reports == 0 && sources[$0].badReports > 0
    }
  }

  /// The zone of the times of the source that is furthest ahead, in seconds east of UTC.
  package var zoneOffset: Int {
    var latest: (time: EpochSecond, zone: Int)?
    for source in sources.indices {
      guard let time = analyzer.time(of: source), latest.map({ $0.time < time }) ?? true else {
        continue
      }
      latest = (time, sources[source].parser.zoneOffset)
    }
    return latest?.zone ?? sources[0].parser.zoneOffset
  }

  /// The greatest time of any source; `nil` before the first record.
  package var latestTime: EpochSecond? {
    sources.indices.compactMap { analyzer.time(of: $0) }.max()
  }

  /// The number of bytes read of all sources.
  package var offset: Int64 {
    // Through a pointer nothing of an element is copied but its offset.
    sources.withUnsafeBufferPointer { sources in
      sources.indices.reduce(removedBytes) { $0 + sources[$1].offset }
    }
  }

  /// The number of bytes of all sources up to the last shown line; interpolated within a block.
  package var shownOffset: Int64 {
    sources.indices.reduce(removedBytes) { sum, source in
      let reading = sources[source]
      let shown =
        isFinished
        ? reading.offset : reading.lineOffsets.offset(ofLine: analyzer.tally(of: source).lines)
      return sum + shown
    }
  }

  /// The number of lines that are counted.
  package var linesRead: Int { analyzer.tally.lines }
  /// The last closed second, which is the one that is shown.
  package var closedThrough: EpochSecond? { analyzer.closedThrough }
  /// The first closed second.
  package var firstClosed: EpochSecond? { analyzer.firstClosed }
  /// The next second with a hit that is not shown yet, as far as the logs have been read.
  package var nextHit: EpochSecond? { analyzer.nextHit }
  /// Whether an alert has triggered.
  package var hasAlerted: Bool { analyzer.hasAlerted }
  /// Whether a followed log is written now, so that time goes on while it is silent.
  package var isLive: Bool { analyzer.isLive }
  /// The notices about the times in the logs.
  package var notices: [Notice] { analyzer.notices(includingPending: true) }
  /// How many chunks were merged in one go, and how many record by record.
  package var chunkCounts: (merged: Int, oneByOne: Int) { analyzer.chunkCounts }
  /// The memory that a copy takes.
  var footprint: Footprint { analyzer.footprint }

  /// Changes whenever a snapshot could change.
  package var revision: Revision {
    Revision(
      lines: analyzer.linesRead, closed: analyzer.closedThrough, setAside: analyzer.quarantineCount,
      formats: sources.indices.map { sources[$0].format },
      wrappers: sources.indices.map { sources[$0].parser.wrappers },
      undecided: sources.indices.reduce(0) { $0 + sources[$1].parser.undecided },
      shownSource: analyzer.shownSource,
      matchChanges: sources.indices.reduce(0) { $0 + sources[$1].matchNotices.count },
      wasAtEnd: analyzer.wasAtEnd, isFinished: isFinished)
  }
}
