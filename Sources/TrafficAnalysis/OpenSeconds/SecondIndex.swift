import AccessLog

/// Finds what is kept for each of many seconds, in their order: some seconds with small slots.
///
/// Seconds are grouped in blocks of 64, and the blocks lie in order, so that seconds may come in any
/// order, lie close together or years apart, and a search is short all the same.
struct SecondIndex: Sendable {
  private static let blockLength: Int64 = 64

  private struct Block: Sendable {
    /// The first second of the block; a multiple of its length.
    var start: Int64
    /// A bit for each second that is in use, the lowest for the first.
    var used: UInt64 = 0
    var slots = InlineArray<64, UInt32>(repeating: 0)

    init(start: Int64) { self.start = start }

    /// Takes the earliest second out of use.
    ///
    /// - Returns: its number, and whether no other second is in use.
    @inline(__always)
    mutating func removeFirst() -> (slot: Int, isEmpty: Bool) {
      let bit = used.trailingZeroBitCount
      used &= ~(1 << UInt64(bit))
      return (Int(slots[bit]), used == 0)
    }
  }

  private var blocks: [Block] = []
  /// Blocks before this one are empty and forgotten.
  private var oldest = 0
  /// The block that was used last.
  private var recent = 0
  private(set) var count = 0

  /// The earliest second in use.
  var first: EpochSecond? {
    guard oldest < blocks.count else { return nil }
    let block = blocks[oldest]
    return EpochSecond(block.start + Int64(block.used.trailingZeroBitCount))
  }

  /// The number of a second; `nil` where it is not in use.
  ///
  /// - Complexity: O(1) in the block that was used last, else O(log blocks).
  @inline(__always)
  mutating func slot(of second: EpochSecond) -> Int? {
    let (start, bit) = Self.position(of: second)
    if recent >= blocks.count || recent < oldest || blocks[recent].start != start {
      recent = lowerBound(start)
    }
    guard recent < blocks.count, blocks[recent].start == start,
      blocks[recent].used & (1 << UInt64(bit)) != 0
    else { return nil }
    return Int(blocks[recent].slots[bit])
  }

  /// Puts a second in use that is not.
  ///
  /// - Complexity: O(1) for the latest second, else O(blocks) once for each block.
  mutating func insert(_ second: EpochSecond, slot: Int) {
    let (start, bit) = Self.position(of: second)
    recent = lowerBound(start)
    if recent == blocks.count || blocks[recent].start != start {
      blocks.insert(Block(start: start), at: recent)
    }
    blocks[recent].used |= 1 << UInt64(bit)
    blocks[recent].slots[bit] = UInt32(slot)
    count += 1
  }

  /// Takes the earliest second out of use.
  ///
  /// - Returns: its number.
  mutating func removeFirst() -> Int {
    let (slot, isEmpty) = blocks.withUnsafeMutableBufferPointer { $0[oldest].removeFirst() }
    count -= 1
    if isEmpty {
      oldest += 1
      if oldest == blocks.count || (oldest > 64 && oldest * 2 > blocks.count) {
        blocks.removeFirst(oldest)
        oldest = 0
      }
    }
    return slot
  }

  /// The place of the first block that does not begin before `start`.
  private func lowerBound(_ start: Int64) -> Int {
    guard let last = blocks.last, oldest < blocks.count, start <= last.start else {
      return blocks.count
    }
    var (low, high) = (oldest, blocks.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if blocks[middle].start < start { low = middle + 1 } else { high = middle }
    }
    return low
  }

  @inline(__always)
  private static func position(of second: EpochSecond) -> (start: Int64, bit: Int) {
    let bit = second.value & (blockLength - 1)
    return (second.value - bit, Int(bit))
  }
}
