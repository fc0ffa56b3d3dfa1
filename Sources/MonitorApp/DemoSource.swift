import AccessLog
import LogInput
import Monitoring
import TrafficGenerator

/// Simulated traffic as a source: an hour of it at once, then as time goes by.
final class DemoSource: ByteSource {
  private var stream: TrafficStream
  private var pending: ArraySlice<UInt8> = []

  init(now: EpochSecond) {
    stream = TrafficStream.demo(now: now)
  }

  static func input() -> Input {
    Input(feed: Feed(source: DemoSource(now: Clocks.read().wall)), path: Name("simulated traffic"))
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFailure) -> ReadResult {
    if pending.isEmpty { pending = nextLines() }
    guard !pending.isEmpty else { return .caughtUp }
    let count = min(buffer.count, pending.count)
    buffer.copyBytes(from: pending.prefix(count))
    pending = pending.dropFirst(count)
    return .bytes(count)
  }

  private func nextLines() -> ArraySlice<UInt8> {
    var bytes: [UInt8] = []
    // The second that is not over yet would come out in one piece.
    let last = Clocks.read().wall.advanced(by: -1)
    _ = stream.append(to: &bytes, through: last, atMost: 20_000)
    return bytes[...]
  }
}
