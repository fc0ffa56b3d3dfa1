import Glibc

/// Gives an ID to each distinct name, so that counting is arithmetic on arrays. IDs are given in
/// order, from 0, and are valid until the table is compacted.
///
/// An open-addressing hash table with linear probing. Short names are compared as two words, longer
/// ones with the same words by their bytes.
@frozen public struct NameTable: Sendable {
  /// The number of readable bytes that must follow a name.
  package static var padding: Int { 16 }

  /// Small, so that more of the table stays in the processor's caches.
  @frozen @usableFromInline struct Slot: Sendable {
    @usableFromInline var hash: UInt32
    /// The ID plus one; 0 if the slot is free.
    @usableFromInline var number: UInt32

    @inlinable init(hash: UInt32, number: UInt32) {
      self.hash = hash
      self.number = number
    }
  }

  @usableFromInline var keys: [NameKey] = []
  /// The length of each name in bytes, which is needed for every hit.
  @usableFromInline var lengths: [UInt32] = []
  /// Where each name begins in `bytes`.
  private var offsets: [UInt32] = []
  private var bytes: [UInt8] = []
  @usableFromInline var seeds: NameSeeds
  @usableFromInline var slots = [Slot](repeating: Slot(hash: 0, number: 0), count: 1024)

  /// A table without a name.
  package init() { seeds = NameSeeds() }

  /// The number of names.
  package var count: Int { keys.count }
  /// The total length of all names in bytes.
  package var byteCount: Int { bytes.count }

  /// The memory used, in bytes.
  package var footprint: Int {
    keys.count * (MemoryLayout<NameKey>.stride + 2 * MemoryLayout<UInt32>.stride) + bytes.count
      + slots.count * MemoryLayout<Slot>.stride
  }

  /// The ID of a name, which is added if it is new. `padding` readable bytes follow it.
  ///
  /// - Complexity: O(length), amortized
  @inlinable @inline(__always)
  public mutating func id(of name: UnsafePointer<UInt8>, count: Int) -> NameID {
    let key = NameKey(name, count: count, seeds)
    let hash = key.hash(seeds)
    let (place, number) = find(key, hash, name, count)
    return number > 0 ? NameID(value: number &- 1) : insert(key, hash, name, count, at: place)
  }

  /// The ID of a name; `nil` if it is not in the table.
  ///
  /// - Complexity: O(length)
  package func id(of name: Name) -> NameID? {
    Self.withPadding(name) { start, count in
      let key = NameKey(start, count: count, seeds)
      let number = find(key, key.hash(seeds), start, count).number
      return number > 0 ? NameID(value: number - 1) : nil
    }
  }

  /// The slot of a name and its number; the slot for it and 0 if it is not in the table.
  @inlinable @inline(__always)
  func find(
    _ key: NameKey, _ hash: UInt32, _ name: UnsafePointer<UInt8>, _ count: Int
  ) -> (place: Int, number: UInt32) {
    let mask = slots.count &- 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while true {
      let slot = slots[place]
      if slot.number == 0 || slot.hash == hash && isSame(slot.number, key, name, count) {
        return (place, slot.number)
      }
      place = (place &+ 1) & mask
    }
  }

  /// The ID of a name, which is added if it is new.
  ///
  /// - Complexity: O(length), amortized
  package mutating func id(adding name: Name) -> NameID {
    Self.withPadding(name) { id(of: $0, count: $1) }
  }

  /// Calls the body with the bytes of a name that are followed by others.
  private static func withPadding<Result>(
    _ name: Name, _ body: (UnsafePointer<UInt8>, Int) -> Result
  ) -> Result {
    name.withBytes { bytes in
      withUnsafeTemporaryAllocation(
        of: UInt8.self, capacity: bytes.count + padding
      ) { padded in
        let rest = padded.initialize(fromContentsOf: bytes)
        padded[rest...].initialize(repeating: 0)
        // A buffer with a capacity above 0 has an address.
        return body(UnsafePointer(padded.baseAddress!), bytes.count)
      }
    }
  }

