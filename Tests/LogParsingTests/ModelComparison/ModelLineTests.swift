import AccessLog
import Foundation
import LogParsing
import ReferenceModel
import Testing

/// Lines of generated logs as the parser and as the model read them: every fact of every line.
///
/// `LM2000_MODEL_LOGS` sets the number of logs.
@Suite struct ModelLineTests {
  private static let shares = 8
  private static let logs =
    ProcessInfo.processInfo.environment["LM2000_MODEL_LOGS"].flatMap(Int.init) ?? 500

  @Test(arguments: 0..<shares)
  func everyLineSaysWhatTheModelReads(share: Int) {
    var reported = 0
    for seed in stride(from: 1 + share, through: Self.logs, by: Self.shares) {
      let log = GeneratedLog(seed: UInt64(seed))
      guard differs(log.bytes, log.options) else { continue }
      Issue.record(Comment(rawValue: report(log, seed: seed)))
      reported += 1
      if reported == 5 { return }
    }
  }

  /// Whether the hits differ, or how many lines of each other kind there are. While no line matches,
  /// the parser only counts them.
  private func differs(_ bytes: [UInt8], _ options: ModelOptions) -> Bool {
    let parsed = ParsedLines(bytes, options)
    let model = ReferenceModel.lines(bytes, options: options)
    return parsed.format != model.format || hits(parsed.lines) != hits(model.lines)
      || others(parsed.lines) != others(model.lines)
  }

  private func hits(_ lines: [ModelLine]) -> [ModelHit] {
    lines.compactMap { if case .hit(let hit) = $0 { hit } else { nil } }
  }

  private func others(_ lines: [ModelLine]) -> [String: Int] {
    lines.reduce(into: [:]) { counts, line in
      if case .hit = line { return }
      counts["\(line)", default: 0] += 1
    }
  }

  private func report(_ log: GeneratedLog, seed: Int) -> String {
    let small = shrunk(log.bytes) { differs($0, log.options) }
    let parsed = ParsedLines(small, log.options)
    let model = ReferenceModel.lines(small, options: log.options)
    return """
      seed \(seed), format \(log.options.format), zone \(log.options.logZone)
      \(visible(small))
      parser: \(parsed.format ?? "-")
      \(parsed.lines.map(describe).joined(separator: "\n"))
      model: \(model.format ?? "-")
      \(model.lines.map(describe).joined(separator: "\n"))
      """
  }

  private func describe(_ line: ModelLine) -> String {
    guard case .hit(let hit) = line else { return "  \(line)" }
    let names = hit.names.sorted { $0.key < $1.key }.map { "\($0.key)=\(visible($0.value))" }
    let latency = hit.latency.map { "\($0) µs" } ?? "-"
    return "  hit at \(hit.time), \(hit.bytes) bytes, \(hit.method ?? "-"), \(latency), "
      + names.joined(separator: ", ")
  }
}

/// What the parser makes of each line of a log.
private struct ParsedLines {
  var lines: [ModelLine] = []
  var format: String?

  init(_ bytes: [UInt8], _ options: ModelOptions) {
    var parsing = ParsingOptions()
    parsing.zone = AssumedZone(offset: Int(options.logZone))
    parsing.wanted = Dimension.allCases.reduce(into: DimensionSet()) { $0.insert(DimensionSet($1)) }
    var parser = LogParser(format: Self.format(options.format), parsing, source: Name(options.path))
    let batch = RecordBatch(parsing.wantedFacts)
    parser.parse(bytes, into: batch)
    format = parser.format
    for index in 0...batch.records.count {
      for run in batch.runs where run.beforeRecord == index {
        let line = run.rejection.map { ModelLine.rejected(reason: "\($0)") } ?? .ignored
        lines += [ModelLine](repeating: line, count: run.count)
      }
      if index < batch.records.count { lines.append(.hit(hit(index, batch))) }
    }
  }

  private static func format(_ name: String) -> NamedFormat? {
    if name == "auto" { return nil }
    return FormatCatalog.format(named: name) ?? (try? NamedFormat(custom: name))
  }

  private func hit(_ index: Int, _ batch: RecordBatch) -> ModelHit {
    let record = batch.records[index]
    return batch.withFacts { facts in
      var names: [String: [UInt8]] = [:]
      for (dimension, name) in zip(facts.dimensions, facts.names(at: index)) {
        names["\(dimension)"] = Array(batch.name(name, in: dimension).bytes)
      }
      for dimension in Dimension.common {
        names["\(dimension)"] = Array(batch.name(record.names[dimension], in: dimension).bytes)
      }
      let latency = facts.latency(at: index)
      return ModelHit(
        time: record.time.value, bytes: record.bytes, method: record.method.map { $0.name },
        latency: latency < 0 ? nil : latency, names: names)
    }
  }
}
