/// An array of records that grows. Appending costs no check of who else holds it, since it has a
/// single owner.
@frozen public struct RecordList: ~Copyable {
  @usableFromInline var start: UnsafeMutablePointer<Record>
  @usableFromInline var capacity: Int
  @usableFromInline var length = 0

  package var count: Int { length }

  package init() {
    capacity = 1024
    start = .allocate(capacity: capacity)
  }

  deinit { start.deallocate() }

  /// The records, valid until the list is changed.
  package var records: UnsafeBufferPointer<Record> {
    UnsafeBufferPointer(start: start, count: length)
  }

  @inlinable @inline(__always)
  mutating func append(_ record: Record) {
    if length == capacity { grow() }
    (start + length).initialize(to: record)
    length &+= 1
  }

  /// Removes all records but keeps the memory.
  package mutating func removeAll() { length = 0 }

  mutating func removeLast() { if length > 0 { length -= 1 } }

  @usableFromInline mutating func grow() {
    let grown = UnsafeMutablePointer<Record>.allocate(capacity: 2 * capacity)
    grown.moveInitialize(from: start, count: length)
    start.deallocate()
    start = grown
    capacity *= 2
  }
}

extension RecordList: @unchecked Sendable {}
