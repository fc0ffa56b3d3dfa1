import AccessLog

/// A name in a ranking, with its figures.
package struct RankedName: Equatable, Sendable {
  package var name: Name
  package var hits: Int
  /// Response bytes; saturates at 2^63-1.
  package var bytes: Int64
  /// Responses with a status of 400-499.
  package var clientErrors: Int
  /// Responses with a status of 500-599.
  package var serverErrors: Int
  /// The most by which `hits` may be too high; above 0 only if there were more names than are kept.
  package var error: Int
  /// The 95th percentile of its latencies in microseconds; negative if not known.
  private var percentile = -1.0
  /// What only the rows of a table have; kept apart, because reports list very many names.
  private var details: Details?

  /// The 95th percentile of its latencies in microseconds; `nil` if not known.
  package var p95: Double? {
    get { percentile < 0 ? nil : percentile }
    set { percentile = newValue ?? -1 }
  }

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

// MARK: - Details

extension RankedName {
  /// Figures of a name in a table. Shared by copies until one of them changes.
  private final class Details: Equatable, Sendable {
    struct Values: Equatable, Sendable {
      var before: Int?
      var trend: [Int?] = []
      var peak: Int?
      var firstSeen: EpochSecond?
      var lastSeen: EpochSecond?
    }

    let values: Values

    init(_ values: Values) { self.values = values }

    static func == (left: Details, right: Details) -> Bool { left.values == right.values }
  }

  private var values: Details.Values {
    get { details?.values ?? Details.Values() }
    set { details = newValue == Details.Values() ? nil : Details(newValue) }
  }

  /// Its hits in the window that this one is compared with; `nil` if they are not known.
  package var before: Int? {
    get { details?.values.before }
    set { values.before = newValue }
  }
  /// The hits in each bucket of the requested sparkline, oldest first; `nil` for a bucket of which
  /// names are not kept.
  package var trend: [Int?] {
    get { details?.values.trend ?? [] }
    set { values.trend = newValue }
  }
  /// The most hits in one second of the window; `nil` if not requested or not known.
  package var peak: Int? {
    get { details?.values.peak }
    set { values.peak = newValue }
  }
  /// The first second with a hit in the window; `nil` if not requested or not known.
  package var firstSeen: EpochSecond? {
    get { details?.values.firstSeen }
    set { values.firstSeen = newValue }
  }
  /// The last second with a hit in the window; `nil` if not requested or not known.
  package var lastSeen: EpochSecond? {
    get { details?.values.lastSeen }
    set { values.lastSeen = newValue }
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

/// Consecutive rows of a ranking, and their position in it.
package struct RankedRows: Equatable, Sendable {
  /// The rows, in the order of the requested list.
  package var rows: [RankedName] = []
  /// The place of the first row in the requested list, from 0.
  package var first = 0
  /// The number of rows of the whole list.
  package var count = 0
  /// The hits of the first name of the ranking, even if it is not among the rows.
  package var mostHits = 0

  /// The rows of an empty ranking.
  package init() {}

  /// All rows of a ranking.
  package init(_ rows: [RankedName], mostHits: Int) {
    self.rows = rows
    self.mostHits = mostHits
    count = rows.count
  }
}
