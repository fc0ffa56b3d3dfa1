import Foundation
import Synchronization

/// Follows a log that is written at a steady rate and rotated all the time: is every line read once
/// and in order?
@MainActor
final class FollowingBench {
  enum Rotation { case renaming, copying }

  private let rotation: Rotation
  private let count: Int
  private let linesEach: Int
  private let isSteady: Bool
  private let log: LogOnDisk
  private let progress = Progress()
  private var lines: LineCount
  private var reader: LogReader?
  private var before: Resources?
  private var ticksSinceEnd = 0

  /// What the writer's thread and the main thread tell each other.
  private final class Progress: Sendable {
    let rotations = Atomic<Int>(0)
    let linesRead = Atomic<Int>(0)
    let isDone = Atomic<Bool>(false)

    /// Waits until that many lines were read, but at most about 10 s.
    func waitUntilRead(_ lines: Int) {
      for _ in 0..<10_000 where linesRead.load(ordering: .acquiring) < lines { usleep(1000) }
    }
  }

  /// - Parameter isSteady: truncate the log after copying it without waiting until it was read.
  init(_ rotation: Rotation, count: Int, linesEach: Int, kept: Int, isSteady: Bool = false) {
    self.isSteady = isSteady
    log = LogOnDisk(kept: kept)
    self.rotation = rotation
    self.count = count
    self.linesEach = linesEach
    lines = LineCount(limit: (count + 1) * linesEach)
  }

  /// Runs the main loop until the writer is done, prints the figures and exits.
  func run() -> Never {
    close(log.openForAppending())
    let reader = LogReader([log.path]) { [unowned self] bytes in
      MainActor.assumeIsolated {
        self.lines.count(bytes)
        self.progress.linesRead.store(self.lines.lines, ordering: .releasing)
      }
    }
    self.reader = reader
    reader.start { [self] in tick() }
    let write = writer()
    Thread.detachNewThread(write)
    RunLoop.main.run()
    exit(1)
  }

  private func writer() -> @Sendable () -> Void {
    let (log, progress, rotation) = (log, progress, rotation)
    let (count, linesEach, isSteady) = (count, linesEach, isSteady)
    return {
      var writer = PacedWriter()
      var descriptor = log.openForAppending()
      for number in 1...count {
        writer.write(linesEach, to: descriptor)
        switch rotation {
        case .copying:
          // Lines that are truncated before they were read are still in the copy while it is kept.
          if !isSteady { progress.waitUntilRead(writer.written) }
          log.copyAndTruncate()
        case .renaming:
          log.rotate()
          close(descriptor)
          descriptor = log.openForAppending()
        }
        progress.rotations.store(number, ordering: .releasing)
      }
      writer.write(linesEach, to: descriptor)
      close(descriptor)
      progress.isDone.store(true, ordering: .releasing)
    }
  }

  private func tick() {
    // One-time allocations are done after a tenth of the rotations, or after a thousand.
    if before == nil, progress.rotations.load(ordering: .acquiring) >= min(count / 10, 1000) {
      before = .now()
    }
    guard progress.isDone.load(ordering: .acquiring) else { return }
    ticksSinceEnd += 1
    if ticksSinceEnd > 3 { report() }
  }

  private func report() -> Never {
    log.remove()
    let (after, start) = (Resources.now(), before ?? .now())
    let written = (count + 1) * linesEach
    let lost = lines.lost(of: written)
    let state = reader?.states.first
    let seconds = Double(written) / Double(PacedWriter.rate)
    print(
      """
      \(count) \(rotation == .renaming ? "rotations" : "copytruncates"), \(written) lines in about \
      \(Int(seconds)) s: lost \(lost), read twice \(lines.duplicates), out of order \(lines.outOfOrder), \
      torn \(lines.torn)
      seen: \(state?.rotations ?? 0) rotations, \(state?.truncations ?? 0) truncations, \
      \(state?.unreadFiles ?? 0) files missed; \
      at most \(Int(1000 * (reader?.longestPause ?? 0))) ms between two reads
      descriptors \(start.descriptors) -> \(after.descriptors), \
      memory \(start.memory >> 10) -> \(after.memory >> 10) KiB, \
      processor \(String(format: "%.1f", 100 * after.processor / seconds)) % of a core with the writer
      """)
    exit(lost + lines.duplicates + lines.outOfOrder + lines.torn == 0 ? 0 : 1)
  }
}
