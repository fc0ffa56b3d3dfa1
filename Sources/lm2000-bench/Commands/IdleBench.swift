import Foundation

/// Quiet logs, followed: what does waiting cost?
@MainActor
final class IdleBench {
  private static let files = 10

  private let seconds: Int
  private let logs = (0..<IdleBench.files).map { _ in LogOnDisk() }
  private var reader: LogReader?
  private var start: (at: Double, used: Resources)?

  init(seconds: Int) {
    self.seconds = seconds
  }

  func run() -> Never {
    for log in logs { close(log.opened()) }
    let reader = LogReader(logs.map(\.path)) { _ in }
    self.reader = reader
    let begun = LogReader.monotonic()
    reader.start { [self] in tick(begun) }
    RunLoop.main.run()
    exit(1)
  }

  private func tick(_ begun: Double) {
    let now = LogReader.monotonic()
    // What starting costs is not waiting.
    if start == nil, now - begun > 2 { start = (now, .now()) }
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
