/// The hits of one or more seconds, with those that are errors.
package struct SecondTotals: Equatable, Sendable {
  package var hits = 0
  /// Responses with a status of 400-499.
  package var clientErrors = 0
  /// Responses with a status of 500-599.
  package var serverErrors = 0

  package init(hits: Int = 0, clientErrors: Int = 0, serverErrors: Int = 0) {
    self.hits = hits
    self.clientErrors = clientErrors
    self.serverErrors = serverErrors
  }

  package static func += (left: inout SecondTotals, right: SecondTotals) {
    left.hits += right.hits
    left.clientErrors += right.clientErrors
    left.serverErrors += right.serverErrors
  }
}
