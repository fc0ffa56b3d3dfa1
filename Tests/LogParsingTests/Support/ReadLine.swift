import AccessLog
import LogParsing

/// What is made of a line: the fields of its record, or why there is none.
struct ReadLine: Equatable {
  var rejection: Rejection?
  var time: Int64 = 0
  var client = ""
  var section = ""
  var status = ""
  var bytes: Int64 = 0
  var method: Method?
  /// In microseconds; `nil` if the line does not give it.
  var latency: Int64?
  var path = ""
  var host = ""
  var user = ""
  var referrer = ""
  var agent = ""

  static let others: [Dimension] = [.path, .host, .user, .referrer, .agent]

  /// The lines of a log, those that are ignored left out.
  ///
  /// - Parameter others: the dimensions besides the common ones; names in any other are empty.
  static func all(
    in log: [UInt8], format: NamedFormat?, zone: AssumedZone = .utc, others: [Dimension] = others
  ) -> [ReadLine] {
    var options = ParsingOptions()
    options.zone = zone
    for dimension in others { options.wanted.insert(DimensionSet(dimension)) }
    var parser = LogParser(format: format, options)
    let batch = RecordBatch(options.wantedFacts)
    parser.parse(log, into: batch)
    let hits = batch.records.indices.map { hit(batch, $0) }
    let rejected = batch.runs.flatMap { run in
      Array(repeating: run.rejection.map { ReadLine(rejection: $0) }, count: run.count)
    }
    return hits + rejected.compactMap { $0 }
  }

  /// The line without its names in other dimensions than these.
  func keeping(_ others: [Dimension]) -> ReadLine {
    var line = self
    if !others.contains(.path) { line.path = "" }
    if !others.contains(.host) { line.host = "" }
    if !others.contains(.user) { line.user = "" }
    if !others.contains(.referrer) { line.referrer = "" }
    if !others.contains(.agent) { line.agent = "" }
    return line
  }

  private static func hit(_ batch: RecordBatch, _ index: Int) -> ReadLine {
    let record = batch.records[index]
    func name(_ dimension: Dimension) -> String {
      batch.name(record.names[dimension], in: dimension).description
    }
    var line = ReadLine()
    (line.time, line.bytes, line.method) = (record.time.value, record.bytes, record.method)
    (line.client, line.section, line.status) = (name(.client), name(.section), name(.status))
    batch.withFacts { facts in
      let latency = facts.latency(at: index)
      line.latency = latency < 0 ? nil : latency
      for (dimension, id) in zip(facts.dimensions, facts.names(at: index)) {
        let text = batch.name(id, in: dimension).description
        switch dimension {
        case .path: line.path = text
        case .host: line.host = text
        case .user: line.user = text
        case .referrer: line.referrer = text
        case .agent: line.agent = text
        default: break
        }
      }
    }
    return line
  }

  /// The single line of a log.
  init?(_ text: String, format: NamedFormat? = nil, zone: AssumedZone = .utc) {
    let lines = Self.all(in: Array(text.utf8), format: format, zone: zone)
    guard lines.count == 1 else { return nil }
    self = lines[0]
  }

  /// The single line of a log, in a format by name.
  init?(_ text: String, named name: String) {
    guard let format = FormatCatalog.format(named: name) else { return nil }
    self.init(text, format: format)
  }

  /// The single line of a log, in a custom format.
  init?(_ text: String, custom format: String, zone: AssumedZone = .utc) throws {
    self.init(text, format: try NamedFormat(custom: format), zone: zone)
  }

  init(rejection: Rejection? = nil) {
    self.rejection = rejection
  }

  /// A record. Texts that are not given are `-`.
  init(
    _ time: Int64, _ client: String, _ method: Method?, _ path: String, _ status: String,
    _ bytes: Int64, latency: Int64? = nil, section: String? = nil, host: String = "-",
    user: String = "-", referrer: String = "-", agent: String = "-"
  ) {
    (self.time, self.client, self.method, self.path) = (time, client, method, path)
    (self.status, self.bytes, self.latency) = (status, bytes, latency)
    (self.host, self.user, self.referrer, self.agent) = (host, user, referrer, agent)
    let segments = path.split(separator: "/", omittingEmptySubsequences: false)
    self.section = section ?? (path.hasPrefix("/") ? "/\(segments[1])" : path)
  }
}
