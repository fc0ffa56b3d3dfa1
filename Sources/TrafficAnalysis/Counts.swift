import AccessLog

/// Hits by request method; requests of fewer than two words have none.
package struct MethodCounts: Sendable {
  private var counts = InlineArray<10, Int>(repeating: 0)

  package init() {}

  package subscript(method: Method) -> Int {
    get { counts[Int(method.rawValue)] }
    set { counts[Int(method.rawValue)] = newValue }
  }

  package static func += (left: inout MethodCounts, right: MethodCounts) {
    for index in left.counts.indices { left.counts[index] &+= right.counts[index] }
  }

  /// The methods with a hit, most hits first, then by name bytewise.
  package var ranked: [(method: Method, hits: Int)] {
    Method.allCases.map { (method: $0, hits: self[$0]) }
      .filter { $0.hits > 0 }
      .sorted {
        $0.hits != $1.hits ? $0.hits > $1.hits : Name($0.method.name) < Name($1.method.name)
      }
  }
}

extension MethodCounts: Equatable {
  package static func == (left: MethodCounts, right: MethodCounts) -> Bool {
    left.counts.indices.allSatisfy { left.counts[$0] == right.counts[$0] }
  }
}

/// Hits by class of response status.
package struct StatusCounts: Sendable {
  private var counts = InlineArray<6, Int>(repeating: 0)

  package init() {}

  package subscript(status: StatusClass) -> Int {
    get { counts[Int(status.rawValue)] }
    set { counts[Int(status.rawValue)] = newValue }
  }

  package static func += (left: inout StatusCounts, right: StatusCounts) {
    for index in left.counts.indices { left.counts[index] &+= right.counts[index] }
  }
}

extension StatusCounts: Equatable {
  package static func == (left: StatusCounts, right: StatusCounts) -> Bool {
    left.counts.indices.allSatisfy { left.counts[$0] == right.counts[$0] }
  }
}
