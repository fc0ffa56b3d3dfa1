import AccessLog
import Foundation
import LogInput
import MonitorApp

/// Logs followed as the program follows them: woken by what is told of them, read by the same rules.
@MainActor
final class LogReader {
  private let loop = MainLoop()
  private let watch = FileWatch()
  private let logs: [FollowedFile]
  private let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
  private let take: (UnsafeRawBufferPointer) -> Void
  private var atTick: @MainActor () -> Void = {}
  /// When bytes were last read.
  private var lastBytes: Double?
  /// The longest time between two reads that brought bytes, in seconds: what came and went within it
  /// could not be read.
  private(set) var longestPause = 0.0

  nonisolated static func monotonic() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// - Parameter take: gets all that is read, in order.
  init(_ paths: [String], take: @escaping (UnsafeRawBufferPointer) -> Void) {
    self.take = take
    let watch = watch
    logs = paths.map {
      FollowedFile(path: Name($0), watch: watch, monotonic: Self.monotonic)
    }
  }

  /// Starts reading, and calls the handler at every tick.
  func start(atTick: @escaping @MainActor () -> Void) {
    self.atTick = atTick
    for log in logs { try? log.start() }
    let waking = ReadScheduler(loop, watch: watch, monotonic: Self.monotonic) { [self] in
      let bytes = read()
      let beginnings = states.reduce(0) { $0 + $1.rotations + $1.truncations }
      return ReadScheduler.ReadOutcome(bytes: bytes, restarts: beginnings)
    }
    loop.everyTick { [self] in
      waking.tick()
      self.atTick()
    }
  }

  private func read() -> Int64 {
    var bytes: Int64 = 0
    let start = Self.monotonic()
    for log in logs {
      reading: while let result = try? log.read(into: room) {
        switch result {
        case .bytes(let count):
          bytes += Int64(count)
          take(UnsafeRawBufferPointer(rebasing: room[..<count]))
        case .boundary: continue
        case .caughtUp, .end: break reading
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
