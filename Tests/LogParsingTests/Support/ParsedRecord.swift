import AccessLog
import LogParsing

/// All that is known of a hit, as text where it is a name.
struct ParsedRecord: Equatable {
  var time: Int64 = 0
  var client = "-"
  var section = "(no request)"
  var path = "(no request)"
  var status = "-"
  var bytes: Int64 = 0
  var method: AccessLog.Method?
  var host = "-"
  var user = "-"
  var referrer = "-"
  var agent = "-"
  /// Microseconds; negative for none.
  var latency: Int64 = -1

  private static let wanted: [Dimension] = [.path, .host, .user, .referrer, .agent]

  /// The hits of a log, with their names in all dimensions.
  static func all(
    in text: String, format: String? = nil, zone: AssumedZone = .utc
  ) -> [ParsedRecord] {
    all(in: Array(text.utf8), format: format, zone: zone)
  }

  static func all(
    in bytes: [UInt8], format: String? = nil, zone: AssumedZone = .utc
  ) -> [ParsedRecord] {
    let dimensions = wanted.reduce(into: DimensionSet()) { $0.formUnion(DimensionSet($1)) }
    var options = ParsingOptions()
    options.wanted = dimensions
    options.zone = zone
    var parser = LogParser(format: format.flatMap(FormatCatalog.format), options)
    let batch = RecordBatch(options.wantedFacts)
    parser.parse(bytes, into: batch)
    return batch.records.indices.map { ParsedRecord(batch, $0) }
  }

  private init(_ batch: RecordBatch, _ index: Int) {
    let record = batch.records[index]
    func name(_ id: NameID, _ dimension: Dimension) -> String {
      batch.name(id, in: dimension).description
    }
    time = record.time.seconds(since: EpochSecond(0))
    client = name(record.names.client, .client)
    section = name(record.names.section, .section)
    status = name(record.names.status, .status)
    (bytes, method) = (record.bytes, record.method)
    batch.withFacts { facts in
      latency = facts.latency(at: index)
      let names = zip(facts.dimensions, facts.names(at: index)).map { name($1, $0) }
      (path, host, user, referrer, agent) = (names[0], names[1], names[2], names[3], names[4])
    }
  }

  init(
    time: Int64, client: String, section: String, path: String? = nil, status: String = "200",
    bytes: Int64 = 0, method: AccessLog.Method? = .get
  ) {
    (self.time, self.client, self.section, self.status) = (time, client, section, status)
    (self.path, self.bytes, self.method) = (path ?? section, bytes, method)
  }

  /// The same with further values.
  func with(_ change: (inout ParsedRecord) -> Void) -> ParsedRecord {
    var copy = self
    change(&copy)
    return copy
  }
}
