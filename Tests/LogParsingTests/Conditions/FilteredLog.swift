import AccessLog
import Conditions
import LogParsing

/// Which lines of a log satisfy conditions.
struct FilteredLog {
  /// For each hit, whether it passes the filter.
  var passing: [Bool] = []
  /// For each hit, the numbers of the conditions that it satisfies.
  var matches: [[Int]] = []

  /// - Parameters:
  ///   - filter: empty for none.
  ///   - conditions: of rules.
  init(
    _ log: [UInt8], filter: String = "", conditions: [String] = [], format: NamedFormat? = nil,
    wanted: DimensionSet = [], source: String = "-", pieces: Int = .max
  ) throws {
    var options = ParsingOptions()
    options.wanted = wanted
    if !filter.isEmpty { options.conditions.filter = try Condition(parsing: filter) }
    let numbers = try conditions.map {
      options.conditions.number(of: try Condition(parsing: $0))
    }
    var parser = LogParser(format: format, options, source: Name(source))
    let batch = RecordBatch(options.wantedFacts)
    parser.parse(log, pieces: pieces, into: batch)
    passing = batch.records.map { !$0.isFilteredOut }
    batch.withFacts { facts in
      matches = batch.records.indices.map { index in
        numbers.indices.filter { facts.matches(at: index).contains(numbers[$0]) }
      }
    }
  }

  init(_ log: String, filter: String, format: String? = nil, source: String = "-") throws {
    try self.init(
      Array(log.utf8), filter: filter, format: format.flatMap(FormatCatalog.format),
      source: source)
  }
}
