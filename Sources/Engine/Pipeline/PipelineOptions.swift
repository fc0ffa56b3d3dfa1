import AccessLog
import LogParsing
import TrafficAnalysis

/// The options of a pipeline.
package struct PipelineOptions: Sendable {
  package var analysis = AnalysisOptions()
  /// The format of the logs; `nil` to detect that of each.
  package var format: NamedFormat?
  /// What the logs do not say. What is wanted of them follows from the analysis.
  package var parsing = ParsingOptions()
  /// Computes the range of the records to be counted, where it depends on the first record of any
  /// source: from its time and the zone of the log, in seconds east of UTC.
  package var rangeFromFirst: (@Sendable (EpochSecond, Int) -> TimeRange)?
  /// Whether lines are emitted at the pace of the seconds that close, as in a replay.
  package var pacesLines = false
  /// Whether places are noted from which a later run can continue.
  package var marksPlaces = false
  /// How sources continue an earlier run, by their index; the others begin anew.
  package var resumptions: [Int: SourceResumption] = [:]
  /// The time before which each source lacks lines, because another log had its place, by its index.
  package var formerTimes: [Int: EpochSecond] = [:]
  /// What an earlier run has reported; `nil` unless this one continues it.
  package var reported: ReportedTraffic?
  /// The names of the sources in events, at least one.
  package var paths = [Name("-")]
  /// The sources that bring no lines themselves, but further sources while the run goes on.
  package var listeners: [Int] = []
  /// The sources that are pipes.
  package var streams: [Int] = []

  package init() {}
}
