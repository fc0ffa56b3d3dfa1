import AccessLog
import Glibc

/// The last lines of a stream, and everything that follows them.
///
/// A stream cannot be read backwards, so it is buffered until it ends, or if it is followed, until
/// it has been quiet for a second. Then the last lines are delivered.
package final class StreamTail: LogSource {
  /// The time in seconds without input after which the end of a followed stream counts as reached.
  static let quietPeriod = 1.0
  /// The greatest number of bytes that are buffered.
  static let bufferLimit = 64 << 20
  /// The greatest number of bytes that one call reads, so that a fast writer cannot block the
  /// program.
  static let budget = 16 << 20

  private let source: StreamSource
  private let lines: Int
  private let follow: Bool
  private let clock: () -> Double
  private var buffered: [UInt8] = []
  /// The number of bytes of `kept` that were delivered.
  private var delivered = 0
  private var isBuffering = true
  private var hasEnded = false
  private var lastBytes: Double
  private var trimAt = 1 << 20
  private var notices: [Notice] = []
  /// The first discarded bytes of the stream.
  private var discardedHead: [UInt8] = []

  /// Creates a source that reads another one.
  ///
  /// - Parameters:
  ///   - lines: the number of lines to begin with; 0 for new lines only.
  ///   - follow: whether a pause of the stream, besides its end, ends the buffering.
  ///   - monotonic: the time in seconds from a monotonic clock.
  package init(
    _ source: StreamSource, lines: Int, follow: Bool, monotonic: @escaping () -> Double
  ) {
    self.source = source
    self.lines = lines
    self.follow = follow
    clock = monotonic
    lastBytes = monotonic()
  }

  /// The progress of reading.
  package var state: SourceState { source.state }

  /// The first discarded lines.
  package var heading: [UInt8] { Heading.wholeLines(of: discardedHead) }

  /// The problems that were worked around since the last call.
  package func drainNotices() -> [Notice] {
    defer { notices = [] }
    return notices + source.drainNotices()
  }
}

// MARK: - Reading

extension StreamTail {
  package func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(InputFailure) -> ReadResult {
    if isBuffering {
      try gather(into: buffer)
      guard !isBuffering else { return .caughtUp }
    }
    guard delivered == buffered.count else {
      let count = min(buffer.count, buffered.count - delivered)
      buffer.copyBytes(from: buffered[delivered..<(delivered + count)])
      delivered += count
      if delivered == buffered.count {
        buffered = []
        delivered = 0
      }
      return .bytes(count)
    }
    return hasEnded ? .end : try source.read(into: buffer)
  }

  private func gather(into buffer: UnsafeMutableRawBufferPointer) throws(InputFailure) {
    var read = 0
    gathering: while read < Self.budget {
      switch try source.read(into: buffer) {
      case .bytes(let count):
        buffered += buffer[..<count]
        read += count
        lastBytes = clock()
        if buffered.count > trimAt { trim() }
      case .caughtUp, .pending, .boundary, .cut:
        guard follow, clock() - lastBytes >= Self.quietPeriod else { return }
        break gathering
      case .end:
        hasEnded = true
        break gathering
      }
    }
    guard read < Self.budget || hasEnded else { return }
    isBuffering = false
    trim()
  }

  /// Discards bytes that cannot be part of the last lines.
  private func trim() {
    var start = LastLines.start(of: lines, in: buffered)
    if lines == 0, hasEnded { start = buffered.count }
    if buffered.count - start > Self.bufferLimit {
      start = buffered.count - Self.bufferLimit
      start = buffered[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? start
      notices.append(.input(.tailTruncated))
    }
    discardedHead += buffered.prefix(min(start, Heading.limit - discardedHead.count))
    buffered.removeFirst(start)
    trimAt = max(1 << 20, 2 * buffered.count)
  }
}
