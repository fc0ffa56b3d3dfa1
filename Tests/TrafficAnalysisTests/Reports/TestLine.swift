import AccessLog
import ReferenceModel

@testable import TrafficAnalysis

/// A line of a generated log.
struct TestLine {
  var time: Int64
  /// `nil` for a hit.
  var rejection: Rejection?
  var isBlank = false
  var section = "/a"
  var client = "10.0.0.1"
  var path = "/a/b"
  var status: UInt16 = 200
  var bytes: Int64 = 1
  var method: Method? = .get
  /// In microseconds.
  var latency = FactColumns.noLatency

  /// Adds the line to a batch that wants paths, or no names, and the conditions.
  func add(to batch: RecordBatch, _ conditions: ConditionList = ConditionList()) {
    if isBlank { return batch.add(line: nil) }
    if let rejection { return batch.add(line: rejection) }
    if !conditions.conditions.isEmpty {
      var word: UInt64 = 0
      for (bit, condition) in conditions.conditions.enumerated() where satisfies(condition) {
        word |= 1 << bit
      }
      batch.add(matches: word)
    }
    if batch.wantedDimensions.contains(.path) {
      batch.addName(batch.id(adding: Name(path), in: .path))
    }
    if latency >= 0 { batch.setLatency(latency) }
    let code = StatusCode(status)
    var record = Record(
      time: EpochSecond(time), bytes: bytes,
      names: CommonNames(
        section: batch.id(adding: Name(section), in: .section),
        client: batch.id(adding: Name(client), in: .client), status: batch.id(of: code)),
      status: code.statusClass, method: method)
    record.isFilteredOut = conditions.filter.map { !satisfies($0) } ?? false
    batch.add(record)
  }

  private func satisfies(_ condition: Condition) -> Bool {
    let name =
      switch condition.expression.onlyTerm?.field {
      case .section: section
      case .client: client
      case .path: path
      default: "\(StatusCode(status).name)"
      }
    let bytes = Array(name.utf8)
    return bytes.withUnsafeBufferPointer { TestCondition(condition).holds($0) }
  }
}

/// The log of one server.
struct TestLog {
  var lines: [TestLine] = []

  /// What clocks do in a generated log.
  struct Clocks {
    /// How far lines are out of order, in seconds.
    var jitter: Int64 = 2
    /// Of a thousand lines, those that are late, by up to so many seconds.
    var late = 5
    var mostLate: Int64 = 200
    /// Of a thousand lines, those from a wrong clock.
    var rogue = 0
    /// Of a thousand seconds, those behind which time leaps.
    var leaps = 0
  }

  static func random(
    _ count: Int, from start: Int64, _ clocks: Clocks, _ random: inout RandomSource
  ) -> TestLog {
    var log = TestLog()
    var now = start
    while log.lines.count < count {
      now += random.pick([0, 0, 0, 1, 1, 2, random.number(0...20)])
      if random.chance(clocks.leaps) { now += random.number(61...5000) }
      for _ in 0..<random.number(1...12) {
        log.lines.append(line(at: now, clocks, &random))
      }
    }
    return log
  }

  private static func line(
    at now: Int64, _ clocks: Clocks, _ random: inout RandomSource
  ) -> TestLine {
    var line = TestLine(time: now + random.number(-clocks.jitter...0))
    if random.chance(clocks.late) { line.time -= random.number(0...clocks.mostLate) }
    if random.chance(clocks.rogue) { line.time += random.pick([3600, 86_400, 1_000_000_000]) }
    if random.chance(10) { line.rejection = random.pick([.shape, .time, .status]) }
    if random.chance(10) { line.isBlank = true }
    line.section = "/\(random.pick(["a", "b", "c", "d"]))"
    line.path = "\(line.section)/\(random.number(0...9))"
    line.client = "10.0.0.\(random.number(0...60))"
    line.status = random.pick([200, 200, 200, 204, 301, 404, 404, 500, 503, 999])
    line.bytes = random.pick([0, 512, 100_000])
    line.method = random.pick([.get, .get, .post, nil])
    line.latency = random.pick([FactColumns.noLatency, 20_000, random.number(0...3_000_000)])
    return line
  }
}
