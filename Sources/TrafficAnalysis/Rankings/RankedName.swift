import AccessLog

/// A name in a ranking, with what was counted under it.
package struct RankedName: Equatable, Sendable {
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

  /// Responses with a status of 400-599.
  package var errors: Int { clientErrors + serverErrors }

  package init(
    name: Name, hits: Int, bytes: Int64 = 0, clientErrors: Int = 0, serverErrors: Int = 0,
    error: Int = 0
  ) {
    self.name = name
    self.hits = hits
    self.bytes = bytes
    self.clientErrors = clientErrors
    self.serverErrors = serverErrors
    self.error = error
  }
}

extension RankedName {
  @inline(__always)
  init(_ total: NameRanking.Total, _ name: Name) {
    self.init(
      name: name, hits: total.hits, bytes: total.bytes, clientErrors: total.clientErrors,
      serverErrors: total.serverErrors, error: total.error)
  }
}

/// Some rows of a ranking, and where they stand in it.
package struct RankedRows: Equatable, Sendable {
  package var rows: [RankedName] = []
  /// The place of the first of them in the list that was asked for.
  package var first = 0
  /// How many rows that list has in all.
  package var count = 0
  /// Hits of the greatest row of the ranking, given or not.
  package var mostHits = 0

  package init() {}

  /// A whole ranking, in its order.
  package init(_ rows: [RankedName], mostHits: Int) {
    self.rows = rows
    self.mostHits = mostHits
    count = rows.count
  }
}
