import Glibc

/// Writes numbered lines at a steady rate, a millisecond's worth at once.
struct PacedWriter {
  /// Lines a second.
  static let rate = 20_000
  private static let batchSize = rate / 1000

  private let start = ContinuousClock.now
  /// The lines written so far.
  private(set) var written = 0

  /// Writes lines, and waits where they are ahead of the rate.
  mutating func write(_ lines: Int, to descriptor: Int32) {
    var remaining = lines
    while remaining > 0 {
      let count = min(remaining, Self.batchSize)
      let text = (written..<written + count).map { "\($0) a line of an access log\n" }.joined()
      let bytes = Array(text.utf8)
      guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
        Measurement.stop("the log: short write")
      }
      written += count
      remaining -= count
      wait()
    }
  }

  private func wait() {
    let due = Duration.seconds(Double(written) / Double(Self.rate))
    let (seconds, attoseconds) = (due - (ContinuousClock.now - start)).components
    guard seconds >= 0, attoseconds > 0 else { return }
    usleep(UInt32(seconds * 1_000_000 + attoseconds / 1_000_000_000_000))
  }
}
