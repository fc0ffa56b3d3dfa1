import AccessLog
import Glibc

/// A stream begun with its last lines: what cannot be read backwards is read and kept until it ends,
/// or where it is followed, until nothing came for a second; then the last lines are given, and
/// whatever comes after them.
package final class StreamTail: LogSource {
  /// How long a stream that is followed must be quiet to count as read to its end, in seconds.
  static let quiet = 1.0
  /// How much is kept at most, in bytes.
  static let most = 64 << 20
  /// How much is read in one call, in bytes, so that a fast writer cannot hold the program up.
  static let budget = 16 << 20

  private let source: StreamSource
  private let lines: Int
  private let follow: Bool
  private let clock: () -> Double
  private var kept: [UInt8] = []
  /// How much of `kept` was given.
  private var given = 0
  private var isGathering = true
  private var hasEnded = false
  private var lastBytes: Double
  private var trimAt = 1 << 20
  private var notices: [Notice] = []
  /// The first bytes of the stream, as far as they were dropped.
  private var dropped: [UInt8] = []

  /// - Parameters:
  ///   - lines: How many lines to begin with; 0 is only what is new.
  ///   - follow: Not only the end of the stream, but a pause in it ends the gathering.
  ///   - monotonic: What time it is, in seconds of a clock that never jumps.
  package init(
    _ source: StreamSource, lines: Int, follow: Bool, monotonic: @escaping () -> Double
  ) {
    self.source = source
    self.lines = lines
    self.follow = follow
    clock = monotonic
    lastBytes = monotonic()
  }

  /// Where it stands.
  package var state: SourceState { source.state }

  /// The first lines that were dropped.
  package var heading: [UInt8] { Heading.wholeLines(of: dropped) }

  /// What went wrong and was mended since the last call.
  package func takeNotices() -> [Notice] {
    defer { notices = [] }
    return notices + source.takeNotices()
  }
}

// MARK: - Reading

extension StreamTail {
  package func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(InputFailure) -> ReadResult {
    if isGathering {
      try gather(into: buffer)
      guard !isGathering else { return .caughtUp }
    }
    guard given == kept.count else {
      let count = min(buffer.count, kept.count - given)
      buffer.copyBytes(from: kept[given..<(given + count)])
      given += count
      if given == kept.count {
        kept = []
        given = 0
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
        kept += buffer[..<count]
        read += count
        lastBytes = clock()
        if kept.count > trimAt { trim() }
      case .caughtUp, .boundary:
        guard follow, clock() - lastBytes >= Self.quiet else { return }
        break gathering
      case .end:
        hasEnded = true
        break gathering
      }
    }
    guard read < Self.budget || hasEnded else { return }
    isGathering = false
    trim()
  }

  /// Drops what cannot be among the last lines.
  private func trim() {
    var start = LastLines.start(of: lines, in: kept)
    if lines == 0, hasEnded { start = kept.count }
    if kept.count - start > Self.most {
      start = kept.count - Self.most
      start = kept[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? start
      notices.append(.input(.tailCutShort))
    }
    dropped += kept.prefix(min(start, Heading.limit - dropped.count))
    kept.removeFirst(start)
    trimAt = max(1 << 20, 2 * kept.count)
  }
}
