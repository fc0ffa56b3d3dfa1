import AccessLog
import Messages
import TrafficAnalysis

/// Writes each event except notices as a line with one JSON object, for programs.
package struct NDJSONWriter: Action {
  private let sink: any ByteSink
  let json: JSONText
  /// The dimensions that are reported besides those that always are.
  private let ranked: DimensionSet
  private let hasIDs: Bool

  /// - Parameters:
  ///   - ranked: the dimensions that are reported besides those that always are.
  ///   - asciiOnly: escape all characters beyond ASCII, since a terminal might interpret some of them.
  ///     The values stay the same.
  ///   - hasIDs: whether each object ends with the `id` of the event.
  package init(
    sink: any ByteSink, ranked: DimensionSet = [], asciiOnly: Bool = false, hasIDs: Bool = false
  ) {
    self.sink = sink
    self.ranked = ranked
    self.hasIDs = hasIDs
    json = JSONText(asciiOnly: asciiOnly)
  }

  package mutating func handle(_ event: MonitorEvent) throws(OutputFailure) {
    json.removeAll()
    switch event {
    case .start(let sources): start(sources)
    case .interval(let report): interval(report)
    case .gap(let from, let to): gap(from: from, to: to)
    case .alert(let transition): alert(transition)
    case .notice, .lines, .minute, .second: return
    case .end(let report): end(report)
    }
    if hasIDs, let id = EventID(event) { add(id) }
    json.raw("\n")
    try sink.write(json.bytes)
    if case .end = event { try sink.flush() }
  }

  private func add(_ id: EventID) {
    json.removeLast()
    json.raw(",\"id\":\"")
    json.digits(id.text)
    json.raw("\"}")
  }

  private func start(_ sources: [SourceSummary]) {
    json.raw("{\"event\":\"start\",\"sources\":[")
    for (index, source) in sources.enumerated() {
      if index > 0 { json.raw(",") }
      json.raw("{\"path\":")
      json.string(source.path)
      json.raw(",\"format\":")
      if let format = source.format { json.string(format) } else { json.raw("null") }
      json.raw("}")
    }
    json.raw("]}")
  }

  private func gap(from: EpochSecond, to: EpochSecond) {
    json.raw("{\"event\":\"gap\"")
    range(from: from, to: to)
    json.raw("}")
  }

  private func range(from: EpochSecond, to: EpochSecond) {
    json.raw(",\"from\":")
    json.number(from)
    json.raw(",\"to\":")
    json.number(to)
  }
}

// MARK: - Intervals

extension NDJSONWriter {
  private func interval(_ report: IntervalReport) {
    json.raw("{\"event\":\"interval\"")
    range(from: report.from, to: report.to)
    json.raw(",\"hits\":")
    json.number(report.traffic.hits)
    json.raw(",\"rate\":")
    json.number(report.rate)
    let isTimed = report.latency != nil
    figures(report.traffic, report.rankings, isTimed)
    json.raw(",\"partial\":")
    json.boolean(report.partial)
    uniqueClients(report.uniqueClients)
    latency(report.latency)
    otherRankings(report.rankings, isTimed)
    json.raw("}")
  }

  /// What every interval and the whole run have besides their hits.
  private func figures(
    _ traffic: Traffic, _ rankings: PerDimension<[RankedName]>, _ isTimed: Bool
  ) {
    json.raw(",\"bytes\":")
    json.number(traffic.bytes)
    statuses(traffic.status)
    methods(traffic.methods)
    for dimension in Dimension.allCases where dimension.profile.isAlwaysReported {
      rankings.with(dimension) { ranking($0, dimension.profile, isTimed) }
    }
  }

  private func uniqueClients(_ clients: DistinctCount) {
    json.raw(",\"unique_clients\":")
    json.number(clients.count)
    if let error = clients.error {
      json.raw(",\"unique_clients_error\":")
      json.number(error)
    }
  }

  private func latency(_ latency: LatencyFigures?) {
    guard let latency else { return }
    json.raw(",\"latency\":{\"count\":")
    json.number(latency.count)
    for (key, value) in [("p50", latency.p50), ("p95", latency.p95), ("p99", latency.p99)] {
      json.raw(",")
      json.string(key)
      json.raw(":")
      json.digits(LatencyText.seconds(value))
    }
    json.raw(",\"max\":")
    json.digits(LatencyText.exactSeconds(latency.max))
    json.raw("}")
  }

  /// The rankings that not every run reports.
  private func otherRankings(_ rankings: PerDimension<[RankedName]>, _ isTimed: Bool) {
    for dimension in Dimension.reportOrder
    where ranked.contains(dimension) && !dimension.profile.isAlwaysReported {
      rankings.with(dimension) { ranking($0, dimension.profile, isTimed) }
    }
  }

