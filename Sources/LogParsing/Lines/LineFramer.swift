import AccessLog
import Glibc

/// Cuts bytes into lines. What it remembers between blocks is only what cannot be read again: that
/// an overlong line is being thrown away, or that zeros were dropped.
struct LineFramer: Sendable {
  enum Frame {
    /// Nothing but spaces and tabs, of any length.
    case blank
    case oversize
    case line(LineBytes)
  }

  private enum State: Sendable {
    /// Nothing read so far: a byte order mark may stand here.
    case fileStart
    case lineStart
    /// NUL bytes at the start of a line were dropped: the hole that a truncation leaves.
    case afterZeros
    /// In a line that is longer than the limit.
    case discarding(blank: Bool)
  }

  private var state = State.fileStart

  /// The next line that ends in `base[position ..< count]`.
  ///
  /// - Parameter position: goes to what follows the line; without one, past what need not be seen
  ///   again.
  @inline(__always)
  mutating func next(
    _ base: UnsafePointer<UInt8>, from position: inout Int, count: Int, isLast: Bool
  ) -> Frame? {
    if case .lineStart = state {
    } else {
      guard resume(base, from: &position, count: count, isLast: isLast) else { return nil }
    }
    guard position < count,
      let found = memchr(base + position, Int32(UInt8.newline), count &- position)
    else { return rest(base, from: &position, count: count, isLast: isLast) }
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
    if end &- start > LogParser.lineLimit { return .oversize }
    return .line(LineBytes(start: base + start, count: end &- start))
  }

  /// Deals with what was left over from the last block.
  ///
  /// - Returns: whether lines can be cut now.
  private mutating func resume(
    _ base: UnsafePointer<UInt8>, from position: inout Int, count: Int, isLast: Bool
  ) -> Bool {
    guard case .fileStart = state else { return true }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let there = min(mark.count, count - position)
    if (0..<there).allSatisfy({ base[position + $0] == mark[$0] }) {
      // Perhaps a mark whose rest has yet to come.
      guard there == mark.count || isLast else { return false }
      if there == mark.count { position += there }
    }
    state = .lineStart
    return true
  }

  /// No newline is left: the beginning of a line, or at the end of the source its last line.
  private mutating func rest(
    _ base: UnsafePointer<UInt8>, from position: inout Int, count: Int, isLast: Bool
  ) -> Frame? {
    if isLast { return last(base, from: &position, count: count) }
    skipZeros(base, from: &position, count: count)
    var blank = true
    switch state {
    case .discarding(let blankSoFar): blank = blankSoFar
    case .lineStart, .afterZeros, .fileStart:
      // One more may be a carriage return.
      guard count - position > LogParser.lineLimit + 1 else { return nil }
    }
    // A carriage return at the end may belong to the line's ending: it is looked at again.
    var end = count
    if end > position, base[end - 1] == .carriageReturn { end -= 1 }
    state = .discarding(blank: blank && isBlank(base + position, end - position))
    position = end
    return nil
  }

  private mutating func last(
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

  /// Spaces and tabs only.
  @inline(__always)
  private func isBlank(_ start: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    for index in 0..<length where start[index] != .space && start[index] != .tab { return false }
    return true
  }
}
