import AccessLog
import Foundation
import TrafficGenerator

/// A log made for measuring, in a file that the caller removes.
struct SimulatedLog {
  let path = NSTemporaryDirectory() + "/lm2000-bench-\(getpid()).log"

  init(lines: Int, format: LineFormat, rate: Double = 200) {
    do {
      try write(lines: lines, format: format, rate: rate)
    } catch {
      remove()
      Measurement.stop("\(path): \(error)")
    }
  }

  private func write(lines: Int, format: LineFormat, rate: Double) throws {
    try Data().write(to: URL(filePath: path))
    let file = try FileHandle(forWritingTo: URL(filePath: path))
    let start = EpochSecond(1_773_478_800)
    var stream = TrafficStream(
      plan: .steady(rate: rate, origin: start), start: start, seed: 1, format: format)
    var left = lines
    while left > 0 {
      var bytes: [UInt8] = []
      _ = stream.append(to: &bytes, through: EpochSecond(.max), atMost: min(left, 20_000))
      left -= 20_000
      try file.write(contentsOf: bytes)
    }
    try file.close()
  }

  func remove() { unlink(path) }
}
