import Foundation

/// Whole runs of the program in pairs with `wc -l` and with counting the lines on two threads, on logs
/// of every shape.
struct WholeBench {
  var shapes: [LogShape]
  /// The lines of each log.
  var lines: Int
  /// What `--lateness` is, in seconds; `nil` for the default.
  var lateness: Int?

  private static let pairs = 15
  private static let table = TextTable(
    nameWidth: 20, columnWidths: [18, 9, 8, 6, 22, 22])

  /// Measures and prints two rows for each shape: on all cores, and on one.
  func run() {
    print(
      """
      \(lines) lines a log, in the page cache; JSON lines to nowhere\
      \(lateness.map { ", --lateness \($0)" } ?? "")
      medians of \(Self.pairs) pairs (with the quartiles); beside it two threads count the lines, on one \
      core one thread
      """)
    Self.table.print(
      "", ["ns a line", "seconds", "CPU s", "MiB", "wc -l = 1", "counting = 1"])
    let hasTaskset = ChildProgram.wordCount("").onOneCore().isInstalled
    if !hasTaskset { print("taskset: not installed; nothing is measured on one core") }
    for shape in shapes {
      let log = SimulatedLog(shape, lines: lines)
      measure("\(shape.name), \(log.size / 1_000_000) MB", log, isOnOneCore: false)
      if hasTaskset { measure("  on one core", log, isOnOneCore: true) }
      log.remove()
    }
  }

  private func measure(_ name: String, _ log: SimulatedLog, isOnOneCore: Bool) {
    var wordCount = ChildProgram.wordCount(log.path)
    var program = ChildProgram.monitor(lateness.map { ["--lateness", "\($0)"] } ?? [])
    program.arguments.append(log.path)
    if isOnOneCore { (wordCount, program) = (wordCount.onOneCore(), program.onOneCore()) }
    let memory = program.peakMemory()
    var runs: [ChildProgram.Usage] = []
    var overWordCount: [Double] = []
    var overCounting: [Double] = []
    for pair in 0..<Self.pairs {
      let counting = Measurement.seconds("counting") {
        LineCounter.countLines(log.path, threads: isOnOneCore ? 1 : 2)
      }
      // Each comes first in half of the pairs.
      let isFirst = pair.isMultiple(of: 2)
      let before = isFirst ? program.run() : nil
      let base = wordCount.run()
      let run = before ?? program.run()
      runs.append(run)
      overWordCount.append(run.seconds / base.seconds)
      overCounting.append(run.seconds / counting)
    }
    let seconds = Spread(runs.map(\.seconds))
    Self.table.print(
      name,
      [
        seconds.text(scale: 1e9 / Double(log.lines), digits: 0),
        String(format: "%.3f", seconds.median),
        String(format: "%.3f", Spread(runs.map(\.processor)).median),
        "\(memory >> 20)", Spread(overWordCount).text(digits: 2),
        Spread(overCounting).text(digits: 2),
      ])
  }
}
