import Foundation

/// The speed of reading a log, stage by stage, beside `wc -l`.
enum SpeedBench {
  private static let turns = 7

  /// Measures every stage on the file and prints the figures.
  @MainActor
  static func measure(_ path: String) {
    // Also brings the file into the page cache.
    let lines = LineCounter.countLines(path)
    guard lines > 0 else { Measurement.stop("\(path): no line in it") }
    let wordCount = ChildProgram.wordCount(path)
    let stages: [Measurement.Stage] = [
      ("wc -l", { wordCount.run().seconds > 0 ? lines : 0 }),
      ("read only", { LineCounter.readBytes(path) }),
      ("read and count lines", { LineCounter.countLines(path) }),
      ("parse", { Stages.parse(path) }),
      ("parse and analyze", { Stages.analyze(path) }),
      ("whole report", { ReportDriver.writeJSON(of: path) }),
    ]
    let times = Measurement.turns(turns, of: stages)
    report(stages.map(\.name), times, lines: lines, path: path)
  }

  private static func report(_ names: [String], _ times: [[Double]], lines: Int, path: String) {
    let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    let method = "medians of \(times.count) turns (with the quartiles)"
    print("\(lines) lines, \(size / 1_000_000) MB; \(method)")
    let table = TextTable(nameWidth: 22, columnWidths: [22, 8, 24])
    table.print("", ["ns a line", "MB/s", "wc -l = 1"])
    for (index, name) in names.enumerated() {
      let seconds = Spread(times.map { $0[index] })
      table.print(
        name,
        [
          seconds.text(scale: 1e9 / Double(lines), digits: 1),
          String(format: "%.0f", Double(size) / seconds.median / 1e6),
          Spread(times.map { $0[index] / $0[0] }).text(digits: 2),
        ])
    }
    Measurement.reportPeakMemory()
  }
}
