/// A set of dimensions.
@frozen public struct DimensionSet: OptionSet, Hashable, Sendable {
  public let rawValue: UInt16

  @inlinable public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// The set of one dimension.
  @inlinable public init(_ dimension: Dimension) {
    self.init(rawValue: 1 << UInt16(dimension.rawValue))
  }

  /// The dimensions that every record has a name in.
  public static let common: DimensionSet = [
    DimensionSet(.section), DimensionSet(.client), DimensionSet(.status),
  ]

  @inlinable @inline(__always)
  public func contains(_ dimension: Dimension) -> Bool {
    contains(DimensionSet(dimension))
  }

  /// The dimensions of the set, in the order of `Dimension.allCases`.
  package var dimensions: [Dimension] { Dimension.allCases.filter(contains) }
}
