import AccessLog
import Foundation
import LogInput
import MonitorApp

/// Follows logs as the program does: the same notifications wake it, and the same code reads.
@MainActor
final class LogReader {
  private let loop = MainLoop()
  private let watch = FileWatch()
  private let logs: [FollowedFile]
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
  private let handle: (UnsafeRawBufferPointer) -> Void
  private var onTick: @MainActor () -> Void = {}
  /// The monotonic time at which bytes were last read.
  private var lastBytes: Double?
  /// The longest time between two reads that brought bytes, in seconds: files that came and went
  /// within it could not be read.
  private(set) var longestPause = 0.0

  /// Seconds of the clock that never jumps. (clock_gettime(2))
  nonisolated static func monotonic() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// - Parameter handle: called with the bytes of each read, in order.
  init(_ paths: [String], handle: @escaping (UnsafeRawBufferPointer) -> Void) {
    self.handle = handle
    let watch = watch
    logs = paths.map {
      FollowedFile(path: Name($0), watch: watch, monotonic: Self.monotonic)
    }
  }

  /// Starts reading and calls the handler at every tick.
  func start(onTick: @escaping @MainActor () -> Void) {
    self.onTick = onTick
    for log in logs { try? log.start() }
    let waking = ReadScheduler(loop, watch: watch, monotonic: Self.monotonic) { [self] in
      let bytes = read()
      let beginnings = states.reduce(0) { $0 + $1.rotations + $1.truncations }
      return ReadScheduler.ReadOutcome(bytes: bytes, restarts: beginnings)
    }
    loop.everyTick { [self] in
      waking.tick()
      self.onTick()
    }
  }

  /// Reads each log to its end.
  ///
  /// - Returns: the number of bytes.
  private func read() -> Int64 {
    var bytes: Int64 = 0
    let start = Self.monotonic()
    for log in logs {
      reading: while let result = try? log.read(into: buffer) {
        switch result {
        case .bytes(let count):
          bytes += Int64(count)
          handle(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        case .boundary, .cut: continue
        case .caughtUp, .pending, .end: break reading
        }
      }
    }
    if bytes > 0 {
      longestPause = max(longestPause, start - (lastBytes ?? start))
      lastBytes = Self.monotonic()
    }
    return bytes
  }

  var states: [SourceState] { logs.map(\.state) }
}
