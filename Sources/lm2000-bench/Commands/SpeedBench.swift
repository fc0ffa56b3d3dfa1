import Foundation

/// The speed of reading a log, stage by stage, beside `wc -l`.
enum SpeedBench {
  /// Measures every stage on the file and prints the figures.
  @MainActor
  static func measure(_ path: String) {
    // Also brings the file into the page cache.
    let lines = Baselines.countLines(path)
    guard lines > 0 else { Measurement.stop("\(path): no line in it") }
    let measurements = [
      Measurement.time("wc -l") { Baselines.wordCount(path) },
      Measurement.time("read and count") { Baselines.countLines(path) },
      Measurement.time("parse") { Stages.parse(path) },
      Measurement.time("parse and analyze") { Stages.analyze(path) },
    ]
    report(measurements, lines: lines, path: path)
  }

  private static func report(_ measurements: [Measurement], lines: Int, path: String) {
    let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    print("\(lines) lines, \(size / 1_000_000) MB; the best of \(Measurement.runs) runs, one core")
    print(row(["", "seconds", "ns a line", "million lines/s", "MB/s", "wc -l = 1"]))
    let base = measurements.first?.seconds ?? 1
    for measurement in measurements {
      print(
        row([
          measurement.name, number(measurement.seconds, 3),
          number(measurement.seconds * 1e9 / Double(lines), 1),
          number(Double(lines) / measurement.seconds / 1e6, 2),
          number(Double(size) / measurement.seconds / 1e6, 0),
          number(measurement.seconds / base, 1),
        ]))
    }
    Measurement.reportPeakMemory()
  }

  private static func row(_ cells: [String]) -> String {
    cells.enumerated().map { index, cell in
      let width = index == 0 ? 20 : 16
      let space = String(repeating: " ", count: max(0, width - cell.count))
      return index == 0 ? cell + space : space + cell
    }.joined()
  }

  private static func number(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }
}
