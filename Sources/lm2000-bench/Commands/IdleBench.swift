import Foundation

/// Runs the program on logs that bring nothing: what does waiting cost?
struct IdleBench {
  var seconds: Int

  private static let table = TextTable(nameWidth: 12, columnWidths: [18, 16])
  /// The lines of each log.
  private static let lines = 100
  /// The cost of starting does not count.
  private static let settling: UInt32 = 3

  /// Measures the program on so many logs, and prints a row for each number.
  func run(on counts: [Int] = [1, 10, 100]) {
    print("quiet logs followed for \(seconds) s")
    Self.table.print("logs", ["% of a core", "wake-ups a second"])
    let logs = (0..<(counts.max() ?? 0)).map { number in
      SimulatedLog(
        .plain.with {
          $0.name = "quiet\(number)"
          $0.seed = number
        }, lines: Self.lines)
    }
    for count in counts { measure(logs.prefix(count).map(\.path)) }
    for log in logs { log.remove() }
  }

  private func measure(_ paths: [String]) {
    let run = ChildProgram.monitor(["--follow"] + paths).start()
    sleep(Self.settling)
    let before = Resources.used(by: run.process)
    let start = ContinuousClock.now
    sleep(UInt32(seconds))
    let after = Resources.used(by: run.process)
    let elapsed = (ContinuousClock.now - start) / .seconds(1)
    run.kill()
    Self.table.print(
      "\(paths.count)",
      [
        String(format: "%.3f", 100 * (after.processor - before.processor) / elapsed),
        String(format: "%.1f", Double(after.sleeps - before.sleeps) / elapsed),
      ])
  }
}
