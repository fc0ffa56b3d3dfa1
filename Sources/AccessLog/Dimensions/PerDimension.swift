/// One value for each of the common dimensions, and in runs that rank others one for each of those
/// too.
@frozen public struct PerDimension<Value> {
  @usableFromInline var section: Value
  @usableFromInline var client: Value
  @usableFromInline var status: Value
  /// The values of the dimensions that are not common, of all or of none. Those that a run does not
  /// rank are never filled.
  @usableFromInline var others: [Value]

  /// Calls the closure to make the value of each dimension.
  ///
  /// - Parameter ranked: whether there are values for dimensions that are not common depends on
  ///   whether it has any of them.
  @inlinable @inline(__always)
  public init(_ ranked: DimensionSet, _ value: (Dimension) -> Value) {
    self.init(withOthers: !ranked.subtracting(.common).isEmpty, value)
  }

  /// The same value for each dimension.
  @inlinable @inline(__always)
  public init(_ ranked: DimensionSet, repeating value: Value) {
    self.init(ranked) { _ in value }
  }

  /// Calls the closure to make the value of each common dimension.
  @inlinable @inline(__always)
  public init(_ value: (Dimension) -> Value) {
    self.init(withOthers: false, value)
  }

  /// The same value for each common dimension.
  @inlinable @inline(__always)
  public init(repeating value: Value) {
    self.init(withOthers: false) { _ in value }
  }

  /// Calls the closure to make the value of each dimension.
  ///
  /// - Parameter hasOthers: whether there are values for dimensions that are not common.
  @inlinable @inline(__always)
  public init(withOthers hasOthers: Bool, _ value: (Dimension) -> Value) {
    section = value(.section)
    client = value(.client)
    status = value(.status)
    others = hasOthers ? Self.makeOthers(value) : []
  }

  // A function that is not inlined would need a copy of all that the closure uses.
  @inlinable @inline(__always)
  static func makeOthers(_ value: (Dimension) -> Value) -> [Value] {
    var others: [Value] = []
    Dimension.eachOther { others.append(value($0)) }
    return others
  }

  /// Whether there are values of dimensions that are not common.
  @inlinable public var hasOthers: Bool {
    @inline(__always) get { !others.isEmpty }
  }

  /// The dimensions that have a value.
  @inlinable public var dimensions: ArraySlice<Dimension> {
    Dimension.allCases[..<(Dimension.commonCount + others.count)]
  }

  /// The value of a dimension. Reading copies it; see `with` for work done on every line.
  @inlinable public subscript(dimension: Dimension) -> Value {
    @inline(__always) get {
      switch dimension {
      case .section: section
      case .client: client
      case .status: status
      default: others[dimension.rawValue &- Dimension.commonCount]
      }
    }
    @inline(__always) _modify {
      switch dimension {
      case .section: yield &section
      case .client: yield &client
      case .status: yield &status
      default: yield &others[dimension.rawValue &- Dimension.commonCount]
      }
    }
  }

  /// Reads a value in place, without the copy that the subscript makes.
  @inlinable @inline(__always)
  public func with<Result>(_ dimension: Dimension, _ body: (borrowing Value) -> Result) -> Result {
    switch dimension {
    case .section: body(section)
    case .client: body(client)
    case .status: body(status)
    default: body(others[dimension.rawValue &- Dimension.commonCount])
    }
  }

  /// Changes a value in place.
  @inlinable @inline(__always)
  public mutating func modify<Result>(
    _ dimension: Dimension, _ body: (inout Value) -> Result
  ) -> Result {
    switch dimension {
    case .section: body(&section)
    case .client: body(&client)
    case .status: body(&status)
    default: body(&others[dimension.rawValue &- Dimension.commonCount])
    }
  }

  /// The results of applying the closure to each value.
  @inlinable @inline(__always)
  public func map<Other>(_ change: (Value) -> Other) -> PerDimension<Other> {
    PerDimension<Other>(withOthers: hasOthers) { change(self[$0]) }
  }

  /// Combines all values, in the order of the dimensions.
  @inlinable @inline(__always)
  public func reduce<Result>(_ first: Result, _ combine: (Result, Value) -> Result) -> Result {
    others.reduce(combine(combine(combine(first, section), client), status), combine)
  }
}

extension PerDimension: Sendable where Value: Sendable {}

extension PerDimension: Equatable where Value: Equatable {}
