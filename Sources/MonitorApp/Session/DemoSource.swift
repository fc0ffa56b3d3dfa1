import AccessLog
import Engine
import LogInput
import TrafficGenerator

/// A source of simulated traffic: an hour of it at once, then, if it is followed, as time passes.
final class DemoSource: ByteSource {
  private let start: EpochSecond
  private let follow: Bool
  private var stream: TrafficStream
  private var pending: ArraySlice<UInt8> = []

  private init(start: EpochSecond, follow: Bool) {
    self.start = start
    self.follow = follow
    stream = TrafficStream.demo(now: start)
  }

  /// The simulated traffic as the input of a session.
  static func inputs(_ options: Options) -> InputSet {
    let source = DemoSource(start: Clocks.wall(), follow: options.isFollowing)
    var input = Input(reader: BlockReader(source: source), path: Name("simulated traffic"))
    let last = LastRecord(time: source.start.advanced(by: -1), zoneOffset: 0)
    input.lastRecord = { _, _, _ in last }
    return InputSet([input])
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFailure) -> ReadResult {
    if pending.isEmpty { pending = nextLines() }
    guard !pending.isEmpty else { return follow ? .caughtUp : .end }
    let count = min(buffer.count, pending.count)
    buffer.copyBytes(from: pending.prefix(count))
    pending = pending.dropFirst(count)
    return .bytes(count)
  }

  private func nextLines() -> ArraySlice<UInt8> {
    var bytes: [UInt8] = []
    // The current second would be incomplete.
    let last = (follow ? Clocks.wall() : start).advanced(by: -1)
    _ = stream.append(to: &bytes, through: last, atMost: 20_000)
    return bytes[...]
  }
}
