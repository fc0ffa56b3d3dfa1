import AccessLog
import Engine
import LogInput
import MonitorApp
import TrafficAnalysis

/// Reads a log to its end as a report does: a session that works in turns, and events that are
/// handled after each turn.
enum ReportDriver {
  /// How long a turn of a report may last, in seconds.
  private static let budget = 0.05
  /// After any time in a simulated log.
  private static let wallClock = EpochSecond(4_000_000_000)

  /// - Parameter handle: called with the events of each turn.
  /// - Returns: the lines that were read; `nil` where the file cannot be read.
  @MainActor
  static func run(
    _ path: String, handle: ([MonitorEvent]) throws -> Void
  ) -> Int? {
    var options = PipelineOptions()
    options.analysis.isForDisplay = false
    guard let source = try? FileSource(path: Name(path)) else { return nil }
    let session = Session(
      options, inputs: InputSet([Input(reader: BlockReader(source: source), path: Name(path))]),
      pacer: nil,
      canSeek: false, start: wallClock, wall: { wallClock }, monotonic: LogReader.monotonic)
    while !session.pipeline.isFinished {
      let turn = session.work(budget: budget)
      guard turn.failure == nil, (try? handle(turn.events)) != nil else { return nil }
    }
    return session.pipeline.linesRead
  }
}
