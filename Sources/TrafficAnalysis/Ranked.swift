import AccessLog

/// A section of the site in a ranking.
package struct RankedSection: Equatable, Sendable {
  package var name: Name
  package var hits: Int
  /// Response bytes; saturates at 2^63-1.
  package var bytes: Int64
  /// Responses with a status of 400-499.
  package var clientErrors: Int
  /// Responses with a status of 500-599.
  package var serverErrors: Int
  /// How much `hits` may exceed the truth; above 0 only where there were more names than are kept.
  package var error: Int

  package init(
    name: Name, hits: Int, bytes: Int64, clientErrors: Int, serverErrors: Int, error: Int = 0
  ) {
    self.name = name
    self.hits = hits
    self.bytes = bytes
    self.clientErrors = clientErrors
    self.serverErrors = serverErrors
    self.error = error
  }
}

/// A client in a ranking.
package struct RankedClient: Equatable, Sendable {
  package var name: Name
  package var hits: Int
  /// Responses with a status of 400-599.
  package var errors: Int
  /// How much `hits` may exceed the truth; above 0 only where there were more names than are kept.
  package var error: Int

  package init(name: Name, hits: Int, errors: Int, error: Int = 0) {
    self.name = name
    self.hits = hits
    self.errors = errors
    self.error = error
  }
}

/// Hits by request method; requests of fewer than two words have none.
package struct MethodCounts: Equatable, Sendable {
  private var counts = [Int](repeating: 0, count: Method.allCases.count)

  package init() {}

  package subscript(method: Method) -> Int {
    get { counts[Int(method.rawValue)] }
    set { counts[Int(method.rawValue)] = newValue }
  }

  package static func += (left: inout MethodCounts, right: MethodCounts) {
    for index in left.counts.indices { left.counts[index] += right.counts[index] }
  }

  /// The methods with a hit, most hits first, then by name bytewise.
  package var ranked: [(method: Method, hits: Int)] {
    Method.allCases.map { (method: $0, hits: self[$0]) }
      .filter { $0.hits > 0 }
      .sorted { ($1.hits, Name($0.method.name)) < ($0.hits, Name($1.method.name)) }
  }
}

/// Hits by class of response status.
package struct StatusCounts: Equatable, Sendable {
  private var counts = [Int](repeating: 0, count: StatusClass.allCases.count)

  package init() {}

  package subscript(status: StatusClass) -> Int {
    get { counts[Int(status.rawValue)] }
    set { counts[Int(status.rawValue)] = newValue }
  }

  package static func += (left: inout StatusCounts, right: StatusCounts) {
    for index in left.counts.indices { left.counts[index] += right.counts[index] }
  }
}
