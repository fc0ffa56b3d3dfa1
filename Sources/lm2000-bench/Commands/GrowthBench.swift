import Foundation

/// What a line costs in a log that is larger and larger, and the memory that the program needs.
struct GrowthBench {
  var shape: LogShape
  /// The lines of the largest log.
  var lines: Int

  private static let parts = [0.1, 0.2, 0.5, 1]
  private static let runs = 7
  private static let table = TextTable(nameWidth: 16, columnWidths: [20, 16, 8, 8])

  /// Measures the program on a log that grows, and prints a row for each size.
  func run() {
    print("\(shape.name), JSON lines to nowhere; medians of \(Self.runs) runs (with the quartiles)")
    Self.table.print("lines", ["ns a line", "smallest = 1", "CPU ns", "MiB"])
    var log = SimulatedLog(shape, lines: 0)
    defer { log.remove() }
    let program = ChildProgram.monitor([log.path])
    var smallest: Double?
    for part in Self.parts {
      log.grow(to: max(1, Int(Double(lines) * part)))
      let memory = program.peakMemory()
      let runs = (0..<Self.runs).map { _ in program.run() }
      let cost = Spread(runs.map { $0.seconds * 1e9 / Double(log.lines) })
      let base = smallest ?? cost.median
      smallest = base
      let processor = Spread(runs.map { $0.processor * 1e9 / Double(log.lines) })
      Self.table.print(
        "\(log.lines)",
        [
          cost.text(digits: 0), String(format: "%.2f", cost.median / base),
          String(format: "%.0f", processor.median),
          "\(memory >> 20)",
        ])
    }
  }
}
