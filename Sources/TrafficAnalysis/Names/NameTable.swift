import AccessLog
import Glibc

/// A small number that identifies a name until the table is compacted.
struct NameID: Hashable, Sendable {
  var value: UInt32

  var index: Int { Int(value) }
}

/// Assigns an ID to each distinct name, so that counting is arithmetic on arrays.
///
/// An open-addressing hash table with linear probing. Names with equal hashes are compared by their
/// bytes.
struct NameTable: Sendable {
  private struct Entry: Sendable {
    /// The low half of the hash.
    var hash: UInt32
    var count: UInt32
    var offset: Int
    /// The first eight bytes as a number, zero-padded.
    var prefix: UInt64

    var range: Range<Int> { offset..<offset + Int(count) }
  }

  private var entries: [Entry] = []
  private var bytes: [UInt8] = []
  /// A `NameID` plus one; 0 if the slot is free.
  private var slots = [UInt32](repeating: 0, count: 1024)

  var count: Int { entries.count }
  /// The total length of all names in bytes.
  var byteCount: Int { bytes.count }

  /// The memory used, in bytes.
  var footprint: Int {
    entries.count * MemoryLayout<Entry>.stride + bytes.count
      + slots.count * MemoryLayout<UInt32>.stride
  }

  /// The ID of a name, which is added if it is new. `NameHash.padding` readable bytes follow it.
  ///
  /// - Complexity: O(length), amortized
  @inline(__always)
  mutating func id(of name: UnsafePointer<UInt8>, count: Int, hash: UInt64) -> NameID {
    let entry = Self.entry(of: name, count: count, hash: hash)
    return id(of: entry, name)
  }

  /// The ID of the name that an entry describes, which is added if it is new.
  @inline(__always)
  private mutating func id(of entry: Entry, _ name: UnsafePointer<UInt8>) -> NameID {
    let slot = slot(of: entry, name)
    let found = slots[slot]
    return found > 0 ? NameID(value: found &- 1) : insert(entry, name, at: slot)
  }

  /// The entry of a padded name, without its offset.
  @inline(__always)
  private static func entry(
    of name: UnsafePointer<UInt8>, count: Int, hash: UInt64
  ) -> Entry {
    let word = UInt64(bigEndian: UnsafeRawPointer(name).loadUnaligned(as: UInt64.self))
    let unused = count < 8 ? UInt64.max &>> UInt64(truncatingIfNeeded: 8 &* count) : 0
    return Entry(
      hash: UInt32(truncatingIfNeeded: hash), count: UInt32(truncatingIfNeeded: count), offset: 0,
      prefix: word & ~unused)
  }

  /// The slot that holds a name, or the free slot for it.
  @inline(__always)
  private func slot(of entry: Entry, _ name: UnsafePointer<UInt8>) -> Int {
    var slot = Int(truncatingIfNeeded: entry.hash) & (slots.count &- 1)
    while true {
      let found = slots[slot]
      if found == 0 || isSame(entries[Int(found &- 1)], entry, name) { return slot }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
  }

  /// The ID of a name; `nil` if it is not in the table.
  ///
  /// - Complexity: O(length)
  func id(of name: Name) -> NameID? {
    Self.withHash(of: name) { start, count, hash in
      let found = slots[slot(of: Self.entry(of: start, count: count, hash: hash), start)]
      return found == 0 ? nil : NameID(value: found - 1)
    }
  }

  /// The ID of a name, which is added if it is new.
  ///
  /// - Complexity: O(length), amortized
  mutating func id(adding name: Name) -> NameID {
    Self.withHash(of: name) { id(of: $0, count: $1, hash: $2) }
  }

  /// Adds the names of another table, with one look-up for each.
  ///
  /// - Returns: the local ID of each ID in `other`.
  /// - Complexity: O(bytes of the names), amortized
  mutating func absorb(_ other: NameTable) -> [NameID] {
    other.bytes.withUnsafeBufferPointer { buffer in
      other.entries.map { entry in
        guard let base = buffer.baseAddress else { return id(adding: Name([])) }
        return id(of: entry, base + entry.offset)
      }
    }
  }

  /// Calls the body with the padded bytes of a name, their count and their hash.
  private static func withHash<Result>(
    of name: Name, _ body: (UnsafePointer<UInt8>, Int, UInt64) -> Result
  ) -> Result {
    name.withBytes { bytes in
      withUnsafeTemporaryAllocation(
        of: UInt8.self, capacity: bytes.count + NameHash.padding
      ) { padded in
        let rest = padded.initialize(fromContentsOf: bytes)
        padded[rest...].initialize(repeating: 0)
        // A buffer with a capacity above 0 has an address.
        let start = UnsafePointer(padded.baseAddress!)
        return body(
          start, bytes.count, NameHash.hash(start, count: bytes.count, seed: NameHash.seed))
      }
    }
  }

  subscript(id: NameID) -> Name {
    withBytes(of: id) { Name($0) }
  }

  /// Calls the body with the bytes of a name.
  func withBytes<Result>(
    of id: NameID, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    bytes.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[entries[id.index].range]))
    }
  }

  /// The length of a name in bytes.
  func length(of id: NameID) -> Int { Int(entries[id.index].count) }

  /// The first eight bytes of a name as a number, zero-padded. If the prefixes of two names differ,
  /// they are in the order of the names.
  @inline(__always)
  func prefix(of id: NameID) -> UInt64 { entries[id.index].prefix }

  /// Whether one name precedes the other bytewise.
  func isBefore(_ one: NameID, _ other: NameID) -> Bool {
    let left = entries[one.index]
    let right = entries[other.index]
    return bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return false }
      let order = memcmp(
        base + left.offset, base + right.offset, Int(min(left.count, right.count)))
      return order != 0 ? order < 0 : left.count < right.count
    }
  }

  /// Removes the names that are not wanted and assigns new IDs to the rest, in the same order.
  ///
  /// - Returns: the new ID for each old ID; meaningless for removed names.
  /// - Complexity: O(bytes of the names)
  mutating func compact(keeping wanted: [Bool]) -> [NameID] {
    var kept = NameTable()
    var renumbered = [NameID](repeating: NameID(value: 0), count: entries.count)
    bytes.withUnsafeBufferPointer { buffer in
      for (index, entry) in entries.enumerated() where wanted[index] {
        guard let base = buffer.baseAddress else { continue }
        renumbered[index] = kept.id(of: entry, base + entry.offset)
      }
    }
    self = kept
    return renumbered
  }

  @inline(__always)
  private func isSame(_ entry: Entry, _ other: Entry, _ name: UnsafePointer<UInt8>) -> Bool {
    guard entry.hash == other.hash, entry.count == other.count, entry.prefix == other.prefix
    else { return false }
    guard entry.count > 8 else { return true }
    return bytes.withUnsafeBufferPointer { buffer in
      // Not empty: it contains the name.
      memcmp(buffer.baseAddress! + (entry.offset &+ 8), name + 8, Int(entry.count) &- 8) == 0
    }
  }

  private mutating func insert(
    _ new: Entry, _ name: UnsafePointer<UInt8>, at free: Int
  ) -> NameID {
    let id = NameID(value: UInt32(entries.count))
    var entry = new
    entry.offset = bytes.count
    entries.append(entry)
    bytes.append(contentsOf: UnsafeBufferPointer(start: name, count: Int(entry.count)))
    slots[free] = id.value + 1
    if entries.count * 2 > slots.count { grow() }
    return id
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for (index, entry) in entries.enumerated() {
      var slot = Int(truncatingIfNeeded: entry.hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(index + 1)
    }
  }
}
