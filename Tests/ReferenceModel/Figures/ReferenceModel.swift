/// A slow and plain implementation of the specification: lines are split, parsed one by one and
/// judged in order, and every window is counted again for every second. It shares no code with the
/// program, so that an error in one of them shows as a difference.
package enum ReferenceModel {
  /// The whole output of `lm2000 --output ndjson FILE` for a file of these bytes, read to its end.
  package static func run(_ bytes: [UInt8], options: ModelOptions) -> String {
    let (clock, tally, format) = read(bytes, options.path, options)
    var output = [startJSON(path: options.path, format: format)]
    if let highest = clock.highest {
      output += events(clock.inTime, highest: highest, options: options).map(\.json)
    }
    output.append(tally.json(clock.hits, options))
    return output.map { $0 + "\n" }.joined()
  }

  /// The whole output of `lm2000 --output ndjson FILE...` for files of these bytes: each is judged
  /// alone, and what counts is added up.
  ///
  /// - Parameter paths: the name of each file.
  package static func run(_ files: [[UInt8]], paths: [String], options: ModelOptions) -> String {
    let read = zip(files, paths).map { self.read($0, $1, options) }
    var tally = Tally()
    for one in read { tally.add(one.tally) }
    var output = [startJSON(paths: paths, formats: read.map(\.format))]
    if let highest = read.compactMap(\.clock.highest).max() {
      let records = read.flatMap(\.clock.inTime)
      output += events(records, highest: highest, options: options).map(\.json)
    }
    output.append(tally.json(read.flatMap(\.clock.hits), options))
    return output.map { $0 + "\n" }.joined()
  }

  /// How often the log reaches each branch.
  package static func branches(_ bytes: [UInt8], options: ModelOptions) -> [ClockBranch: Int] {
    read(bytes, options.path, options).clock.branches
  }

  /// What kinds of lines the log contains.
  package static func lineBranches(_ bytes: [UInt8], options: ModelOptions) -> Set<LineBranch> {
    let recorder = LineBranch.Recorder()
    LineBranch.$recorder.withValue(recorder) { _ = read(bytes, options.path, options) }
    return recorder.branches
  }

  private static func read(
    _ bytes: [UInt8], _ path: String, _ options: ModelOptions
  ) -> (clock: ModelClockGuard, tally: Tally, format: String?) {
    var reader = ModelLineReader(options, path: path)
    var judgements: [Judgement?] = []
    for line in splitIntoLines(bytes) { judgements += reader.read(line) }
    judgements += reader.end(countsPieces: true)
    var tally = Tally()
    tally.lines = judgements.count
    var clock = ModelClockGuard(options)
    for judgement in judgements {
      switch judgement {
      case .record(let record) where isWanted(record, options):
        clock.deliver(record)
      case .rejected(let reason):
        tally.rejected[reason, default: 0] += 1
      default:
        tally.ignored += 1
      }
    }
    clock.end()
    tally.add(clock)
    return (clock, tally, reader.formatName)
  }

  static func isWanted(_ record: ModelRecord, _ options: ModelOptions) -> Bool {
    if let since = options.since, record.time < since { return false }
    if let until = options.until, record.time >= until { return false }
    return true
  }
}

/// The counts of the end event.
struct Tally {
  var lines = 0
  var hits = 0
  var late = 0
  var ignored = 0
  var rejected: [ModelRejection: Int] = [:]
  var first: Int64?
  var last: Int64?

  mutating func add(_ clock: ModelClockGuard) {
    let all = clock.hits
    hits = all.count
    late = clock.late.count
    rejected[.future, default: 0] += clock.future
    first = all.map(\.time).min()
    last = all.map(\.time).max()
  }

  mutating func add(_ other: Tally) {
    lines += other.lines
    hits += other.hits
    late += other.late
    ignored += other.ignored
    rejected.merge(other.rejected, uniquingKeysWith: +)
    first = [first, other.first].compactMap { $0 }.min()
    last = [last, other.last].compactMap { $0 }.max()
  }

  /// The end event.
  ///
  /// - Parameter all: all hits.
  func json(_ all: [ModelRecord], _ options: ModelOptions) -> String {
    let total = rejected.values.reduce(0, +)
    let reasons: [ModelRejection] = [.shape, .time, .status, .bytes, .oversize, .future]
    let counts = reasons.map { "\"\($0.rawValue)\":\(rejected[$0] ?? 0)" }.joined(separator: ",")
    return "{\"event\":\"end\",\"lines\":\(lines),\"hits\":\(hits),\"late\":\(late),"
      + "\"rejected\":{\"total\":\(total),\(counts)},\"ignored\":\(ignored),"
      + "\"first\":\(first.map(String.init) ?? "null"),"
      + "\"last\":\(last.map(String.init) ?? "null")"
      + (options.reportsTotals ? totalsJSON(all, options: options) : "") + "}"
  }
}
