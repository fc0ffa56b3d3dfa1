import AccessLog
import LogParsing
import TrafficAnalysis

/// The options of a pipeline.
package struct PipelineOptions: Sendable {
  package var analysis = AnalysisOptions()
  /// The format of the log; `nil` to detect it.
  package var format: NamedFormat?
  /// What the log does not say.
  package var parsing = ParsingOptions()
  /// Computes the range of the records to be counted, where it depends on the first record: from
  /// its time and the zone of the log, in seconds east of UTC.
  package var rangeFromFirst: (@Sendable (EpochSecond, Int) -> TimeRange)?
  /// The name of the log in events.
  package var path = Name("-")

  package init() {}
}
