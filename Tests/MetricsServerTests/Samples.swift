import AccessLog
import TrafficAnalysis

@testable import MetricsServer

/// Figures of a run with names that a hostile client has chosen.
func hostileFigures() -> RunFigures {
  var figures = RunFigures()
  figures.counters.closedThrough = EpochSecond(1_773_479_456)
  figures.counters.traffic.add(bytes: 512, status: .successful, method: .get)
  figures.counters.traffic.add(bytes: 7, status: .serverError, method: nil)
  figures.counters.late = 1
  figures.counters.rejected[.shape] = 3
  figures.counters.ignored = 2
  figures.counters.filtered = 1
  figures.counters.rate.hits = 25
  let names = [
    "/a\nlm2000_hits_total 1", "/\"} 5", "/\\", "/\u{1B}[2J", "/\u{2028}", "/{},=", "/ü 日", "/", "",
    String(repeating: "x", count: 10_000),
  ]
  figures.counters.sections = names.map { RankedName(name: Name($0), hits: 1, bytes: 5) }
  figures.counters.sections += [[0x2F, 0xFF], [0x2F, 0xFE], [0x2F, 0xED, 0xA0, 0x80], [0]].map {
    RankedName(name: Name($0), hits: 1)
  }
  figures.counters.rules = [namedRule(alerting: names + (0..<50).map { "/\($0)" })]
  figures.sources = SourceCounts([
    SourceState(path: Name("a"), phase: .following), SourceState(path: Name("b"), phase: .waiting),
  ])
  return figures
}

/// A rule that judges every section by itself.
func namedRule(alerting names: [String]) -> TrafficCounters.CountedRule {
  var definition = RuleDefinition.highTraffic(threshold: Threshold(whole: 10), window: 120)
  definition.name = "a \"rule\""
  definition.subject = .dimension(.section)
  let value = RuleValue.ratio(Rate(hits: 1_206, seconds: 120))
  var state = RuleState(
    definition: definition, value: value,
    activeSince: names.isEmpty ? nil : EpochSecond(1_773_479_400))
  for name in names { state.peaks[Name(name)] = value }
  state.activeCount = names.count
  return TrafficCounters.CountedRule(state: state, triggers: names.count)
}
