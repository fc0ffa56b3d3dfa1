/// Hits by request method. Requests of fewer than two words have no method and are not counted.
@frozen public struct MethodCounts: Sendable {
  @usableFromInline var counts = InlineArray<10, Int>(repeating: 0)

  @inlinable @inline(__always)
  public init() {}

  /// The hits of a method.
  @inlinable public subscript(method: Method) -> Int {
    @inline(__always) get { counts[Int(method.rawValue)] }
    @inline(__always) set { counts[Int(method.rawValue)] = newValue }
  }

  /// Adds other counts. Saturates on overflow.
  @inlinable @inline(__always)
  public static func += (left: inout MethodCounts, right: MethodCounts) {
    for index in left.counts.indices {
      left.counts[index] = left.counts[index].addingSaturated(right.counts[index])
    }
  }

  /// Calls the body for each method with hits, ordered by hits, then bytewise by name.
  package func forEachRanked(_ body: (Method, Int) -> Void) {
    var order = InlineArray<10, Method>(repeating: .other)
    var count = 0
    for method in Self.byName where self[method] > 0 {
      var index = count
      while index > 0, self[order[index - 1]] < self[method] {
        order[index] = order[index - 1]
        index -= 1
      }
      order[index] = method
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

  /// The hits of a class.
  @inlinable public subscript(status: StatusClass) -> Int {
    @inline(__always) get { counts[Int(status.rawValue)] }
    @inline(__always) set { counts[Int(status.rawValue)] = newValue }
  }

  /// Adds other counts. Saturates on overflow.
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
