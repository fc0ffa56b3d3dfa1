import Foundation

/// Whole runs of the program on one log, on the same lines in ten logs, and on a compressed one.
struct SeveralBench {
  /// The lines of all logs together.
  var lines: Int

  private static let pairs = 15
  private static let logs = 10
  /// The compressed logs hold this part of the lines: some tools are slow.
  private static let part = 5
  private static let table = TextTable(nameWidth: 34, columnWidths: [12, 10, 22])

  func run() {
    print(
      "\(lines) lines in all, in the page cache; medians of \(Self.pairs) pairs (with the quartiles)"
    )
    Self.table.print("", ["ns a line", "MiB", "one log = 1"])
    let one = SimulatedLog(.dense, lines: lines)
    let base = ChildProgram.monitor([one.path])
    let parts = cut(one.path, inTurn: false)
    compare("ten parts, one after the other", .monitor(parts), with: base)
    remove(parts)
    let shares = cut(one.path, inTurn: true)
    compare("dealt out to ten logs", .monitor(shares), with: base)
    remove(shares)
    let hosts = (0..<Self.logs).map { number in
      SimulatedLog(
        .dense.with {
          $0.name = "host\(number)"
          $0.seed = number
        }, lines: lines / Self.logs)
    }
    compare("ten servers at the same time", .monitor(hosts.map(\.path)), with: base)
    for host in hosts { host.remove() }
    one.remove()
    compress()
  }

  private func compare(
    _ name: String, _ program: ChildProgram, with base: ChildProgram, lines: Int? = nil
  ) {
    let memory = program.peakMemory()
    _ = base.run()
    var runs: [ChildProgram.Usage] = []
    var ratios: [Double] = []
    for pair in 0..<Self.pairs {
      // Each comes first in half of the pairs.
      let before = pair.isMultiple(of: 2) ? program.run() : nil
      let other = base.run()
      let run = before ?? program.run()
      runs.append(run)
      ratios.append(run.seconds / other.seconds)
    }
    Self.table.print(
      name,
      [
        Spread(runs.map(\.seconds)).text(scale: 1e9 / Double(lines ?? self.lines), digits: 0),
        "\(memory >> 20)", Spread(ratios).text(digits: 2),
      ])
  }

  /// Compares a compressed log with the usual tools in a pipe.
  private func compress() {
    let log = SimulatedLog(.dense, lines: lines / Self.part)
    defer { log.remove() }
    let path = log.path
    print("\n\(log.lines) lines, compressed")
    Self.table.print("", ["ns a line", "MiB", "TOOL -dc | wc -l = 1"])
    for (tool, ending) in [("gzip", "gz"), ("zstd", "zst"), ("xz", "xz"), ("bzip2", "bz2")] {
      let packer = Self.shell("\(tool) -1 -c '\(path)' > '\(path).\(ending)'")
      let reader = Self.shell("\(tool) -dc '\(path).\(ending)' | wc -l")
      guard
        FileManager.default.isExecutableFile(atPath: "/usr/bin/\(tool)")
          || FileManager.default.isExecutableFile(atPath: "/bin/\(tool)")
      else {
        print("\(tool): not installed")
        continue
      }
      _ = packer.run()
      compare(tool, .monitor(["\(path).\(ending)"]), with: reader, lines: log.lines)
      unlink("\(path).\(ending)")
    }
  }

  private static func shell(_ command: String) -> ChildProgram {
    ChildProgram(name: command, path: "/bin/sh", arguments: ["-c", command])
  }

  /// Cuts a log into ten: in order, or line by line in turn. (split(1))
  private func cut(_ path: String, inTurn: Bool) -> [String] {
    let prefix = TemporaryFolder.path + "/part"
    let number = inTurn ? "r/\(Self.logs)" : "l/\(Self.logs)"
    _ = Self.shell("split -d -n \(number) '\(path)' '\(prefix)'").run()
    return (0..<Self.logs).map { String(format: "%@%02d", prefix, $0) }
  }

  private func remove(_ paths: [String]) {
    for path in paths { unlink(path) }
  }
}
