import AccessLog

/// Numbers the names that wrappers give to lines, from 1. The names after the first 256 share one
/// number.
///
/// A hash table with open addressing, since it is asked for every line.
struct LabelTable: Sendable {
  /// How many names have a number of their own.
  private static let limit = 256
  /// A power of two, more than the limit.
  private static let slotCount = 1024

  private var names: [[UInt8]] = []
  /// The number of the name whose hash belongs to the slot, or to one before it; 0 if it is free.
  private var slots: [UInt16] = []

  /// How many names have a number of their own.
  var count: Int { names.count }

  /// The number of a name; `nil` if it has none yet.
  ///
  /// - Complexity: O(bytes of the name).
  func number(of name: TextRange) -> Int? {
    let number = slots.isEmpty ? 0 : Int(slots[slot(of: name)])
    if number > 0 { return number }
    return names.count < Self.limit ? nil : Self.limit + 1
  }

  /// Gives the next number to a name that has none.
  mutating func add(_ name: TextRange) -> Int {
    if slots.isEmpty { slots = Array(repeating: 0, count: Self.slotCount) }
    names.append(Array(name.bytes))
    slots[slot(of: name)] = UInt16(names.count)
    return names.count
  }

  /// The slot of a name, or the free one where it belongs.
  private func slot(of name: TextRange) -> Int {
    let hash = NameHash.hash(
      name.start, count: name.count, seed: NameHash.seed, NameHash.secondSeed)
    var slot = Int(truncatingIfNeeded: hash) & (Self.slotCount - 1)
    while slots[slot] > 0, !name.elementsEqual(names[Int(slots[slot]) - 1]) {
      slot = (slot + 1) & (Self.slotCount - 1)
    }
    return slot
  }
}
