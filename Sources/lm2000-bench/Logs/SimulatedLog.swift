import AccessLog
import Foundation
import TrafficGenerator

/// A simulated log in a temporary file, which the caller removes.
struct SimulatedLog {
  let path: String

  /// Ends the program where the file cannot be written.
  ///
  /// - Parameters:
  ///   - rate: hits a second.
  ///   - uniqueNames: every line has a client and a section of its own.
  ///   - wrappers: what is around each line, the outermost first.
  init(
    lines: Int, format: LineFormat, rate: Double = 200, uniqueNames: Bool = false,
    wrappers: [LineWrapper] = []
  ) {
    let kind = ([format.rawValue] + wrappers.map(\.rawValue)).joined(separator: "-")
    path = NSTemporaryDirectory() + "/lm2000-bench-\(getpid())-\(kind).log"
    var irregularities = Irregularities()
    if uniqueNames { irregularities.uniqueEvery = 1 }
    do {
      try write(lines: lines, format: format, rate: rate, irregularities, wrappers)
    } catch {
      remove()
      Measurement.stop("\(path): \(error)")
    }
  }

  private func write(
    lines: Int, format: LineFormat, rate: Double, _ irregularities: Irregularities,
    _ wrappers: [LineWrapper]
  ) throws {
    try Data().write(to: URL(filePath: path))
    let file = try FileHandle(forWritingTo: URL(filePath: path))
    let start = EpochSecond(1_773_478_800)
    var stream = TrafficStream(
      plan: .steady(rate: rate, origin: start), start: start, seed: 1, format: format,
      irregularities: irregularities, wrappers: wrappers)
    var remaining = lines
    while remaining > 0 {
      var bytes: [UInt8] = []
      _ = stream.append(to: &bytes, through: EpochSecond(.max), atMost: min(remaining, 20_000))
      remaining -= 20_000
      try file.write(contentsOf: bytes)
    }
    try file.close()
  }

  func remove() { unlink(path) }
}
