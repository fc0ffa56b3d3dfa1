import AccessLog
import PipelineKit
import TrafficAnalysis

@testable import EventOutput

let highTraffic = RuleDefinition.highTraffic(threshold: Threshold(whole: 10), window: 120)

/// What a writer makes of some events, line by line.
func ndjson(_ events: MonitorEvent..., ranked: DimensionSet = []) throws -> [String] {
  let sink = MemorySink()
  var writer = NDJSONWriter(sink: sink, ranked: ranked)
  for event in events { try writer.handle(event) }
  return lines(of: sink)
}

func text(
  _ events: MonitorEvent..., offset: Int = 0, asciiOnly: Bool = false, ranked: DimensionSet = []
) throws -> [String] {
  let sink = MemorySink()
  var writer = TextWriter(
    sink: sink, style: TextStyle(asciiOnly: asciiOnly) { _ in offset }, ranked: ranked)
  for event in events { try writer.handle(event) }
  return lines(of: sink)
}

private func lines(of sink: MemorySink) -> [String] {
  var lines = sink.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  precondition(lines.popLast() == "", "the last line has no end")
  return lines
}

func interval(
  from: Int64 = 1_549_573_850, seconds: Int64 = 10, hits: Int = 1, bytes: Int64 = 0,
  status: [StatusClass: Int] = [:], methods: [AccessLog.Method: Int] = [:],
  sections: [RankedName] = [], clients: [RankedName] = [],
  uniqueClients: DistinctCount = DistinctCount(1), partial: Bool = false
) -> MonitorEvent {
  var traffic = Traffic()
  traffic.hits = hits
  traffic.bytes = bytes
  for (status, count) in status { traffic.status[status] = count }
  for (method, count) in methods { traffic.methods[method] = count }
  let from = EpochSecond(from)
  return .interval(
    IntervalReport(
      from: from, to: from.advanced(by: seconds), traffic: traffic,
      rankings: PerDimension { $0 == .section ? sections : clients },
      uniqueClients: uniqueClients, partial: partial))
}

func triggered(
  _ rule: RuleDefinition = highTraffic, at second: Int64 = 1_549_573_956, hits: Int = 1206,
  key: String? = nil, changes: [Dimension: [NameChange]] = [:]
) -> MonitorEvent {
  var transition = AlertTransition(
    rule: rule, key: key.map { Name($0) }, change: .triggered, second: EpochSecond(second),
    hits: hits, value: .ratio(Rate(hits: hits, seconds: 120)))
  transition.changes = PerDimension { changes[$0] ?? [] }
  return .alert(transition)
}

func recovered(
  at second: Int64 = 1_549_574_043, since: Int64 = 1_549_573_956, hits: Int = 1198,
  key: String? = nil
) -> MonitorEvent {
  .alert(
    AlertTransition(
      rule: highTraffic, key: key.map { Name($0) }, change: .recovered(since: EpochSecond(since)),
      second: EpochSecond(second), hits: hits, value: .ratio(Rate(hits: hits, seconds: 120))))
}

func end(
  lines: Int = 4831, hits: Int = 4830, ignored: Int = 1, first: Int64? = 1_549_573_859,
  last: Int64? = 1_549_574_340, rejected: [Rejection: Int] = [:],
  notices: [Notice] = []
) -> MonitorEvent {
  var tally = LineTally()
  tally.lines = lines
  tally.hits = hits
  tally.ignored = ignored
  for (reason, count) in rejected { tally.rejected[reason] = count }
  return .end(
    EndReport(
      tally: tally, first: first.map { EpochSecond($0) }, last: last.map { EpochSecond($0) },
      notices: notices))
}

func section(_ name: Name, hits: Int = 1, error: Int = 0) -> RankedName {
  RankedName(name: name, hits: hits, error: error)
}
