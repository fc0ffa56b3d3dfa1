import AccessLog
import Messages
import SafeText
import TrafficAnalysis

/// Writes every event as a line for people.
package struct TextWriter: Action {
  private let sink: any ByteSink
  private let style: TextStyle
  /// Longer names are cut for display, in bytes.
  private static let nameLimit = 256
  private var line: [UInt8] = []

  package init(sink: any ByteSink, style: TextStyle) {
    self.sink = sink
    self.style = style
  }

  package mutating func handle(_ event: MonitorEvent) throws(OutputFailure) {
    line.removeAll(keepingCapacity: true)
    switch event {
    case .start, .notice: return
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

/// How text output shows times and names.
package struct TextStyle: Sendable {
  /// Seconds that a clock is ahead of UTC at an instant: local time, UTC, the log's own time.
  package var offset: @Sendable (EpochSecond) -> Int
  /// No byte over 0x7E is written.
  package var asciiOnly: Bool

  package init(asciiOnly: Bool = false, offset: @escaping @Sendable (EpochSecond) -> Int) {
    self.offset = offset
    self.asciiOnly = asciiOnly
  }

  /// `2019-02-07 21:12:20`
  package func time(_ second: EpochSecond) -> String {
    var bytes: [UInt8] = []
    appendTime(second, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  func appendTime(_ second: EpochSecond, to bytes: inout [UInt8]) {
    let time = civil(second)
    time.appendDate(to: &bytes)
    bytes.append(UInt8(ascii: " "))
    time.appendTime(to: &bytes)
  }

  /// `2019-02-07 21:10:59 to 21:19:00`, with the second date only where it is another.
  func appendSpan(from: EpochSecond, to: EpochSecond, bytes: inout [UInt8]) {
    let (start, end) = (civil(from), civil(to))
    appendTime(from, to: &bytes)
    bytes += " to ".utf8
    if (start.year, start.month, start.day) == (end.year, end.month, end.day) {
      end.appendTime(to: &bytes)
    } else {
      appendTime(to, to: &bytes)
    }
  }

  var encoding: TextEncoding { asciiOnly ? .ascii : .unicode }

  private func civil(_ second: EpochSecond) -> CivilTime {
    CivilTime(second, offset: offset(second))
  }
}

// MARK: - Intervals

extension TextWriter {
  /// `2019-02-07 21:12:20  14.1/s    141 hits  171.8 kB  2xx 128  3xx 0 ...`
  private mutating func interval(_ report: IntervalReport) {
    style.appendTime(report.from, to: &line)
    line += "  ".utf8
    // The rate from the left and the hits from the right share a field, so that both line up.
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
    for dimension in Dimension.allCases {
      append(report.rankings[dimension], dimension.profile)
    }
    if report.partial { line += "   (partial)".utf8 }
  }

  /// The four classes that matter always, the other two where there are any.
  private mutating func appendStatuses(_ counts: StatusCounts) {
    for status in StatusClass.displayOrder {
      let always = status != .informational && status != .other
      guard always || counts[status] > 0 else { continue }
      line += "  ".utf8
      line += status.name.utf8
      line += " ".utf8
      line += String(counts[status]).utf8
    }
  }

  private mutating func append(_ ranking: [RankedName], _ profile: DimensionProfile) {
    guard !profile.isListedInText else { return appendList(ranking) }
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

  /// An estimate is written as the range in which the truth lies: `123..126`.
  private mutating func appendCount(_ hits: Int, error: Int) {
    if error > 0 {
      line += String(max(0, hits - error)).utf8
      line += "..".utf8
    }
    line += String(hits).utf8
  }

  /// Text from a log never reaches a terminal but through here.
  private mutating func appendName(_ name: Name) {
    line += SafeString(name.bytes, limit: Self.nameLimit, as: style.encoding).text.utf8
  }

  private mutating func appendSpaces(_ count: Int) {
    line += repeatElement(UInt8(ascii: " "), count: max(0, count))
  }
}

// MARK: - The end

extension TextWriter {
  /// `4831 lines: 4830 hits (0 late), 0 rejected, 1 ignored, 2019-02-07 21:10:59 to 21:19:00`
  private mutating func end(_ report: EndReport) {
    // Advice stands on lines of its own, so that the summary is the last one.
    for notice in report.notices { line += "\(notice.text)\n".utf8 }
    let tally = report.tally
    line += "\(tally.lines) lines: \(tally.hits) hits (\(tally.late) late), ".utf8
    line += "\(tally.rejected.text()), \(tally.ignored) ignored".utf8
    if let first = report.first, let last = report.last {
      line += ", ".utf8
      style.appendSpan(from: first, to: last, bytes: &line)
    }
  }
}
