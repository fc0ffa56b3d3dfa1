/// What of a name mostly suffices to compare it with another: its first bytes as two numbers.
///
/// For a name of up to 15 bytes, and most of 16, that is the whole name: the second number ends with the
/// length, or with the last byte, which is greater than any length. Of a longer name it is the first
/// eight bytes.
@frozen public struct NamePrefix: BitwiseCopyable, Sendable {
  @usableFromInline let first: UInt64
  @usableFromInline let second: UInt64

  @inlinable @inline(__always)
  init(_ key: NameKey) {
    first = key.first.byteSwapped
    second = key.second.byteSwapped
  }

  /// Whether more of the name would have to be compared.
  @inlinable public var isCut: Bool {
    @inline(__always) get { second & 0xFF == 0xFF }
  }

  /// 1 if the name precedes another bytewise, otherwise 0; neither may be cut. Takes no branch.
  @inlinable @inline(__always)
  public func precedes(_ other: NamePrefix) -> Int {
    let isLess = first < other.first ? 1 : 0
    let isSame = first == other.first ? 1 : 0
    return isLess | isSame & (second < other.second ? 1 : 0)
  }

  /// Whether the name precedes another bytewise; `nil` if the prefixes do not tell.
  @inlinable @inline(__always)
  public func isBefore(_ other: NamePrefix) -> Bool? {
    if first != other.first { return first < other.first }
    return isCut || other.isCut ? nil : second < other.second
  }
}
