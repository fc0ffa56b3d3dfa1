import Foundation

/// Times of whole runs, the best of some.
struct Measurement {
  let name: String
  /// Seconds.
  let seconds: Double
  let lines: Int

  private static let runs = 5

  static func time(
    _ name: String, lines: Int, runs: Int = Self.runs, _ body: () -> Int
  ) -> Measurement {
    var best = Double.infinity
    for _ in 0..<runs {
      let start = ContinuousClock.now
      guard body() > 0 else { stop("\(name): nothing was read") }
      let (seconds, attoseconds) = (ContinuousClock.now - start).components
      best = min(best, Double(seconds) + Double(attoseconds) / 1e18)
    }
    return Measurement(name: name, seconds: best, lines: lines)
  }

  /// Measures every stage on the file and prints the figures.
  static func compare(_ path: String) {
    // Brings the file into the page cache, too.
    let lines = countLines(path)
    guard lines > 0 else { stop("\(path): no line in it") }
    let measurements = [
      time("wc -l", lines: lines) { wordCount(path) },
      time("read and count", lines: lines) { countLines(path) },
      time("parse", lines: lines) { Stages.parse(path) },
      time("parse and analyze", lines: lines) { Stages.analyze(path) },
    ]
    report(measurements, lines: lines, path: path)
  }

  /// Ends the program with a reason, on one line.
  static func stop(_ reason: String, status: Int32 = 1) -> Never {
    FileHandle.standardError.write(Data("lm2000-bench: \(reason)\n".utf8))
    exit(status)
  }

  /// Reads in blocks and counts newlines with the C library's search.
  static func countLines(_ path: String) -> Int {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { stop("\(path): \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    var block = [UInt8](repeating: 0, count: 1 << 20)
    var lines = 0
    while true {
      let count = block.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return lines }
      lines += block.withUnsafeBytes { bytes in
        guard let base = bytes.baseAddress else { return 0 }
        var place = base
        var found = 0
        while let newline = memchr(place, 10, base + count - place) {
          found += 1
          place = UnsafeRawPointer(newline) + 1
        }
        return found
      }
    }
  }

  /// Runs `wc -l`; waited for by the system's own call, as Foundation's looks only now and then.
  /// (posix_spawn(3), waitpid(2))
  static func wordCount(_ path: String) -> Int {
    var arguments = ["wc", "-l", path].map { (word: String) in strdup(word) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    var child = pid_t()
    guard posix_spawn(&child, "/usr/bin/wc", &actions, nil, arguments, nil) == 0 else {
      return 0
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return status == 0 ? 1 : 0
  }

  static func report(_ measurements: [Measurement], lines: Int, path: String) {
    let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    print("\(lines) lines, \(size / 1_000_000) MB; the best of \(runs) runs, one core")
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
    reportPeakMemory()
  }

  static func reportPeakMemory() {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    print("peak memory \(usage.ru_maxrss / 1024) MiB")
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
