/// A set of names that can only be counted: exactly up to `exactLimit` names, beyond that as an
/// estimate.
///
/// Two values are equal, and have the same count, if they were made from the same set of names,
/// whatever the order of the names and however parts of them were united. Takes about 16 bytes per
/// name up to the limit, beyond that 16 KiB in all.
package struct DistinctNames: Equatable, Sendable {
  /// The greatest number of names that is counted exactly.
  package static let exactLimit = 65_536

  private enum Storage: Equatable, Sendable {
    /// At most `exactLimit` hashes. That two of the names share a hash is as good as impossible.
    case hashes(Set<UInt64>)
    case sketch(HyperLogLog)
  }

  private var storage = Storage.hashes([])

  /// The empty set.
  package init() {}

  /// Adds names by their hashes from `StableHash`.
  ///
  /// - Parameter count: the names differ in at least as many; saves time if above the limit.
  /// - Complexity: O(names)
  package mutating func insert(_ hashes: [UInt64], distinct count: Int = 0) {
    var rest = hashes[...]
    if case .hashes(var set) = storage, count <= Self.exactLimit {
      // The set has no other owner now and is not copied.
      storage = .hashes([])
      while set.count <= Self.exactLimit, let hash = rest.popFirst() { set.insert(hash) }
      storage = .hashes(set)
      guard set.count > Self.exactLimit else { return }
    }
    var sketch = removeSketch()
    for hash in rest { sketch.insert(hash) }
    storage = .sketch(sketch)
  }

  /// Adds the names of another set.
  ///
  /// - Complexity: O(names) up to the limit, O(1) beyond
  package mutating func formUnion(_ other: DistinctNames) {
    switch other.storage {
    case .hashes(let hashes): insert(Array(hashes))
    case .sketch(let others):
      var sketch = removeSketch()
      sketch.formUnion(others)
      storage = .sketch(sketch)
    }
  }

  /// A sketch of all names; the set itself is empty afterwards.
  private mutating func removeSketch() -> HyperLogLog {
    let all = storage
    storage = .hashes([])
    switch all {
    case .sketch(let sketch): return sketch
    case .hashes(let hashes):
      var sketch = HyperLogLog()
      for hash in hashes { sketch.insert(hash) }
      return sketch
    }
  }

  /// The number of names.
  ///
  /// - Complexity: O(1), also for an estimate, which reads 16 KiB
  package var count: DistinctCount {
    switch storage {
    case .hashes(let hashes): DistinctCount(hashes.count)
    // More names than the limit are known to be there.
    case .sketch(let sketch): DistinctCount(estimate: max(sketch.estimate, Self.leastEstimate))
    }
  }

  private static let leastEstimate = Double(exactLimit + 1)

  /// The memory used, in bytes.
  package var footprint: Int {
    switch storage {
    case .hashes(let hashes): hashes.capacity * MemoryLayout<UInt64>.stride
    case .sketch: HyperLogLog.registerCount
    }
  }
}

// MARK: - Wire form

// A kind and a byte string: 1 and the hashes, ascending, eight bytes each, lowest first; or 2 and the
// registers of the sketch.

extension DistinctNames {
  private static let kindOfHashes: UInt64 = 1
  private static let kindOfSketch: UInt64 = 2

  func write(to writer: inout WireWriter) {
    switch storage {
    case .hashes(let hashes):
      writer.write(Self.kindOfHashes)
      var bytes: [UInt8] = []
      bytes.reserveCapacity(hashes.count * 8)
      for hash in hashes.sorted() {
        withUnsafeBytes(of: hash.littleEndian) { bytes.append(contentsOf: $0) }
      }
      writer.write(bytes)
    case .sketch(let sketch):
      writer.write(Self.kindOfSketch)
      writer.write(sketch.registers)
    }
  }

  /// - Parameter hits: the hits of the second, which no number of names exceeds.
  init(from reader: inout WireReader, hits: Int) throws(WireFailure) {
    let kind = try reader.number()
    let bytes = Array(try reader.bytes())
    switch kind {
    case Self.kindOfHashes:
      guard bytes.count % 8 == 0, bytes.count / 8 <= min(hits, Self.exactLimit) else {
        throw .contradiction
      }
      let hashes = stride(from: 0, to: bytes.count, by: 8).map { start in
        (0..<8).reversed().reduce(0 as UInt64) { $0 << 8 | UInt64(bytes[start + $1]) }
      }
      guard zip(hashes, hashes.dropFirst()).allSatisfy(<) else { throw .contradiction }
      storage = .hashes(Set(hashes))
    case Self.kindOfSketch:
      guard let sketch = HyperLogLog(registers: bytes), sketch.leastCount <= hits else {
        throw .contradiction
      }
      storage = .sketch(sketch)
    default: throw .badNumber
    }
  }
}
