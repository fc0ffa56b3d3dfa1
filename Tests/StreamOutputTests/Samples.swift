import AccessLog
import ReceiverKit

@testable import StreamOutput

let testSender = Name("web1:/var/log/access.log")
let testPath = Name("/var/log/access.log")

/// A report that closes one second with some hits.
func report(_ second: Int64, hits: Int = 1) -> SecondReport {
  var closed = ClosedSecond(second: EpochSecond(second))
  for _ in 0..<hits { closed.traffic.add(bytes: 10, status: .successful, method: .get) }
  var lines = LineTally()
  lines.lines = hits
  lines.hits = hits
  return SecondReport(
    from: EpochSecond(second), closed: closed, lines: lines,
    hitTimes: EpochSecond(second)...EpochSecond(second))
}

/// A turn in which one second closes, with a checkpoint that names it.
func turn(_ second: Int64) -> StreamTurn {
  StreamTurn(reports: [report(second)], checkpoints: [testPath: Array("\(second)".utf8)])
}

func monotonic() -> Double {
  let passed = start.duration(to: .now).components
  return Double(passed.seconds) + Double(passed.attoseconds) / 1e18
}

private let start = ContinuousClock.now

/// Limits that let attempts follow each other soon.
func quickLimits() -> StreamLimits {
  var limits = StreamLimits()
  limits.spool.firstPause = 0.01
  limits.spool.longestPause = 0.05
  limits.patience = 0.05
  limits.ending = 30
  limits.endingAway = 0.1
  return limits
}

func context(
  _ path: String?, content: StreamState.Content = .seconds, limits: StreamLimits = quickLimits()
) -> SpooledStream.Context {
  var context = SpooledStream.Context(
    topic: "kafka://b:9092/t", sender: testSender, content: content, spoolPath: path,
    monotonic: monotonic, wall: { EpochSecond(1_549_573_860) })
  context.limits = limits
  return context
}

extension FakeCarrier {
  /// The reports that arrived, in order.
  var reports: [SentReport] {
    arrived.compactMap { try? SentReport(decoding: $0.value) }
  }

  /// The seconds that a reader counts: of each series every number once, in rising order.
  var counted: [Int64] {
    var last: [UInt64: UInt64] = [:]
    return reports.filter { report in
      guard report.sequence > last[report.series] ?? 0 else { return false }
      last[report.series] = report.sequence
      return true
    }.map(\.report.through.value)
  }
}

extension Folder {
  /// The files of the only stream in `spool`.
  var streamFiles: [String] { names("spool/\(stream)") }

  /// The name of its folder.
  var stream: String { names("spool").first ?? "" }
}

/// The name of the file with a batch of one second.
func batchName(_ number: Int) -> String { String(repeating: "0", count: 15) + "\(number).1" }
