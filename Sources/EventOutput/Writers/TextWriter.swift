import AccessLog
import Messages
import SafeText
import TrafficAnalysis

/// Writes each event except the start and notices as a human-readable line.
package struct TextWriter: Action {
  private let sink: any ByteSink
  private let style: TextStyle
  /// The dimensions that are reported besides those that always are.
  private let ranked: DimensionSet
  /// The maximum length of a name, in bytes; longer names are truncated.
  private static let nameLimit = 256
  private var line: [UInt8] = []

  /// - Parameter ranked: the dimensions that are reported besides those that always are.
  package init(sink: any ByteSink, style: TextStyle, ranked: DimensionSet = []) {
    self.sink = sink
    self.ranked = ranked
    self.style = style
  }

  package mutating func handle(_ event: MonitorEvent) throws(OutputFailure) {
    line.removeAll(keepingCapacity: true)
    switch event {
    case .start, .notice, .lines, .minute, .second: return
    case .interval(let report): interval(report)
    case .gap(let from, let to): gap(from: from, to: to)
    case .alert(let transition): alert(transition)
    case .end(let report): end(report)
    }
    line.append(UInt8(ascii: "\n"))
    try sink.write(line)
    if case .end = event { try sink.flush() }
  }

  private mutating func gap(from: EpochSecond, to: EpochSecond) {
    style.appendTime(from, to: &line)
    line += "  no traffic for ".utf8
    line += DurationText(seconds: to.seconds(since: from)).text.utf8
  }

  private mutating func alert(_ transition: AlertTransition) {
    style.appendTime(transition.second, to: &line)
    line += (transition.change == .triggered ? "  ALERT     " : "  RECOVERED ").utf8
    line += transition.message(time: style.time).converted(to: style.encoding).text.utf8
  }
}

// MARK: - Intervals

extension TextWriter {
  /// Appends `2019-02-07 21:12:20  14.1/s    141 hits  171.8 kB  2xx 128  3xx 0 ...`
  private mutating func interval(_ report: IntervalReport) {
    style.appendTime(report.from, to: &line)
    line += "  ".utf8
    // The rate, left-aligned, and the hits, right-aligned, share a field.
    let rate = report.rate.shortText + "/s"
    let hits = String(report.traffic.hits)
    line += rate.utf8
    appendSpaces(max(2, 13 - rate.utf8.count - hits.utf8.count))
    line += hits.utf8
    line += " hits  ".utf8
    let size = ByteSizeText(bytes: report.traffic.bytes).text
    appendSpaces(8 - size.utf8.count)
    line += size.utf8
    appendStatuses(report.traffic.status)
    appendList(report.rankings[.section])
    for dimension in Dimension.reportOrder
    where dimension == .client || (dimension != .section && ranked.contains(dimension)) {
      appendTop(report.rankings[dimension], dimension.profile)
    }
    if let latency = report.latency {
      line += "   p95 ".utf8
      line += LatencyText.text(latency.p95).utf8
    }
    if report.partial { line += "   (partial)".utf8 }
  }

  /// Appends the four usual classes, and the other two if there are any.
  private mutating func appendStatuses(_ counts: StatusCounts) {
    for status in StatusClass.displayOrder {
      guard !status.isRare || counts[status] > 0 else { continue }
      line += "  ".utf8
      line += status.name.utf8
      line += " ".utf8
      line += String(counts[status]).utf8
    }
  }

  private mutating func appendTop(_ ranking: [RankedName], _ profile: DimensionProfile) {
    guard let first = ranking.first else { return }
    line += "   top \(profile.name) ".utf8
    appendName(first.name)
    line += " (".utf8
    appendCount(first.hits, error: first.error)
    line += ")".utf8
  }

  private mutating func appendList(_ ranking: [RankedName]) {
    for (index, ranked) in ranking.enumerated() {
      line += (index == 0 ? "   " : "  ").utf8
      appendName(ranked.name)
      line += " ".utf8
      appendCount(ranked.hits, error: ranked.error)
    }
  }

  /// Appends hits; an estimate as the range of the true value: `123..126`.
  private mutating func appendCount(_ hits: Int, error: Int) {
    if error > 0 {
      line += String(max(0, hits - error)).utf8
      line += "..".utf8
    }
    line += String(hits).utf8
  }

  /// Appends a name from the log, made safe for a terminal.
  private mutating func appendName(_ name: Name) {
    line += SafeString(name.bytes, limit: Self.nameLimit, as: style.encoding).text.utf8
  }

  private mutating func appendSpaces(_ count: Int) {
    line += repeatElement(UInt8(ascii: " "), count: max(0, count))
  }
}

// MARK: - The end

extension TextWriter {
  /// Appends the tables of the whole run, the notices, a line for each source (`access.log: format csv; 0 of 4831 lines rejected`),
  /// and the summary: `4831 lines: 4830 hits (0 late), 0 rejected, 1 ignored, 2019-02-07 21:10:59 to
  /// 21:19:00`.
  private mutating func end(_ report: EndReport) {
    if let totals = report.totals {
      line += TotalsText(totals, ranked: ranked, as: style.encoding).bytes
      line.append(UInt8(ascii: "\n"))
    }
    // Notices are on lines of their own, so that the summary is the last line.
    for notice in report.notices {
      line += (notice.text(time: style.time).converted(to: style.encoding).text + "\n").utf8
    }
    let (places, more) = report.sources.listed
    for source in places.map({ report.sources[$0] }) {
      line += SafeString(source.path.bytes, limit: Self.nameLimit, as: style.encoding).text.utf8
      line += ": \(source.text())\n".utf8
    }
    if let more { line += (more.text.converted(to: style.encoding).text + "\n").utf8 }
    let tally = report.tally
    line += "\(tally.lines) lines: \(tally.hits) hits (\(tally.late) late), ".utf8
    line += "\(tally.rejected.text()), \(tally.ignored) ignored".utf8
    if report.isFiltered { line += " (\(tally.filtered) filtered)".utf8 }
    if let first = report.first, let last = report.last {
      line += ", ".utf8
      style.appendRange(from: first, to: last, bytes: &line)
    }
  }
}
