import AccessLog
import LogParsing

/// Lines that are read in the loop for usual lines, and the same lines read one by one.
struct UsualLines {
  private struct Hit: Equatable {
    var time: EpochSecond
    var bytes: Int64
    var names: PerDimension<Name>
    var status: StatusClass
    var method: Method?
  }

  private struct Outcome: Equatable {
    var hits: [Hit] = []
    var others: [LineRun] = []

    init(_ batch: RecordBatch) {
      hits = batch.records.map { record in
        Hit(
          time: record.time, bytes: record.bytes,
          names: PerDimension { batch.name(record.names[$0], in: $0) }, status: record.status,
          method: record.method)
      }
      others = batch.runs
    }
  }

  private let lines: [[UInt8]]
  private let format: String

  /// CSV and the common-log family, and then the others.
  private static let formats: [String] =
    ["csv", "combined"]
    + FormatCatalog.all.map(\.name).filter { !["csv", "combined"].contains($0) }

  /// - Parameter bytes: the first one selects the format.
  init(_ bytes: [UInt8]) {
    format = Self.formats[Int(bytes.first ?? 0) % Self.formats.count]
    // A byte order mark is dropped only where a file begins.
    lines = bytes.dropFirst().split(separator: 10, omittingEmptySubsequences: false)
      .map { $0.first == 0xEF ? [0x2D] + $0 : Array($0) }
  }

  /// Checks that both ways give the same hits, and the same other lines between them.
  func run() {
    let together = LogLines(format)
    together.parse(lines.flatMap { $0 + [10] }, isLast: false)
    let apart = LogLines(format)
    for line in lines { apart.parse(line.isEmpty ? [0x20] : line, isLast: true) }
    require(
      Outcome(together.batch) == Outcome(apart.batch), "usual lines are read like any others")
  }

  private final class LogLines {
    private var parser: LogParser
    let batch = RecordBatch()

    init(_ format: String) {
      parser = LogParser(format: FormatCatalog.format(named: format))
    }

    func parse(_ bytes: [UInt8], isLast: Bool) {
      let padded = bytes + [UInt8](repeating: 0, count: LineBytes.padding)
      padded.withUnsafeBufferPointer { buffer in
        _ = parser.parse(
          UnsafeBufferPointer(start: buffer.baseAddress, count: bytes.count), isLast: isLast,
          into: batch)
      }
      if isLast { parser.beginNextFile() }
    }
  }
}
