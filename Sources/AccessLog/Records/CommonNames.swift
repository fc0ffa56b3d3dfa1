/// The names of a record in the common dimensions.
@frozen public struct CommonNames: Sendable {
  public var section: NameID
  public var client: NameID
  public var status: NameID

  @inlinable @inline(__always)
  public init(section: NameID, client: NameID, status: NameID) {
    self.section = section
    self.client = client
    self.status = status
  }

  /// The name in a common dimension.
  @inlinable public subscript(dimension: Dimension) -> NameID {
    @inline(__always) get {
      switch dimension {
      case .section: section
      case .client: client
      default: status
      }
    }
  }
}
