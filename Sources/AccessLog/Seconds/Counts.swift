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

  /// Hands on the methods with a hit and their hits: most hits first, then by name bytewise.
  package func forEachRanked(_ body: (Method, Int) -> Void) {
    var order = InlineArray<10, Method>(repeating: .other)
    var count = 0
    for method in Self.byName where self[method] > 0 {
      var place = count
      while place > 0, self[order[place - 1]] < self[method] {
        order[place] = order[place - 1]
        place -= 1
      }
      order[place] = method
      count += 1
    }
    for index in 0..<count { body(order[index], self[order[index]]) }
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
