import Foundation

/// Follows quiet logs: what does waiting cost?
@MainActor
final class IdleBench {
  private static let files = 10

  private let seconds: Int
  private let logs = (0..<IdleBench.files).map { _ in LogOnDisk() }
  private var reader: LogReader?
  /// Where measuring began.
  private var start: (at: Double, used: Resources)?

  init(seconds: Int) {
    self.seconds = seconds
  }

  /// Runs the main loop for that long, prints the figures and exits.
  func run() -> Never {
    for log in logs { close(log.openForAppending()) }
    let reader = LogReader(logs.map(\.path)) { _ in }
    self.reader = reader
    let startTime = LogReader.monotonic()
    reader.start { [self] in tick(startTime) }
    RunLoop.main.run()
    exit(1)
  }

  private func tick(_ startTime: Double) {
    let now = LogReader.monotonic()
    // The cost of starting does not count.
    if start == nil, now - startTime > 2 { start = (now, .now()) }
    guard let start, now - start.at >= Double(seconds) else { return }
    let used = Resources.now()
    let elapsed = now - start.at
    let part = 100 * (used.processor - start.used.processor) / elapsed
    let wakes = Double(used.sleeps - start.used.sleeps) / elapsed
    print(
      """
      \(Self.files) quiet logs for \(Int(elapsed)) s: processor \(String(format: "%.2f", part)) % of \
      a core, \(String(format: "%.1f", wakes)) wake-ups a second, \(used.descriptors) descriptors
      """)
    for log in logs { log.remove() }
    exit(part < 1 && wakes <= 10 ? 0 : 1)
  }
}
