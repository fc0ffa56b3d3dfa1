import AccessLog
import LogInput
import TrafficAnalysis

// Continuing where an earlier run stopped, and noting from where a later one can.

extension Pipeline {
  /// The minute that has not closed, as far as its seconds have; `nil` if it has no hits.
  package var currentMinute: IntervalReport? { analyzer.currentMinute }

  /// What a later run must know that goes on behind the last closed second; `nil` if none was closed, or
  /// while what an earlier run has reported is read again.
  package var reported: ReportedTraffic? { analyzer.reported }

  /// How far before the last closed second a later run must begin to read, in seconds.
  package var lookback: Int64 { analyzer.options.lookback }

  /// Continues an earlier run, before the first line or report.
  package mutating func resume(_ reported: ReportedTraffic) { analyzer.resume(reported) }

  /// The places from which a later run can continue, one for each source; `nil` for a source that
  /// cannot be continued, and for all while what an earlier run has reported is read again.
  package var checkpoints: [Checkpoint?] {
    guard analyzer.isPastResumption else { return sources.map { _ in nil } }
    let closed = analyzer.closedThrough
    let needed = closed?.advanced(by: -analyzer.options.lookback) ?? EpochSecond(.min)
    return sources.map { source in
      guard let start = source.marks.start(for: needed),
        let middle = closed.flatMap({ source.marks.start(for: $0) }) ?? Optional(start),
        let end = closed == nil ? start : source.marks.last
      else { return nil }
      let starts = source.marks.starts(from: start, to: middle)
      return Checkpoint(
        closedThrough: closed, begun: analyzer.begun,
        starts: starts.map {
          .init(
            place: $0.place, head: $0.head, known: end.offset - $0.offset,
            parts: source.marks.parts(since: $0, source.resumption?.parts))
        }, end: end.place)
    }
  }

  /// The lines that no report holds yet, as one that closes nothing; `nil` if there are none. With it, what
  /// was reported agrees with `checkpoints`.
  package mutating func takeReport() -> SecondReport? { analyzer.takeReport() }

  /// Notes the place of a source, if all lines before it have been counted.
  mutating func markPlace(_ reader: BlockReader, of source: Int) {
    guard marksPlaces, sources[source].offset > 0 || sources[source].resumption == nil,
      sources[source].offset == reader.end,
      analyzer.quarantineCount(of: source) == 0, let place = reader.place
    else { return }
    sources[source].marks.add(
      ReadingMark(
        offset: sources[source].offset,
        head: analyzer.time(of: source) ?? sources[source].formerTime, place: place),
      closed: analyzer.closedThrough, length: analyzer.options.lookback)
  }

  /// Forgets the lines of a source that an earlier run has counted, once they have been read again.
  mutating func passKnownLines(of source: Int, _ clock: ClockReading) {
    guard let resumption = sources[source].resumption,
      sources[source].offset >= resumption.known, !sources[source].isPastKnown
    else { return }
    sources[source].isPastKnown = true
    sources[source].rejectedLines = []
    analyzer.forgetLines(of: source, wall: clock.wall)
  }
}

/// How a source continues a log that an earlier run has read.
package struct SourceResumption: Equatable, Sendable {
  /// The number of bytes at the beginning of the stream that the earlier run has counted.
  package var known: Int64
  /// The time of the log where reading begins; `nil` before its first record.
  package var startHead: EpochSecond?
  /// The place where reading begins.
  package var start: SavedPlace
  /// The longest parts of its files that were read.
  package var parts: SavedPlace

  package init(known: Int64, startHead: EpochSecond?, start: SavedPlace, parts: SavedPlace) {
    self.known = known
    self.startHead = startHead
    self.start = start
    self.parts = parts
  }
}
