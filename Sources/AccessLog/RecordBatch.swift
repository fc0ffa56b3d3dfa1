/// What parsing a block of lines gives: the hits in order, their names, and the other lines counted
/// in their places. It is filled again for each block, so that no line allocates.
package final class RecordBatch {
  package private(set) var runs: [LineRun] = []
  /// Rejected lines kept for show; the parser says how many.
  package var details: [RejectedLine] = []
  package var records: [Record] = []

  /// The bytes of the names, followed by padding that may be read.
  @usableFromInline package private(set) var names: UnsafeMutablePointer<UInt8>
  @usableFromInline var namesCount = 0
  @usableFromInline var namesCapacity: Int

  package init() {
    namesCapacity = 1 << 16
    names = .allocate(capacity: namesCapacity + NameHash.padding)
    names.initialize(repeating: 0, count: namesCapacity + NameHash.padding)
  }

  deinit { names.deallocate() }

  package func removeAll() {
    records.removeAll(keepingCapacity: true)
    runs.removeAll(keepingCapacity: true)
    details.removeAll(keepingCapacity: true)
    namesCount = 0
  }

  /// Keeps a copy of a name's bytes.
  @inlinable @inline(__always)
  package func add(name start: UnsafePointer<UInt8>, count: Int) -> NameSpan {
    if namesCount &+ count > namesCapacity { growNames(by: count) }
    let place = names + namesCount
    place.update(from: start, count: count)
    let span = NameSpan(
      offset: namesCount, count: count,
      hash: NameHash.hash(place, count: count, seed: NameHash.seed))
    namesCount &+= count
    return span
  }

  /// Counts a line that is no hit: rejected, or ignored where `rejection` is `nil`.
  package func add(line rejection: Rejection?, count: Int = 1) {
    if let last = runs.indices.last, runs[last].beforeRecord == records.count,
      runs[last].rejection == rejection
    {
      runs[last].count += count
    } else {
      runs.append(LineRun(beforeRecord: records.count, rejection: rejection, count: count))
    }
  }

  /// The bytes of a name.
  package func name(_ span: NameSpan) -> Name {
    Name(Array(UnsafeBufferPointer(start: names + span.offset, count: span.count)))
  }

  @usableFromInline func growNames(by count: Int) {
    let capacity = max(namesCapacity * 2, namesCount + count)
    let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + NameHash.padding)
    grown.initialize(repeating: 0, count: capacity + NameHash.padding)
    grown.update(from: names, count: namesCount)
    names.deallocate()
    names = grown
    namesCapacity = capacity
  }
}
