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

/// Totals that are kept for many seconds or minutes, in 12 bytes.
struct CompactTotals: Equatable, Sendable {
  private var hits: UInt32 = 0
  private var clientErrors: UInt32 = 0
  private var serverErrors: UInt32 = 0

  /// None.
  init() {}

  /// - Parameter totals: numbers that do not fit become the largest one that does.
  init(_ totals: SecondTotals) {
    hits = UInt32(clamping: totals.hits)
    clientErrors = UInt32(clamping: totals.clientErrors)
    serverErrors = UInt32(clamping: totals.serverErrors)
  }

  var totals: SecondTotals {
    SecondTotals(hits: Int(hits), clientErrors: Int(clientErrors), serverErrors: Int(serverErrors))
  }
}
