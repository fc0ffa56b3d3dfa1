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
