import AccessLog

/// An ordered map from seconds to slots.
///
/// Seconds are grouped in blocks of 64, sorted by time. Searches are therefore short, whether
/// seconds are inserted in order or not, and whether they are dense or years apart.
struct SecondIndex: Sendable {
  private static let blockLength: Int64 = 64

  private struct Block: Sendable {
    /// The first second of the block; a multiple of its length.
    var start: Int64
    /// One bit per second of the block, the lowest for the first; set if the second is in the map.
    var used: UInt64 = 0
    var slots = InlineArray<64, UInt32>(repeating: 0)

    init(start: Int64) { self.start = start }

    /// Removes the earliest second.
    ///
    /// - Returns: its slot, and whether the block is empty now.
    @inline(__always)
    mutating func removeFirst() -> (slot: Int, isEmpty: Bool) {
      let bit = used.trailingZeroBitCount
      used &= ~(1 << UInt64(bit))
      return (Int(slots[bit]), used == 0)
    }
  }

  private var blocks: [Block] = []
  /// The first block that is not empty.
  private var oldest = 0
  /// The block used last.
  private var recent = 0
  private(set) var count = 0

  /// The earliest second.
  var first: EpochSecond? {
    guard oldest < blocks.count else { return nil }
    let block = blocks[oldest]
    return EpochSecond(block.start + Int64(block.used.trailingZeroBitCount))
  }

  /// The latest second.
  var last: EpochSecond? {
    guard oldest < blocks.count else { return nil }
    let block = blocks[blocks.count - 1]
    return EpochSecond(block.start + 63 - Int64(block.used.leadingZeroBitCount))
  }

  /// The slot of a second; `nil` if it is not in the map.
  ///
  /// - Complexity: O(1) in the block used last, otherwise O(log blocks)
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

  /// Inserts a second that is not in the map.
  ///
  /// - Complexity: O(1) for the latest second, otherwise O(log blocks), and O(blocks) for a new
  ///   block
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

  /// Removes the earliest second, which must exist.
  ///
  /// - Returns: its slot.
  /// - Complexity: O(1), amortized
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

  /// The index of the first block that does not begin before `start`.
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