  private func statuses(_ counts: StatusCounts) {
    json.raw(",\"status\":{\"1xx\":")
    json.number(counts[.informational])
    json.raw(",\"2xx\":")
    json.number(counts[.successful])
    json.raw(",\"3xx\":")
    json.number(counts[.redirection])
    json.raw(",\"4xx\":")
    json.number(counts[.clientError])
    json.raw(",\"5xx\":")
    json.number(counts[.serverError])
    json.raw(",\"other\":")
    json.number(counts[.other])
    json.raw("}")
  }

  private func methods(_ counts: MethodCounts) {
    json.raw(",\"methods\":{")
    var isFirst = true
    counts.forEachRanked { method, hits in
      if !isFirst { json.raw(",") }
      isFirst = false
      json.string(method.name)
      json.raw(":")
      json.number(hits)
    }
    json.raw("}")
  }

  private func ranking(
    _ names: [RankedName], _ profile: DimensionProfile, _ isTimed: Bool
  ) {
    let figures = profile.reportFigures
    json.raw(",\"")
    json.raw(profile.pluralName)
    json.raw("\":[")
    // Rows are accessed by index: a copy of one has references to count.
    for index in names.indices {
      if index > 0 { json.raw(",") }
      json.raw("{\"name\":")
      json.string(names[index].name)
      json.raw(",\"hits\":")
      json.number(names[index].hits)
      if figures.contains(.bytes) {
        json.raw(",\"bytes\":")
        json.number(names[index].bytes)
      }
      if figures.contains(.clientErrors) {
        json.raw(",\"client_errors\":")
        json.number(names[index].clientErrors)
      }
      if figures.contains(.serverErrors) {
        json.raw(",\"server_errors\":")
        json.number(names[index].serverErrors)
      }
      if figures.contains(.latency), isTimed, let p95 = names[index].p95 {
        json.raw(",\"p95\":")
        json.digits(LatencyText.seconds(p95))
      }
      if names[index].error > 0 {
        json.raw(",\"error\":")
        json.number(names[index].error)
      }
      json.raw("}")
    }
    json.raw("]")
  }
}

// MARK: - Alerts and the end

extension NDJSONWriter {
  private func alert(_ transition: AlertTransition) {
    json.raw("{\"event\":\"alert\",\"rule\":")
    json.string(transition.rule.name)
    json.raw(",\"state\":")
    json.raw(transition.change == .triggered ? "\"triggered\"" : "\"recovered\"")
    json.raw(",\"time\":")
    json.number(transition.second)
    json.raw(",\"value\":")
    json.number(transition.value)
    json.raw(",\"hits\":")
    json.number(transition.hits)
    json.raw(",\"window\":")
    json.number(transition.rule.window)
    json.raw(",\"threshold\":")
    json.number(transition.rule.limit)
    if case .recovered(let since) = transition.change {
      json.raw(",\"duration\":")
      json.number(transition.second.seconds(since: since))
    }
    json.raw(",\"message\":")
    json.string(Name(transition.rawMessage(time: \.iso8601)))
    if let key = transition.key {
      json.raw(",\"key\":")
      json.string(key)
    }
    if transition.change == .triggered {
      json.raw(",\"changes\":")
      json.array(transition.changes)
    }
    json.raw("}")
  }

  private func end(_ report: EndReport) {
    json.raw("{\"event\":\"end\",\"lines\":")
    json.number(report.tally.lines)
    json.raw(",\"hits\":")
    json.number(report.tally.hits)
    json.raw(",\"late\":")
    json.number(report.tally.late)
    json.raw(",\"rejected\":{\"total\":")
    json.number(report.tally.rejected.total)
    for reason in Self.reasons {
      json.raw(",")
      json.string(reason.name)
      json.raw(":")
      json.number(report.tally.rejected[reason])
    }
    json.raw("},\"ignored\":")
    json.number(report.tally.ignored)
    json.raw(",\"first\":")
    json.number(report.first)
    json.raw(",\"last\":")
    json.number(report.last)
    if report.isFiltered {
      json.raw(",\"filtered\":")
      json.number(report.tally.filtered)
    }
    if let totals = report.totals { self.totals(totals) }
    received(report.sources)
    json.raw("}")
  }

  /// The figures of the whole run, as in an interval.
  private func totals(_ totals: TotalsReport) {
    let isTimed = totals.latency != nil
    figures(totals.traffic, totals.rankings, isTimed)
    uniqueClients(totals.uniqueClients)
    latency(totals.latency)
    otherRankings(totals.rankings, isTimed)
  }

  /// The reasons in the order of the output, which differs from their order of precedence.
  private static let reasons: [Rejection] = [.shape, .time, .status, .bytes, .oversize, .future]
}
