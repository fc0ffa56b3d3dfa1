/// The figures of one second in a form that can leave the process: with names instead of numbers
/// that only one table can resolve. See `encoded`.
package struct ClosedSecond: Equatable, Sendable {
  package var second: EpochSecond
  /// Totals of all hits in the second.
  package var traffic: Traffic
  /// The names counted in each dimension.
  package var names: PerDimension<CountedNames>
  /// How long answers took; `nil` if no hit has a latency.
  package var latencies: ClosedLatencies?

  package init(
    second: EpochSecond, traffic: Traffic = Traffic(),
    names: PerDimension<CountedNames> = PerDimension(repeating: CountedNames()),
    latencies: ClosedLatencies? = nil
  ) {
    self.second = second
    self.traffic = traffic
    self.names = names
    self.latencies = latencies
  }
}

/// The names of one dimension in one second, without duplicates.
package struct CountedNames: Equatable, Sendable {
  /// In bytewise order of their names.
  package var names: [CountedName]
  /// The most hits that may be missing from the count of any name; above 0 only if there were more
  /// names than are kept. A name that is not listed had at most this many.
  package var bound: Int
  /// All names of the second, including those that are not listed; `nil` if none was dropped.
  package var distinct: DistinctNames?

  package init(names: [CountedName] = [], bound: Int = 0, distinct: DistinctNames? = nil) {
    self.names = names
    self.bound = bound
    self.distinct = distinct
  }
}

/// The figures of one name.
package struct CountedName: Equatable, Sendable {
  package var name: Name
  package var hits: Int
  /// Responses with a status of 400-499.
  package var clientErrors: Int
  /// Responses with a status of 500-599.
  package var serverErrors: Int
  /// Response bytes; saturates at 2^63-1.
  package var bytes: Int64

  package init(name: Name, hits: Int, clientErrors: Int, serverErrors: Int, bytes: Int64) {
    self.name = name
    self.hits = hits
    self.clientErrors = clientErrors
    self.serverErrors = serverErrors
    self.bytes = bytes
  }
}
