/// A small number that identifies a name in one table.
@frozen public struct NameID: Hashable, Sendable {
  public var value: UInt32

  @inlinable @inline(__always)
  public init(value: UInt32) {
    self.value = value
  }

  @inlinable public var index: Int {
    @inline(__always) get { Int(value) }
  }
}