  @inlinable @inline(__always)
  func isSame(
    _ number: UInt32, _ key: NameKey, _ name: UnsafePointer<UInt8>, _ count: Int
  ) -> Bool {
    let other = keys[Int(number) &- 1]
    return other.first == key.first && other.second == key.second
      && (!key.isLong || hasBytes(number, name, count))
  }

  /// Whether a name has these bytes.
  @usableFromInline
  func hasBytes(_ number: UInt32, _ name: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    let index = Int(number) - 1
    guard Int(lengths[index]) == count else { return false }
    return bytes.withUnsafeBufferPointer { buffer in
      // Not empty: only long names are compared.
      memcmp(buffer.baseAddress! + Int(offsets[index]), name, count) == 0
    }
  }

  @usableFromInline
  mutating func insert(
    _ key: NameKey, _ hash: UInt32, _ name: UnsafePointer<UInt8>, _ count: Int, at free: Int
  ) -> NameID {
    let id = NameID(value: UInt32(keys.count))
    offsets.append(UInt32(bytes.count))
    lengths.append(UInt32(count))
    bytes.append(contentsOf: UnsafeBufferPointer(start: name, count: count))
    keys.append(key)
    slots[free] = Slot(hash: hash, number: id.value + 1)
    if keys.count * 2 > slots.count { grow() }
    return id
  }

  private mutating func grow() {
    let old = slots
    let mask = old.count * 2 - 1
    slots = [Slot](repeating: Slot(hash: 0, number: 0), count: old.count * 2)
    for slot in old where slot.number > 0 {
      var place = Int(slot.hash) & mask
      while slots[place].number > 0 { place = (place + 1) & mask }
      slots[place] = slot
    }
  }
}

// MARK: - Names

extension NameTable {
  package subscript(id: NameID) -> Name {
    let key = keys[id.index]
    return key.isShort ? Name(key) : withBytes(of: id) { Name($0) }
  }

  /// Calls the body with the bytes of a name.
  package func withBytes<Result>(
    of id: NameID, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    bytes.withUnsafeBufferPointer {
      let start = Int(offsets[id.index])
      return body(UnsafeBufferPointer(rebasing: $0[start..<start + length(of: id)]))
    }
  }

  /// The length of a name in bytes.
  @inlinable @inline(__always)
  public func length(of id: NameID) -> Int { Int(lengths[id.index]) }

  /// What mostly suffices to compare a name with another.
  @inlinable @inline(__always)
  public func prefix(of id: NameID) -> NamePrefix { NamePrefix(keys[id.index]) }

  /// Whether one name precedes the other bytewise.
  package func isBefore(_ one: NameID, _ other: NameID) -> Bool {
    if let isBefore = prefix(of: one).isBefore(prefix(of: other)) { return isBefore }
    return withBytes(of: one) { left in
      withBytes(of: other) { right in
        // One of them is long, so there are bytes.
        let order = memcmp(left.baseAddress!, right.baseAddress!, min(left.count, right.count))
        return order != 0 ? order < 0 : left.count < right.count
      }
    }
  }

  /// Copies of the names from an ID on.
  package func names(from first: Int) -> NameList {
    var list = NameList()
    guard first < count else { return list }
    list.append(bytes[Int(offsets[first])...], lengths: lengths[first...])
    return list
  }

  /// Adds names, with one look-up for each.
  ///
  /// - Returns: the ID of each.
  /// - Complexity: O(bytes of the names), amortized
  package mutating func add(_ names: NameList) -> [NameID] {
    names.map { id(of: $0, count: $1) }
  }

  /// Removes the names that are not wanted and gives new IDs to the rest, in the same order.
  ///
  /// - Returns: the new ID for each old ID; meaningless for removed names.
  /// - Complexity: O(bytes of the names)
  package mutating func compact(keeping wanted: [Bool]) -> [NameID] {
    var kept = NameTable()
    var index = -1
    let renumbered = names(from: 0).map { name, count in
      index += 1
      return wanted[index] ? kept.id(of: name, count: count) : NameID(value: 0)
    }
    self = kept
    return renumbered
  }
}
