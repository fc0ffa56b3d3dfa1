/// What parsing a block of lines gives: the hits in order, their names, and the other lines counted
/// in their places. It is filled again for each block, so that no line allocates.
public final class RecordBatch {
  /// What grows with every line. It is reached through a pointer that never changes, so that the
  /// runtime need not check at every line that nobody else is at it: a batch has one owner.
  @usableFromInline struct Storage {
    @usableFromInline var records: [Record] = []
    @usableFromInline var names: UnsafeMutablePointer<UInt8>
    @usableFromInline var namesCount = 0
    @usableFromInline var namesCapacity: Int
  }

  @usableFromInline let storage: UnsafeMutablePointer<Storage>
  @usableFromInline let seed = NameHash.seed
  package private(set) var runs: [LineRun] = []
  /// Rejected lines kept for show; the parser says how many.
  package var details: [RejectedLine] = []
  /// Where lines of the block began or ceased to match.
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

  package var records: [Record] { storage.pointee.records }

  /// Lines of every kind.
  package var lineCount: Int { runs.reduce(records.count) { $0 + $1.count } }

  /// The bytes of the names, followed by padding that may be read.
  package var names: UnsafePointer<UInt8> { UnsafePointer(storage.pointee.names) }

  package func removeAll() {
    storage.pointee.records.removeAll(keepingCapacity: true)
    storage.pointee.namesCount = 0
    runs.removeAll(keepingCapacity: true)
    details.removeAll(keepingCapacity: true)
    matchChanges.removeAll(keepingCapacity: true)
  }

  @inlinable @inline(__always)
  public func add(_ record: Record) {
    storage.pointee.records.append(record)
  }

  /// Keeps a copy of a name's bytes.
  @inlinable @inline(__always)
  public func add(name start: UnsafePointer<UInt8>, count: Int) -> NameSpan {
    if storage.pointee.namesCount &+ count > storage.pointee.namesCapacity { growNames(by: count) }
    let offset = storage.pointee.namesCount
    let place = storage.pointee.names + offset
    place.update(from: start, count: count)
    storage.pointee.namesCount = offset &+ count
    return NameSpan(
      offset: offset, count: count, hash: NameHash.hash(place, count: count, seed: seed))
  }

  /// Counts a line that is no hit: rejected, or ignored where `rejection` is `nil`.
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

  /// The bytes of a name.
  package func name(_ span: NameSpan) -> Name {
    Name(UnsafeBufferPointer(start: names + span.offset, count: span.count))
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
