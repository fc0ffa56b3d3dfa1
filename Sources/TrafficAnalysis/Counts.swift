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
