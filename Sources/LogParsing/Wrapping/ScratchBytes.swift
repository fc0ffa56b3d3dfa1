import AccessLog

/// Memory for the bytes of lines that do not stand in a log as they are, and for records on trial.
/// What a slot holds is valid until the slot is used again.
final class ScratchBytes {
  /// For records that do not count.
  private(set) lazy var trial = RecordBatch()

  /// What a slot is for.
  enum Slot: Equatable {
    case joined, name, uncolored
    /// A line within so many wrappers.
    case depth(Int)

    fileprivate var index: Int {
      switch self {
      case .joined: 0
      case .name: 1
      case .uncolored: 2
      case .depth(let depth): 3 + depth
      }
    }
  }

  private var slots: [UnsafeMutableBufferPointer<UInt8>] = []

  deinit {
    for slot in slots { slot.deallocate() }
  }

  /// Memory for so many bytes and those that must follow a line.
  func bytes(_ slot: Slot, _ count: Int) -> UnsafeMutablePointer<UInt8> {
    let index = slot.index
    while slots.count <= index { slots.append(.init(start: nil, count: 0)) }
    let needed = count + LineBytes.padding
    if slots[index].count < needed {
      slots[index].deallocate()
      slots[index] = .allocate(capacity: max(needed, 1 << 12))
      slots[index].initialize(repeating: 0)
    }
    return slots[index].baseAddress!
  }

  /// Two texts as one.
  func join(_ beginning: [UInt8], _ end: TextRange, as slot: Slot = .joined) -> TextRange {
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
