import AccessLog
import Conditions
import EventOutput
import Glibc
import History
import TrafficAnalysis

/// Prints what a history holds, and exits.
@MainActor
enum HistoryListing {
  static func run(_ options: Options) -> Never {
    let name = options.history ?? ""
    let sink = DescriptorSink(descriptor: STDOUT_FILENO, flushesEveryWrite: false)
    do {
      let reader = try HistoryReader(HistorySetup.absolute(name)) {
        try? Condition(parsing: $0)
      }
      let range = try range(options, newest: try reader.newestSecond())
      let writer = HistoryWriters.writer(options, sink)
      try reader.forEach(in: range) { entry throws(OutputFailure) in try writer(entry) }
      try sink.flush()
      exit(0)
    } catch let failure as HistoryFailure {
      try? sink.flush()
      Diagnostics.print(name, failure.reason)
      exit(1)
    } catch let failure as OutputFailure {
      Diagnostics.terminate(for: failure)
    } catch {
      Program.terminate(for: error)
    }
  }

  /// The requested range of time.
  ///
  /// - Parameter newest: the last second of the history, from which durations count back.
  private static func range(
    _ options: Options, newest: EpochSecond?
  ) throws(UsageError) -> TimeRange {
    guard let newest else { return TimeRange() }
    let range = options.range.resolved(
      RequestedRange.Reference(record: newest, position: .last, logOffset: 0, end: newest))
    if range.isEmpty { throw UsageError.emptyRange }
    return range
  }
}
