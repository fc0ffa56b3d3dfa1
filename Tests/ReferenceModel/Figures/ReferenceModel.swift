/// A slow and plain implementation of the specification: lines are split, parsed one by one and
/// judged in order, and every window is counted again for every second. It shares no code with the
/// program, so that an error in one of them shows as a difference.
package enum ReferenceModel {
  /// The whole output of `lm2000 --output ndjson FILE` for a file of these bytes, read to its end.
  package static func run(_ bytes: [UInt8], options: ModelOptions) -> String {
    let read = read(bytes, options.path, options)
    var output = [startJSON(path: options.path, format: read.format)]
    if let traffic = read.traffic(options) { output += events(traffic).map(\.json) }
    output.append(read.tally.json(read.clock.hits, options))
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

  /// What was read of a log.
  struct ReadLog {
    var clock: ModelClockGuard
    var tally = Tally()
    var format: String?
    var lines = ModelLineClock()

    /// What rules are judged by; `nil` without a record.
    func traffic(_ options: ModelOptions) -> ModelTraffic? {
      guard let start = clock.start, let highest = clock.highest else { return nil }
      return ModelTraffic(
        hits: clock.inTime, first: clock.lastClosed(start) + 1, last: highest, lines: lines.lines,
        options: options)
    }
  }

  static func read(_ bytes: [UInt8], _ path: String, _ options: ModelOptions) -> ReadLog {
    var reader = ModelLineReader(options, path: path)
    var judgements: [Judgement?] = []
    for line in splitIntoLines(bytes) { judgements += reader.read(line) }
    judgements += reader.end(countsPieces: true)
    var log = ReadLog(clock: ModelClockGuard(options), format: reader.formatName)
    for judgement in judgements {
      log.tally.lines += 1
      switch judgement {
      case .record(let record) where isWanted(record, options):
        log.clock.deliver(filtered(record, options))
      case .rejected(let reason):
        log.tally.rejected[reason, default: 0] += 1
      default:
        log.tally.ignored += 1
      }
      log.lines.note(log.tally.lineCounts(log.clock), log.clock)
    }
    log.clock.end()
    log.lines.end(log.tally.lineCounts(log.clock), log.clock)
    log.tally.add(log.clock)
    return log
  }

  /// The record, with what the filter says of it.
  static func filtered(_ record: ModelRecord, _ options: ModelOptions) -> ModelRecord {
    var record = record
    record.passes = options.filter?.accepts(record) ?? true
    return record
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
  /// With those that the filter leaves out.
  var ignored = 0
  var filtered = 0
  var rejected: [ModelRejection: Int] = [:]
  var first: Int64?
  var last: Int64?

  mutating func add(_ clock: ModelClockGuard) {
    let all = clock.hits
    hits = all.count
    late = clock.late.count
    ignored += clock.filtered
    filtered += clock.filtered
    rejected[.future, default: 0] += clock.future
    first = all.map(\.time).min()
    last = all.map(\.time).max()
  }

  mutating func add(_ other: Tally) {
    lines += other.lines
    hits += other.hits
    late += other.late
    ignored += other.ignored
    filtered += other.filtered
    rejected.merge(other.rejected, uniquingKeysWith: +)
    first = [first, other.first].compactMap { $0 }.min()
    last = [last, other.last].compactMap { $0 }.max()
  }

  /// Of the lines of which it is known what becomes of them, before what the clock says is added.
  func lineCounts(_ clock: ModelClockGuard) -> ModelLineCounts {
    ModelLineCounts(
      lines: lines - clock.quarantine.count, late: clock.late.count,
      rejected: rejected.values.reduce(clock.future, +), future: clock.future)
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
      + (options.filter == nil ? "" : ",\"filtered\":\(filtered)")
      + (options.reportsTotals ? totalsJSON(all, options: options) : "") + "}"
  }
}
