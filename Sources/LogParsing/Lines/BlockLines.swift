import AccessLog

/// The lines of a block. Their ends are found a window ahead, so that reading a line does not wait
/// for the search for its end.
struct BlockLines: ~Copyable {
  /// The bytes that are searched at once: few enough for the first cache of a processor.
  private static let window = 8192

  let block: UnsafePointer<UInt8>
  /// Where the last line that ends in the block ends, with its newline.
  let end: Int
  /// No line that begins there or behind it is read.
  private var stop: Int
  /// The indices of the newlines of the last window.
  private let ends: UnsafeMutablePointer<UInt32>
  private var count = 0
  private var next = 0
  /// Where the next window begins.
  private var searched = 0

  /// - Parameters:
  ///   - block: `LineBytes.padding` readable bytes follow it.
  ///   - count: the bytes of the block, at most 2^32-1.
  /// - Complexity: O(bytes behind the last newline).
  init(_ block: UnsafePointer<UInt8>, count: Int) {
    precondition(count <= UInt32.max)
    self.block = block
    var end = count
    while end > 0, block[end &- 1] != .newline { end &-= 1 }
    (self.end, stop) = (end, end)
    // One more than there can be newlines is written to.
    ends = .allocate(capacity: min(Self.window, end) + 1)
  }

  deinit { ends.deallocate() }

  /// The index of the newline that ends the line at a position, which is below `end` and never less than
  /// it was before.
  ///
  /// - Complexity: O(bytes of the line), amortized
  @inline(__always)
  mutating func endOfLine(at position: Int) -> Int {
    while true {
      while next < count {
        let index = Int(ends[next])
        if index >= position { return index }
        next &+= 1
      }
      search(from: position)
    }
  }

  /// Finds the newlines of the next window, which begins at a position or behind it.
  @inline(never)
  private mutating func search(from position: Int) {
    let first = max(searched, position)
    let last = min(first &+ Self.window, end)
    (count, next) = (0, 0)
    var index = first
    while index &+ 64 <= last {
      add(block.bits64(index) { $0 .== SIMD16(repeating: .newline) }, at: index)
      index &+= 64
    }
    if index < last {
      let rest: UInt64 = 1 &<< UInt64(truncatingIfNeeded: last &- index) &- 1
      add(block.bits64(index) { $0 .== SIMD16(repeating: .newline) } & rest, at: index)
    }
    searched = last
  }

  /// Adds the newlines among 64 bytes.
  @inline(__always)
  private mutating func add(_ newlines: UInt64, at index: Int) {
    // Most have one or none, and the branch predictor cannot tell which: one is always written.
    ends[count] = UInt32(truncatingIfNeeded: index &+ newlines.trailingZeroBitCount)
    count &+= newlines == 0 ? 0 : 1
    var others = newlines & (newlines &- 1)
    while others != 0 {
      ends[count] = UInt32(truncatingIfNeeded: index &+ others.trailingZeroBitCount)
      count &+= 1
      others &= others &- 1
    }
  }

  /// Calls a function that reads lines from a position on, and lets it read a single one.
  ///
  /// - Returns: the result of the function; 0 if the line does not end in the block.
  @inline(__always)
  mutating func readOne(
    at position: Int, _ read: (inout BlockLines, inout Int) -> Int
  ) -> Int {
    guard position < end else { return 0 }
    var position = position
    stop = position &+ 1
    defer { stop = end }
    return read(&self, &position)
  }

  /// Reads one line after the other.
  ///
  /// - Parameters:
  ///   - position: where the first line begins; moves behind the last one that was read.
  ///   - read: reads the line from an index to its newline; `false` ends reading.
  /// - Returns: the number of lines.
  @inline(__always)
  mutating func forEach(from position: inout Int, _ read: (Int, Int) -> Bool) -> Int {
    var lines = 0
    while position < stop {
      let newline = endOfLine(at: position)
      guard read(position, newline) else { break }
      position = newline &+ 1
      lines &+= 1
    }
    return lines
  }
}
