/// A property by which hits are ranked, such as their section. Each dimension has names of its own.
///
/// To add a dimension, add a case here with its profile and wire code, a property and a line in
/// each member of `PerDimension`, and its name to `LineFacts` (LogParsing).
@frozen public enum Dimension: Int, CaseIterable, Sendable {
  case section, client, status

  /// Identifies the dimension in the wire form of a closed second. Codes are never reused.
  var wireCode: UInt64 {
    switch self {
    case .section: 1
    case .client: 2
    case .status: 3
    }
  }

  /// Calls the body for each dimension. Unlike a loop over `allCases`, this is unrolled, which
  /// matters for work done on every line.
  @inlinable @inline(__always)
  public static func each(_ body: (Dimension) -> Void) {
    body(.section)
    body(.client)
    body(.status)
  }
}

extension Dimension {
  /// The names of the dimension, and the figures shown for it.
  package var profile: DimensionProfile {
    switch self {
    case .section:
      DimensionProfile(
        "section", plural: "sections", reports: [.bytes, .clientErrors, .serverErrors],
        isListedInText: true)
    case .client:
      DimensionProfile("client", plural: "clients", reports: [])
    case .status:
      DimensionProfile("status", plural: "codes", reports: [], isReported: false)
    }
  }
}

/// One value for each dimension.
@frozen public struct PerDimension<Value> {
  @usableFromInline var section: Value
  @usableFromInline var client: Value
  @usableFromInline var status: Value

  /// Calls the closure to make the value of each dimension.
  @inlinable @inline(__always)
  public init(_ value: (Dimension) -> Value) {
    section = value(.section)
    client = value(.client)
    status = value(.status)
  }

  /// The same value for each dimension.
  @inlinable @inline(__always)
  public init(repeating value: Value) {
    self.init { _ in value }
  }

  /// The value of a dimension. Reading copies it; see `with` for work done on every line.
  @inlinable public subscript(dimension: Dimension) -> Value {
    @inline(__always) get {
      switch dimension {
      case .section: section
      case .client: client
      case .status: status
      }
    }
    @inline(__always) _modify {
      switch dimension {
      case .section: yield &section
      case .client: yield &client
      case .status: yield &status
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
    }
  }

  /// The results of applying the closure to each value.
  @inlinable @inline(__always)
  public func map<Other>(_ change: (Value) -> Other) -> PerDimension<Other> {
    PerDimension<Other> { change(self[$0]) }
  }

  /// Combines all values, in the order of the dimensions.
  @inlinable @inline(__always)
  public func reduce<Result>(_ first: Result, _ combine: (Result, Value) -> Result) -> Result {
    combine(combine(combine(first, section), client), status)
  }
}

extension PerDimension: Sendable where Value: Sendable {}

extension PerDimension: Equatable where Value: Equatable {}
