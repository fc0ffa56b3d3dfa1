import AccessLog
import Glibc

/// Splits bytes into lines. Between blocks it keeps only what cannot be read again: whether an
/// overlong line is being discarded, or NUL bytes were dropped.
struct LineFramer: Sendable {
  enum Frame {
    /// Only spaces and tabs, of any length.
    case blank
    /// Longer than the limit.
    case oversize
    case line(LineBytes)
  }

  private enum State: Sendable {
    /// At the start of the file, where a byte order mark may be.
    case fileStart
    case lineStart
    /// NUL bytes at the start of a line were dropped: a truncated file that is still written has a
    /// hole.
    case afterZeros
    /// In a line that is longer than the limit. `blank`: it consisted of spaces and tabs so far.
    case discarding(blank: Bool)
  }

  private var state = State.fileStart

  /// Whether the next byte begins a line, and nothing before it matters.
  var isAtLineStart: Bool {
    if case .lineStart = state { true } else { false }
  }

  /// A framer at the start of a line.
  static let atLineStart: LineFramer = {
    var framer = LineFramer()
    framer.state = .lineStart
    return framer
  }()

  /// The next line that ends in `base[position ..< count]`.
  ///
  /// - Parameters:
  ///   - position: moves behind the line or, if there is none, behind the bytes that are not needed
  ///     again.
  ///   - isLast: the file ends at `count`: a line without a newline counts.
  /// - Complexity: O(bytes of the line).
  @inline(__always)
  mutating func next(
    _ base: UnsafePointer<UInt8>, from position: inout Int, count: Int, isLast: Bool
  ) -> Frame? {
    if case .lineStart = state {
    } else {
      guard skipByteOrderMark(base, from: &position, count: count, isLast: isLast)
      else { return nil }
    }
    guard position < count,
      let found = memchr(base + position, Int32(UInt8.newline), count &- position)
    else { return remainder(base, from: &position, count: count, isLast: isLast) }
    let newline = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
    let first = position
    position = newline &+ 1
    return frame(base, first, newline)
  }

  /// A whole line without its newline.
  @inline(__always)
  private mutating func frame(
    _ base: UnsafePointer<UInt8>, _ first: Int, _ newline: Int
  ) -> Frame {
    var start = first
    var end = newline
    if end > start, base[end &- 1] == .carriageReturn { end &-= 1 }
    if case .discarding(let blank) = state {
      state = .lineStart
      return blank && isBlank(base + start, end - start) ? .blank : .oversize
    }
    if case .afterZeros = state { state = .lineStart }
    while start < end, base[start] == 0 { start &+= 1 }
    if start == end || base[start] == .space || base[start] == .tab,
      isBlank(base + start, end &- start)
    {
      return .blank
    }
    if end &- start > LogParser.wrappedLimit { return .oversize }
    return .line(LineBytes(start: base + start, count: end &- start))
  }

  /// - Returns: `false` if more bytes are needed to tell whether there is a byte order mark.
  private mutating func skipByteOrderMark(
    _ base: UnsafePointer<UInt8>, from position: inout Int, count: Int, isLast: Bool
  ) -> Bool {
    guard case .fileStart = state else { return true }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let available = min(mark.count, count - position)
    if (0..<available).allSatisfy({ base[position + $0] == mark[$0] }) {
      // Perhaps the beginning of a mark.
      guard available == mark.count || isLast else { return false }
      if available == mark.count { position += available }
    }
    state = .lineStart
    return true
  }

  /// Handles the bytes after the last newline: the last line at the end of the file, else a partial
  /// line.
  private mutating func remainder(
    _ base: UnsafePointer<UInt8>, from position: inout Int, count: Int, isLast: Bool
  ) -> Frame? {
    if isLast { return lastLine(base, from: &position, count: count) }
    skipZeros(base, from: &position, count: count)
    var blank = true
    switch state {
    case .discarding(let blankSoFar): blank = blankSoFar
    case .lineStart, .afterZeros, .fileStart:
      // One more byte may be a carriage return.
      guard count - position > LogParser.wrappedLimit + 1 else { return nil }
    }
    // A carriage return at the end may belong to the line ending, so it stays for the next call.
    var end = count
    if end > position, base[end - 1] == .carriageReturn { end -= 1 }
    state = .discarding(blank: blank && isBlank(base + position, end - position))
    position = end
    return nil
  }

  private mutating func lastLine(
    _ base: UnsafePointer<UInt8>, from position: inout Int, count: Int
  ) -> Frame? {
    let first = position
    position = count
    switch state {
    case .discarding, .afterZeros: break
    case .lineStart, .fileStart: guard first < count else { return nil }
    }
    let frame = frame(base, first, count)
    state = .lineStart
    return frame
  }

  private mutating func skipZeros(
    _ base: UnsafePointer<UInt8>, from position: inout Int, count: Int
  ) {
    if case .discarding = state { return }
    guard position < count, base[position] == 0 else { return }
    state = .afterZeros
    let zeros = UnsafeRawPointer(base)
    while position + 8 <= count,
      zeros.loadUnaligned(fromByteOffset: position, as: UInt64.self) == 0
    {
      position += 8
    }
    while position < count, base[position] == 0 { position += 1 }
  }

  /// Whether the bytes are only spaces and tabs.
  @inline(__always)
  private func isBlank(_ start: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    for index in 0..<length where start[index] != .space && start[index] != .tab { return false }
    return true
  }
}
