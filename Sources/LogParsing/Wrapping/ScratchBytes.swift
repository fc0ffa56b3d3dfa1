import AccessLog

/// Memory for the bytes of lines that do not stand in a log as they are, and for records on trial.
/// What a slot holds is valid until the slot is used again.
final class ScratchBytes {
  /// What a slot is for.
  enum Slot: Equatable {
    case name, uncolored
    /// What is in a wrapper that so many others are around.
    case depth(Int)
    /// The same, joined from pieces.
    case joined(Int)

    fileprivate var index: Int {
      switch self {
      case .name: 0
      case .uncolored: 1
      case .depth(let depth): 2 + 2 * depth
      case .joined(let depth): 3 + 2 * depth
      }
    }
  }

  /// The memory for a second attempt at the same line.
  private(set) lazy var second = ScratchBytes()
  /// For records that do not count.
  private(set) lazy var trial = RecordBatch()
  /// Behind a pointer, which is accessed without a check at run time.
  private let slots: UnsafeMutablePointer<UnsafeMutableBufferPointer<UInt8>>
  private static let slotCount = 4 + 2 * LineUnwrapper.depthLimit

  init() {
    slots = .allocate(capacity: Self.slotCount)
    slots.initialize(repeating: .init(start: nil, count: 0), count: Self.slotCount)
  }

  deinit {
    for index in 0..<Self.slotCount { slots[index].deallocate() }
    slots.deallocate()
  }

  /// Memory for so many bytes and those that must follow a line.
  func bytes(_ slot: Slot, _ count: Int) -> UnsafeMutablePointer<UInt8> {
    let index = slot.index
    precondition(index < Self.slotCount)
    let needed = count + LineBytes.padding
    if slots[index].count < needed {
      slots[index].deallocate()
      slots[index] = .allocate(capacity: max(needed, 1 << 12))
      slots[index].initialize(repeating: 0)
    }
    return slots[index].baseAddress!
  }

  /// Two texts as one. The second must not be in the slot.
  func join(_ beginning: [UInt8], _ end: TextRange, in slot: Slot) -> TextRange {
    let output = bytes(slot, beginning.count + end.count)
    beginning.withUnsafeBufferPointer { bytes in
      if let start = bytes.baseAddress { output.update(from: start, count: bytes.count) }
    }
    (output + beginning.count).update(from: end.start, count: end.count)
    return TextRange(start: output, count: beginning.count + end.count)
  }

  /// A line without its colours, wherever they are.
  func withoutColors(_ line: TextRange) -> TextRange {
    let output = bytes(.uncolored, line.count)
    var count = 0
    var index = 0
    while index < line.count {
      let length = ColorText.length(in: line, at: index)
      if length == 0 {
        output[count] = line[index]
        count += 1
      }
      index += max(1, length)
    }
    return TextRange(start: output, count: count)
  }
}
