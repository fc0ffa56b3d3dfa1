/// What was counted in one second, on its own: with the names themselves instead of numbers that
/// only one table can resolve. It is what leaves a process; see `encoded`.
package struct ClosedSecond: Equatable, Sendable {
  package var second: EpochSecond
  package var traffic: Traffic
  package var names: PerDimension<CountedNames>

  package init(
    second: EpochSecond, traffic: Traffic = Traffic(),
    names: PerDimension<CountedNames> = PerDimension(repeating: CountedNames())
  ) {
    self.second = second
    self.traffic = traffic
    self.names = names
  }
}

/// The names of one dimension in one second, each once.
package struct CountedNames: Equatable, Sendable {
  /// Bytewise by name.
  package var names: [CountedName]
  /// How many hits may be missing from the count of any name, above 0 only where there were more
  /// names than are kept. A name that is not listed had no more than this.
  package var bound: Int

  package init(names: [CountedName] = [], bound: Int = 0) {
    self.names = names
    self.bound = bound
  }
}

/// What was counted of one name.
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
