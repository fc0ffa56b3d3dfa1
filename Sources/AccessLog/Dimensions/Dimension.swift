/// What hits are ranked by: the names of a dimension are counted apart from those of the others.
///
/// Another dimension is a case here with its profile and its wire code, a property and a line in each
/// member of `PerDimension`, and its name in `LineFacts` (LogParsing).
@frozen public enum Dimension: Int, CaseIterable, Sendable {
  case section, client

  /// What stands for the dimension in the wire form of a closed second; never used again for another.
  var wireCode: UInt64 {
    switch self {
    case .section: 1
    case .client: 2
    }
  }

  /// Calls the body for each dimension. Where a line is counted this costs nothing, which going
  /// through `allCases` does.
  @inlinable @inline(__always)
  public static func each(_ body: (Dimension) -> Void) {
    body(.section)
    body(.client)
  }
}

extension Dimension {
  /// What is particular to it.
  package var profile: DimensionProfile {
    switch self {
    case .section:
      DimensionProfile(
        "section", plural: "sections", reports: [.bytes, .clientErrors, .serverErrors],
        tables: [.rate, .clientErrors, .serverErrors, .bytes], isListedInText: true)
    case .client:
      DimensionProfile("client", plural: "clients", reports: [], tables: [.errors])
    }
  }
}

/// A value for each dimension.
@frozen public struct PerDimension<Value> {
  @usableFromInline var section: Value
  @usableFromInline var client: Value

  /// Makes the value of each dimension.
  @inlinable @inline(__always)
  public init(_ value: (Dimension) -> Value) {
    section = value(.section)
    client = value(.client)
  }

  @inlinable @inline(__always)
  public init(repeating value: Value) {
    self.init { _ in value }
  }

  @inlinable public subscript(dimension: Dimension) -> Value {
    @inline(__always) get {
      switch dimension {
      case .section: section
      case .client: client
      }
    }
    @inline(__always) _modify {
      switch dimension {
      case .section: yield &section
      case .client: yield &client
      }
    }
  }

  /// Looks at a value where it lies: for what happens at every line, as a subscript copies it.
  @inlinable @inline(__always)
  public func with<Result>(_ dimension: Dimension, _ body: (borrowing Value) -> Result) -> Result {
    switch dimension {
    case .section: body(section)
    case .client: body(client)
    }
  }

  /// Changes a value where it lies: for what happens at every line.
  @inlinable @inline(__always)
  public mutating func modify<Result>(
    _ dimension: Dimension, _ body: (inout Value) -> Result
  ) -> Result {
    switch dimension {
    case .section: body(&section)
    case .client: body(&client)
    }
  }

  /// The values that `change` makes of these.
  @inlinable @inline(__always)
  public func map<Other>(_ change: (Value) -> Other) -> PerDimension<Other> {
    PerDimension<Other> { change(self[$0]) }
  }

  /// The values from first to last combined into one.
  @inlinable @inline(__always)
  public func reduce<Result>(_ first: Result, _ combine: (Result, Value) -> Result) -> Result {
    combine(combine(first, section), client)
  }
}

extension PerDimension: Sendable where Value: Sendable {}

extension PerDimension: Equatable where Value: Equatable {}
