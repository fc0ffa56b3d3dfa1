import AccessLog
import Messages
import TrafficAnalysis

/// The figures of a run as Prometheus reads them.
///
/// Rules and sections are the only labels whose values come from people or logs; their number is
/// limited, as is the length of each.
package struct MetricsPage {
  /// The number of sections that have series.
  package static let sectionLimit = 20
  /// The number of names of a rule whose active alerts have series.
  static let alertNameLimit = 20

  private var page = ExpositionText()

  /// The text for some figures.
  package static func text(_ figures: RunFigures, version: String) -> String {
    var page = MetricsPage()
    page.addRun(figures, version)
    page.addTraffic(figures.counters)
    page.addLines(figures.counters)
    page.addLatencies(figures.counters.latencies)
    page.addSections(figures.counters.sections)
    page.addRules(figures.counters.rules)
    return page.page.text
  }

  // MARK: - The run

  private mutating func addRun(_ figures: RunFigures, _ version: String) {
    page.begin("lm2000_build_info", .gauge, "The version of the program.")
    page.add(1, [("version", version)])
    page.begin("lm2000_sources", .gauge, "Logs by what becomes of them.")
    for state in SourceCounts.names {
      page.add(figures.sources[state], [("state", state)])
    }
    guard let closed = figures.counters.closedThrough else { return }
    page.begin(
      "lm2000_last_closed_timestamp_seconds", .gauge,
      "The last second of the log that all figures include.")
    page.add("\(closed.value)")
  }

  private mutating func addTraffic(_ counters: TrafficCounters) {
    page.begin("lm2000_hits_total", .counter, "Hits by class of status, late ones included.")
    for status in StatusClass.displayOrder {
      page.add(counters.traffic.status[status], [("class", status.name)])
    }
    page.begin(
      "lm2000_late_hits_total", .counter, "Hits that came after their second had closed.")
    page.add(counters.late)
    page.begin(
      "lm2000_method_hits_total", .counter,
      "Hits by request method; a request without one is not among them.")
    for method in Method.allCases {
      page.add(counters.traffic.methods[method], [("method", method.name)])
    }
    page.begin("lm2000_response_bytes_total", .counter, "Bytes of the responses.")
    page.add("\(counters.traffic.bytes)")
    page.begin(
      "lm2000_hits_per_second", .gauge, "Mean rate of hits over the last ten closed seconds.")
    page.add(counters.rate.shortText)
    page.begin("lm2000_unique_clients", .gauge, "Distinct clients since the start.")
    page.add(counters.uniqueClients.count)
  }

  private mutating func addLines(_ counters: TrafficCounters) {
    page.begin("lm2000_lines_total", .counter, "Lines that are hits, rejected or ignored.")
    page.add(counters.lines)
    page.begin("lm2000_rejected_lines_total", .counter, "Lines that are not counted, by reason.")
    for reason in Rejection.allCases {
      page.add(counters.rejected[reason], [("reason", reason.name)])
    }
    page.begin(
      "lm2000_ignored_lines_total", .counter,
      "Blank lines, headings, and records out of the range or the filter.")
    page.add(counters.ignored)
    page.begin(
      "lm2000_filtered_lines_total", .counter, "Ignored records that the filter excludes.")
    page.add(counters.filtered)
    page.begin(
      "lm2000_undecided_lines", .gauge,
      "Lines that no format has accepted so far, before the format is known.")
    page.add(counters.undecided)
  }

  private mutating func addLatencies(_ latencies: LatencyHistogram) {
    guard !latencies.isEmpty else { return }
    page.begin("lm2000_latency_seconds", .histogram, "How long answers took.")
    for (bound, hits) in zip(LatencyHistogram.bounds, latencies.cumulativeHits) {
      page.add("\(hits)", [("le", LatencyText.exactSeconds(bound))], suffix: "_bucket")
    }
    let count = "\(latencies.count)"
    page.add(count, [("le", "+Inf")], suffix: "_bucket")
    page.add("\(latencies.sum / 1e6)", suffix: "_sum")
    page.add(count, suffix: "_count")
  }

  // MARK: - Names

  private mutating func addSections(_ rows: [RankedName]) {
    let sections = LabelledSection.sections(rows)
    guard !sections.isEmpty else { return }
    page.begin(
      "lm2000_section_hits_total", .counter, "Hits of the sections with the most hits.")
    for section in sections { page.add(section.hits, [("section", section.label)]) }
    page.begin("lm2000_section_response_bytes_total", .counter, "Bytes of their responses.")
    for section in sections { page.add("\(section.bytes)", [("section", section.label)]) }
    page.begin("lm2000_section_errors_total", .counter, "Their hits with a status of 4xx or 5xx.")
    for section in sections {
      page.add(section.clientErrors, [("section", section.label), ("class", "4xx")])
      page.add(section.serverErrors, [("section", section.label), ("class", "5xx")])
    }
  }

  private mutating func addRules(_ rules: [TrafficCounters.CountedRule]) {
    guard !rules.isEmpty else { return }
    let labels = rules.map { rule -> ExpositionText.Label in
      ("rule", LabelText.value(of: Name(rule.state.definition.name)))
    }
    page.begin("lm2000_alerts_total", .counter, "Alerts that have triggered, by rule.")
    for (rule, label) in zip(rules, labels) { page.add(rule.triggers, [label]) }
    page.begin("lm2000_alert_active", .gauge, "Whether an alert of the rule is active.")
    for (rule, label) in zip(rules, labels) {
      page.add(rule.state.activeCount > 0 ? 1 : 0, [label])
    }
    page.begin(
      "lm2000_rule_value", .gauge,
      "The value that the rule compares with its limit, of the worst name if it judges each.")
    for (rule, label) in zip(rules, labels) {
      if let value = rule.state.value { page.add(Self.text(value), [label]) }
    }
    page.begin("lm2000_rule_limit", .gauge, "The limit of the rule.")
    for (rule, label) in zip(rules, labels) { page.add(rule.state.definition.limit.text, [label]) }
    addAlertNames(rules, labels)
  }

  private mutating func addAlertNames(
    _ rules: [TrafficCounters.CountedRule], _ labels: [ExpositionText.Label]
  ) {
    let named = zip(rules, labels).filter { $0.0.state.definition.subject != nil }
    guard !named.isEmpty else { return }
    page.begin(
      "lm2000_alert_names", .gauge, "Names with an active alert, of rules that judge each.")
    for (rule, label) in named { page.add(rule.state.activeCount, [label]) }
    page.begin(
      "lm2000_alert_name_active", .gauge, "The first of these names in the order of their bytes.")
    for (rule, label) in named {
      var values: [String] = []
      for name in rule.state.peaks.keys.sorted() {
        let value = LabelText.value(of: name)
        guard !values.contains(where: { $0.utf8.elementsEqual(value.utf8) }) else { continue }
        values.append(value)
        if values.count == Self.alertNameLimit { break }
      }
      for value in values { page.add(1, [label, ("name", value)]) }
    }
  }

  private static func text(_ value: RuleValue) -> String {
    switch value {
    case .ratio(let rate): rate.shortText
    case .latency(let microseconds): LatencyText.seconds(microseconds)
    }
  }
}
