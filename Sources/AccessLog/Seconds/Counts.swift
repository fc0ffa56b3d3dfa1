/// Hits by request method; requests of fewer than two words have none.
@frozen public struct MethodCounts: Sendable {
  @usableFromInline var counts = InlineArray<10, Int>(repeating: 0)

  @inlinable @inline(__always)
  public init() {}

  @inlinable public subscript(method: Method) -> Int {
    @inline(__always) get { counts[Int(method.rawValue)] }
    @inline(__always) set { counts[Int(method.rawValue)] = newValue }
  }

  /// Adds the counts of other hits. A count that would not fit saturates.
  @inlinable @inline(__always)
  public static func += (left: inout MethodCounts, right: MethodCounts) {
    for index in left.counts.indices {
      left.counts[index] = left.counts[index].addingSaturated(right.counts[index])
    }
  }

  /// The methods with a hit, most hits first, then by name bytewise.
  package var ranked: [(method: Method, hits: Int)] {
    var ranked: [(method: Method, hits: Int)] = []
    for method in Self.byName where self[method] > 0 {
      let hits = self[method]
      let place = ranked.firstIndex { $0.hits < hits } ?? ranked.count
      ranked.insert((method, hits), at: place)
    }
    return ranked
  }

  private static let byName = Method.allCases.sorted { Name($0.name) < Name($1.name) }
}

extension MethodCounts: Equatable {
  public static func == (left: MethodCounts, right: MethodCounts) -> Bool {
    left.counts.indices.allSatisfy { left.counts[$0] == right.counts[$0] }
  }
}

/// Hits by class of response status.
@frozen public struct StatusCounts: Sendable {
  @usableFromInline var counts = InlineArray<6, Int>(repeating: 0)

  @inlinable @inline(__always)
  public init() {}

  @inlinable public subscript(status: StatusClass) -> Int {
    @inline(__always) get { counts[Int(status.rawValue)] }
    @inline(__always) set { counts[Int(status.rawValue)] = newValue }
  }

  /// Adds the counts of other hits. A count that would not fit saturates.
  @inlinable @inline(__always)
  public static func += (left: inout StatusCounts, right: StatusCounts) {
    for index in left.counts.indices {
      left.counts[index] = left.counts[index].addingSaturated(right.counts[index])
    }
  }
}

extension StatusCounts: Equatable {
  public static func == (left: StatusCounts, right: StatusCounts) -> Bool {
    left.counts.indices.allSatisfy { left.counts[$0] == right.counts[$0] }
  }
}
