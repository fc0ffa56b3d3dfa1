import AccessLog
import Engine
import Foundation
import LogInput
import TrafficAnalysis

/// What a snapshot of the dashboard costs when a second has closed: three tables of 40 rows with
/// sparklines of 30 buckets, by the traffic and the window.
@MainActor
enum TableBench {
  /// Hits a second.
  private static let rates = [20, 200, 1000]
  private static let windows: [Int64] = [10, 60, 300, 3600]
  /// As much of the log as the tables keep, but not more lines than this.
  private static let mostLines = 1_500_000

  /// Measures all snapshots and prints a row for each rate and order.
  static func measure() {
    print("three tables of 40 rows, 30 buckets each; the best of 20 snapshots, in µs")
    print(row("", windows.map { "\($0) s" } + ["all", "unchanged"]))
    for rate in rates {
      let log = SimulatedLog(
        .plain.with { $0.rate = Double(rate) }, lines: min(rate * 7300, mostLines))
      defer { log.remove() }
      let pipeline = read(log.path)
      for figure in [RankingFigure.hits, .change, .peak] {
        let costs = windows.map { cost(of: request(.last(seconds: $0), figure), pipeline) }
        let all = request(.all, figure)
        let previous = pipeline.snapshot(all, includingPending: true)
        print(
          row(
            "\(rate)/s by \(figure)",
            (costs + [cost(of: all, pipeline), cost(of: all, pipeline, previous)]).map {
              String(format: "%.0f", $0)
            }))
      }
    }
  }

  private static func request(_ window: TableWindow, _ figure: RankingFigure) -> TableRequest {
    let width: Int64 = if case .last(let seconds) = window { max(1, seconds / 30) } else { 60 }
    let rankings = Dimension.common.map { dimension in
      var ranking = RankingRequest(dimension, places: 0..<40)
      ranking.order = RankingOrder(figure)
      ranking.trend = TrendRequest(width: width, count: 30)
      ranking.wantsTimes = true
      return ranking
    }
    return TableRequest(window: window, rankings: rankings)
  }

  private static func cost(
    of request: TableRequest, _ pipeline: Pipeline, _ previous: Snapshot? = nil
  ) -> Double {
    Measurement.time("snapshot", runs: 20) {
      pipeline.snapshot(request, includingPending: true, previous: previous).table.rankings.count
    }.least * 1e6
  }

  private static func read(_ path: String) -> Pipeline {
    var pipeline = Pipeline(PipelineOptions())
    do {
      let reader = BlockReader(source: try FileSource(path: Name(path)))
      var events: [MonitorEvent] = []
      while true {
        let end = try pipeline.step(
          [reader], until: .everything,
          clock: ClockReading(wall: EpochSecond(4_000_000_000), monotonic: 0),
          isOverBudget: { false }, events: &events)
        if end == .finished { return pipeline }
      }
    } catch {
      Measurement.stop("\(path): \(error)")
    }
  }

  private static func row(_ name: String, _ columns: [String]) -> String {
    columns.reduce(name.padding(toLength: 20, withPad: " ", startingAt: 0)) {
      $0 + String(repeating: " ", count: max(1, 11 - $1.count)) + $1
    }
  }
}
