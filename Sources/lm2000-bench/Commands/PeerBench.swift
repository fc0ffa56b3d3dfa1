import Foundation

/// Whole runs of other programs on the same log, where they are installed.
struct PeerBench {
  /// The lines of the log.
  var lines: Int

  private static let runs = 3
  private static let table = TextTable(nameWidth: 18, columnWidths: [12, 10, 10, 8, 14])

  /// Measures every program and prints a row for each.
  func run() {
    let log = SimulatedLog(.dense, lines: lines)
    defer { log.remove() }
    print("combined, \(lines) lines, \(log.size / 1_000_000) MB; medians of \(Self.runs) runs")
    Self.table.print("", ["ns a line", "seconds", "CPU s", "MiB", "lm2000 = 1"])
    let monitor = ChildProgram.monitor([log.path])
    var base: Double?
    for program in [monitor, .wordCount(log.path)] + Self.others(log.path) {
      guard program.isInstalled else {
        print("\(program.name): not installed (\(program.path))")
        continue
      }
      let memory = program.peakMemory()
      let runs = (0..<Self.runs).map { _ in program.run() }
      let seconds = Spread(runs.map(\.seconds)).median
      let own = base ?? seconds
      base = own
      Self.table.print(
        program.name,
        [
          String(format: "%.0f", seconds * 1e9 / Double(lines)), String(format: "%.2f", seconds),
          String(format: "%.2f", Spread(runs.map(\.processor)).median),
          "\(memory >> 20)", String(format: "%.2f", seconds / own),
        ])
    }
  }

  private static func others(_ log: String) -> [ChildProgram] {
    let query = ";SELECT cs_uri_stem, count(*) FROM access_log GROUP BY 1 ORDER BY 2 DESC LIMIT 10"
    return [
      ChildProgram(
        name: "goaccess", path: "/usr/bin/goaccess",
        arguments: [
          log, "--log-format=COMBINED", "--no-global-config", "-o",
          TemporaryFolder.path + "/goaccess.json",
        ]),
      ChildProgram(
        name: "lnav, one query", path: "/usr/bin/lnav", arguments: ["-n", "-c", query, log]),
    ]
  }
}
