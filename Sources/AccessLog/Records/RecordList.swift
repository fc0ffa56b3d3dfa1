import Glibc

/// An array of records that grows. Appending costs no check of who else holds it, since it has a
/// single owner.
@frozen public struct RecordList: ~Copyable {
  @usableFromInline var start: UnsafeMutablePointer<Record>
  @usableFromInline var capacity: Int
  @usableFromInline var length = 0

  package var count: Int { length }

  package init() {
    capacity = 1024
    start = Self.memory(for: capacity, insteadOf: nil)
  }

  deinit { free(start) }

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

  /// Doubles the memory. A long list is not copied: its pages are mapped elsewhere. (mremap(2))
  @usableFromInline mutating func grow() {
    capacity *= 2
    start = Self.memory(for: capacity, insteadOf: start)
  }

  private static func memory(
    for count: Int, insteadOf former: UnsafeMutablePointer<Record>?
  ) -> UnsafeMutablePointer<Record> {
    // Memory that cannot be had ends the program, as everywhere.
    realloc(former, count * MemoryLayout<Record>.stride)!.assumingMemoryBound(to: Record.self)
  }
}

extension RecordList: @unchecked Sendable {}
