import AccessLog
import Engine
import LogInput
import LogParsing
import TrafficAnalysis

/// The stages that are measured. Each returns a number made of its result, so that the optimizer
/// cannot leave work out; 0 where the file cannot be read.
enum Stages {
  /// Reads the file and parses its lines into records.
  static func parse(_ path: String) -> Int {
    guard let source = try? FileSource(path: Name(path)) else { return 0 }
    var parser = LogParser()
    let batch = RecordBatch()
    let size = 512 * 1024
    var block = [UInt8](repeating: 0, count: size + LineBytes.padding)
    var filled = 0
    var checksum = 0
    while true {
      let read = block.withUnsafeMutableBytes { bytes in
        try? source.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[filled..<size]))
      }
      guard case .bytes(let count)? = read else { break }
      filled += count
      batch.removeAll()
      let consumed = block.withUnsafeBufferPointer {
        parser.parse(
          UnsafeBufferPointer(start: $0.baseAddress, count: filled), isLast: false, into: batch)
      }
      checksum &+= batch.records.count &+ Int(batch.records.last?.bytes ?? 0)
      block.withUnsafeMutableBufferPointer { bytes in
        guard let base = bytes.baseAddress else { return }
        base.update(from: base + consumed, count: filled - consumed)
      }
      filled -= consumed
    }
    return checksum
  }

  /// Everything that a report does except writing it.
  @MainActor
  static func analyze(_ path: String) -> Int {
    var events = 0
    let lines = ReportDriver.run(path) { events += $0.count }
    return events + (lines ?? 0)
  }
}
