import AccessLog

// What is known of the sources.

extension TrafficAnalyzer {
  /// The lines of a source that have passed the gate, by outcome.
  package func tally(of source: Int) -> LineTally { joiner[source].tally }

  /// The time of a source; `nil` before its first record.
  package func time(of source: Int) -> EpochSecond? { joiner[source].intake.clock.head }

  /// Whether no second passes the gate for now, because sources may join whose seconds would be late.
  package var isHeld: Bool {
    get { joiner.isHeld }
    set {
      joiner.isHeld = newValue
      updateView { $0.isHeld = newValue }
    }
  }

  /// The memory that the closed seconds of a source take, which wait for other sources, in bytes.
  package func waitingBytes(of source: Int) -> Int { joiner.waitingBytes(of: source) }

  /// The number of lines read, including those before the gate.
  package var linesRead: Int {
    sourceNames.indices.reduce(joiner.removedLines) { $0 + joiner[$1].intake.linesRead }
  }

  /// The greatest time of the accepted records of a source; `nil` without any.
  package func latestRecord(of source: Int) -> EpochSecond? {
    joiner[source].intake.clock.greatest
  }

  /// The last second of a source that is closed; `nil` without any.
  package func closedThrough(of source: Int) -> EpochSecond? {
    joiner[source].intake.clock.closedThrough
  }

  /// The number of records of a source in quarantine.
  package func quarantineCount(of source: Int) -> Int { joiner[source].intake.quarantineCount }

  /// The number of records in quarantine.
  package var quarantineCount: Int {
    sourceNames.indices.reduce(0) { $0 + joiner[$1].intake.quarantineCount }
  }

  /// The records in quarantine; `nil` if there are none.
  var quarantine: QuarantineFigures? {
    let figures = joiner.sources.compactMap(\.intake.quarantine)
    guard var sum = figures.first else { return nil }
    for other in figures.dropFirst() {
      sum.records += other.records
      sum.ordinary += other.ordinary
      sum.earliest = min(sum.earliest, other.earliest)
    }
    return sum
  }

  /// Whether a log is live: it delivered records after it had been read to its end, or its time was
  /// then that of the wall clock.
  package var isLive: Bool { sourceNames.indices.contains { joiner[$0].intake.isLive } }

  /// Whether every source was read to its end at least once.
  package var wasAtEnd: Bool { sourceNames.indices.allSatisfy { joiner[$0].intake.wasAtEnd } }

  /// The requested range, if every source was read to its end and no record lies in the range.
  package var emptyRange: EmptyRange? {
    let sources = sourceNames.indices
    guard sources.allSatisfy({ joiner[$0].intake.wasAtEnd && joiner[$0].intake.isEmpty }) else {
      return nil
    }
    let times = sources.compactMap { joiner[$0].intake.ignoredTimes }
    guard let first = times.map(\.lowerBound).min(), let last = times.map(\.upperBound).max()
    else { return nil }
    return EmptyRange(range: joiner[0].intake.range, log: first...last)
  }

  /// The next second with hits that has not passed the gate.
  package var nextHit: EpochSecond? {
    shown.joiner.sources.compactMap(\.intake.nextHit).min()
  }

  /// How many chunks were merged in one go, and how many record by record.
  package var chunkCounts: (merged: Int, oneByOne: Int) {
    joiner.sources.reduce((0, 0)) {
      ($0.0 + $1.intake.chunksMerged, $0.1 + $1.intake.chunksOneByOne)
    }
  }
}
