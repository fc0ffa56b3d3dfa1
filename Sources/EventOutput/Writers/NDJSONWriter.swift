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
    json.reserving(Self.statusesRoom) { text in
      text.raw(",\"status\":{\"1xx\":")
      text.number(counts[.informational])
      text.raw(",\"2xx\":")
      text.number(counts[.successful])
      text.raw(",\"3xx\":")
      text.number(counts[.redirection])
      text.raw(",\"4xx\":")
      text.number(counts[.clientError])
      text.raw(",\"5xx\":")
      text.number(counts[.serverError])
      text.raw(",\"other\":")
      text.number(counts[.other])
      text.raw("}")
    }
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
    names.withUnsafeBufferPointer { rows in
      for index in rows.indices {
        // A copy of a row would have references to count.
        guard let row = rows.baseAddress.map({ $0 + index }) else { return }
        if index > 0 { json.raw(",") }
        json.raw("{\"name\":")
        json.string(row.pointee.name)
        counts(of: row, figures)
        if figures.contains(.latency), isTimed, let p95 = row.pointee.p95 {
          json.raw(",\"p95\":")
          json.digits(LatencyText.seconds(p95))
        }
        if row.pointee.error > 0 {
          json.raw(",\"error\":")
          json.number(row.pointee.error)
        }
        json.raw("}")
      }
    }
    json.raw("]")
  }

  @inline(__always)
  private func counts(of name: UnsafePointer<RankedName>, _ figures: RankedFigures) {
    json.reserving(Self.countsRoom) { text in
      text.raw(",\"hits\":")
      text.number(name.pointee.hits)
      if figures.contains(.bytes) {
        text.raw(",\"bytes\":")
        text.number(name.pointee.bytes)
      }
      if figures.contains(.clientErrors) {
        text.raw(",\"client_errors\":")
        text.number(name.pointee.clientErrors)
      }
      if figures.contains(.serverErrors) {
        text.raw(",\"server_errors\":")
        text.number(name.pointee.serverErrors)
      }
    }
  }

  /// The bytes that the status classes, and the counts of a name, need at most: their keys and numbers.
  private static let statusesRoom = 64 + 6 * ReservedText.numberRoom
  private static let countsRoom = 64 + 4 * ReservedText.numberRoom
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
