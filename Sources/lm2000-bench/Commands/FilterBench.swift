import AccessLog
import Conditions
import LogParsing

/// What a filter costs on each line of the combined format, beside reading it without one.
enum FilterBench {
  private static let turns = 15

  /// A condition, and what it shows.
  private static let filters: [(name: String, text: String)] = [
    ("= status", "status=404"), ("= class", "status=5xx"), ("= section", "section=/api"),
    ("= 3 sections", "section=/a,/b,/report"), ("= client", "client=10.0.0.7"),
    ("= 100 clients", "client=" + (0..<100).map { "10.9.9.\($0)" }.joined(separator: ",")),
    ("= method", "method=POST"), ("= query", "query=x"), ("network", "client=10.0.0.0/8"),
    ("number", "bytes>1.5k"), ("glob of path", "path~/api/*"),
    ("glob of agent", "agent~*firefox*"), ("glob with ?", "agent~*fire?ox*"),
    ("bot", "bot=yes"),
    (
      "10 of one text",
      "section=/a or section=/b or section=/c or section=/d or section=/e or section=/f or "
        + "section=/g or section=/h or section=/i or section=/j"
    ),
    (
      "10 mixed",
      "not client=192.0.2.0/24 bytes>=0 method!=X (status=404 or status<600) (section=/x or "
        + "path!~/zzz*) user!=x not (query=x or client=x)"
    ),
  ]

  /// Measures every condition and prints a row for each.
  static func measure(lines: Int) {
    var stream = LogShape.plain.stream()
    var (log, block): ([UInt8], [UInt8]) = ([], [])
    while stream.lines < lines {
      stream.nextBlock(of: lines, into: &block)
      log += block
    }
    let padded = log + [UInt8](repeating: 0, count: LineBytes.padding)
    var stages: [Measurement.Stage] = [("none", { parse(padded, nil) })]
    for filter in filters {
      let condition = parsed(filter.text)
      stages.append((filter.name, { parse(padded, condition) }))
    }
    let times = Measurement.turns(turns, of: stages)
    print("\(lines) lines of combined; medians of \(turns) turns (with the quartiles)")
    let table = TextTable(nameWidth: 16, columnWidths: [22, 22, 8])
    table.print("", ["ns a line", "more than without", "terms"])
    let scale = 1e9 / Double(lines)
    for (index, stage) in stages.enumerated() {
      let terms = index == 0 ? 0 : parsed(filters[index - 1].text).expression.termCount
      table.print(
        stage.name,
        [
          Spread(times.map { $0[index] }).text(scale: scale, digits: 1),
          Spread(times.map { $0[index] - $0[0] }).text(scale: scale, digits: 1), "\(terms)",
        ])
    }
    measureGrammar()
  }

  private static func parsed(_ text: String) -> Condition {
    do {
      return try Condition(parsing: text)
    } catch {
      Measurement.stop("\(text): \(error.message)")
    }
  }

  /// - Returns: the number of hits.
  private static func parse(_ log: [UInt8], _ filter: Condition?) -> Int {
    var options = ParsingOptions()
    options.conditions.filter = filter
    var parser = LogParser(format: FormatCatalog.format(named: "combined"), options)
    let batch = RecordBatch(options.wantedFacts)
    return log.withUnsafeBufferPointer { buffer in
      let block = UnsafeBufferPointer(
        start: buffer.baseAddress, count: log.count - LineBytes.padding)
      _ = parser.parse(block, isLast: true, into: batch)
      return batch.records.count
    }
  }

  // MARK: - Texts

  /// Measures how long the largest texts take to be parsed, or to be refused.
  private static func measureGrammar() {
    let terms = Array(repeating: "user=a", count: 1000).joined(separator: " ")
    let texts: [(name: String, text: String)] = [
      ("1,000 terms", terms), ("1,001 terms", terms + " user=a"),
      ("depth 100", nested(100)), ("depth 101", nested(101)), ("depth 4,000", nested(4000)),
      ("10,000 (", String(repeating: "(", count: 10_000)),
      ("1,000,000 (", String(repeating: "(", count: 1_000_000)),
      ("10,000 bytes", "user=" + String(repeating: "a", count: 9995)),
    ]
    let table = TextTable(nameWidth: 16, columnWidths: [22, 12])
    table.print("text", ["µs", ""])
    for (name, text) in texts {
      let isCondition = (try? Condition(parsing: text)) != nil
      let time = Measurement.time(name, runs: 50) {
        1 + ((try? Condition(parsing: text))?.expression.termCount ?? 0)
      }
      table.print(name, [time.text(scale: 1e6, digits: 1), isCondition ? "parsed" : "refused"])
    }
  }

  private static func nested(_ depth: Int) -> String {
    String(repeating: "(", count: depth) + "user=a" + String(repeating: ")", count: depth)
  }
}
