/// The result of parsing a block of lines: the hits in order, their names, and the other lines
/// counted at their positions. It is reused for each block, so that no line allocates.
public final class RecordBatch {
  /// The parts that grow with every line. Accessing them through a constant pointer avoids the
  /// runtime's exclusivity check on every line; a batch has only one owner.
  @usableFromInline struct Storage {
    @usableFromInline var records: [Record] = []
    @usableFromInline var names: UnsafeMutablePointer<UInt8>
    @usableFromInline var namesCount = 0
    @usableFromInline var namesCapacity: Int
  }

  @usableFromInline let storage: UnsafeMutablePointer<Storage>
  @usableFromInline let seed = NameHash.seed
  /// The lines that are not hits.
  package private(set) var runs: [LineRun] = []
  /// Rejected lines kept for display; the parser limits their number.
  package var details: [RejectedLine] = []
  /// The lines of the block at which matching began or stopped to fail.
  package var matchChanges: [MatchChange] = []

  package init() {
    storage = .allocate(capacity: 1)
    storage.initialize(to: Storage(names: Self.nameBytes(1 << 16), namesCapacity: 1 << 16))
  }

  deinit {
    storage.pointee.names.deallocate()
    storage.deinitialize(count: 1)
    storage.deallocate()
  }

  /// The hits, in the order of their lines.
  package var records: [Record] { storage.pointee.records }

  /// The number of lines of every kind.
  ///
  /// - Complexity: O(runs)
  package var lineCount: Int { runs.reduce(records.count) { $0 + $1.count } }

  /// The bytes of all names, followed by `NameHash.padding` readable bytes.
  package var names: UnsafePointer<UInt8> { UnsafePointer(storage.pointee.names) }

  /// Empties the batch but keeps its memory.
  package func removeAll() {
    storage.pointee.records.removeAll(keepingCapacity: true)
    storage.pointee.namesCount = 0
    runs.removeAll(keepingCapacity: true)
    details.removeAll(keepingCapacity: true)
    matchChanges.removeAll(keepingCapacity: true)
  }

  /// Adds a hit.
  @inlinable @inline(__always)
  public func add(_ record: Record) {
    storage.pointee.records.append(record)
  }

  /// Removes the last hit.
  package func removeLast() {
    storage.pointee.records.removeLast()
  }

  /// Copies the bytes of a name into the batch.
  @inlinable @inline(__always)
  public func add(name start: UnsafePointer<UInt8>, count: Int) -> NameRange {
    let offset = copy(start, count: count)
    let place = storage.pointee.names + offset
    return NameRange(
      offset: offset, count: count, hash: NameHash.hash(place, count: count, seed: seed))
  }

  /// Copies the bytes of a name that `NameHash.padding` readable bytes follow. This is faster than
  /// `add(name:count:)`, since hashing does not have to wait for the copy.
  @inlinable @inline(__always)
  public func add(paddedName start: UnsafePointer<UInt8>, count: Int) -> NameRange {
    NameRange(
      offset: copy(start, count: count), count: count,
      hash: NameHash.hash(start, count: count, seed: seed))
  }

  /// - Returns: the offset of the copy.
  @inlinable @inline(__always)
  func copy(_ start: UnsafePointer<UInt8>, count: Int) -> Int {
    if storage.pointee.namesCount &+ count > storage.pointee.namesCapacity { growNames(by: count) }
    let offset = storage.pointee.namesCount
    (storage.pointee.names + offset).update(from: start, count: count)
    storage.pointee.namesCount = offset &+ count
    return offset
  }

  /// Counts lines that are not hits: rejected, or ignored if `rejection` is `nil`.
  package func add(line rejection: Rejection?, count: Int = 1) {
    let place = storage.pointee.records.count
    if let last = runs.indices.last, runs[last].beforeRecord == place,
      runs[last].rejection == rejection
    {
      runs[last].count += count
    } else {
      runs.append(LineRun(beforeRecord: place, rejection: rejection, count: count))
    }
  }

  /// The name with its bytes in the batch.
  package func name(_ range: NameRange) -> Name {
    Name(UnsafeBufferPointer(start: names + range.offset, count: range.count))
  }

  @usableFromInline func growNames(by count: Int) {
    let capacity = max(storage.pointee.namesCapacity * 2, storage.pointee.namesCount + count)
    let grown = Self.nameBytes(capacity)
    grown.update(from: storage.pointee.names, count: storage.pointee.namesCount)
    storage.pointee.names.deallocate()
    storage.pointee.names = grown
    storage.pointee.namesCapacity = capacity
  }

  private static func nameBytes(_ capacity: Int) -> UnsafeMutablePointer<UInt8> {
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + NameHash.padding)
    bytes.initialize(repeating: 0, count: capacity + NameHash.padding)
    return bytes
  }
}
