/// Finds keys by their names.
struct JSONKeyTable: Sendable {
  private struct Entry {
    /// The first eight bytes of the name, zero-padded.
    let beginning: UInt64
    let name: StaticString
    let key: JSONKey
  }

  /// Ordered by the length of their names.
  private let entries: [Entry]
  /// The index of the first entry whose name is as long, or longer.
  private let firstOfLength: [Int]

  init(_ names: KeyValuePairs<StaticString, JSONKey>) {
    let sorted = names.sorted { $0.key.utf8CodeUnitCount < $1.key.utf8CodeUnitCount }
    entries = sorted.map { name, key in
      Entry(beginning: Self.beginning(name), name: name, key: key)
    }
    let longest = sorted.last?.key.utf8CodeUnitCount ?? 0
    firstOfLength = (0...(longest + 1)).map { length in
      sorted.firstIndex { $0.key.utf8CodeUnitCount >= length } ?? sorted.count
    }
  }

  /// The key with a name; `nil` if there is none.
  ///
  /// - Complexity: O(keys with names of that length).
  @inline(__always)
  func key(_ name: TextRange) -> JSONKey? {
    guard name.count + 1 < firstOfLength.count else { return nil }
    let beginning = Self.beginning(name)
    for index in firstOfLength[name.count]..<firstOfLength[name.count + 1]
    where entries[index].beginning == beginning {
      guard name.count <= 8 || name.hasPrefix(entries[index].name) else { continue }
      return entries[index].key
    }
    return nil
  }

  private static func beginning(_ name: StaticString) -> UInt64 {
    var word: UInt64 = 0
    withUnsafeMutableBytes(of: &word) { bytes in
      for index in 0..<min(8, name.utf8CodeUnitCount) { bytes[index] = name.utf8Start[index] }
    }
    return word
  }

  @inline(__always)
  private static func beginning(_ name: TextRange) -> UInt64 {
    let word = UnsafeRawPointer(name.start).loadUnaligned(as: UInt64.self)
    guard name.count < 8 else { return word }
    return word & UInt64(littleEndian: (1 << UInt64(8 * name.count)) - 1)
  }
}
