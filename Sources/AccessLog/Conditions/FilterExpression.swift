/// A condition on a record, combined from terms.
package indirect enum FilterExpression: Hashable, Sendable {
  case term(FilterTerm)
  case not(FilterExpression)
  /// All of them hold; at least two.
  case all([FilterExpression])
  /// At least one of them holds; at least two.
  case any([FilterExpression])

  /// The number of its terms.
  package var termCount: Int {
    switch self {
    case .term: 1
    case .not(let inner): inner.termCount
    case .all(let parts), .any(let parts): parts.reduce(0) { $0 + $1.termCount }
    }
  }

  /// The fields that its terms are about.
  package var fields: Set<FilterField> {
    switch self {
    case .term(let term): [term.field]
    case .not(let inner): inner.fields
    case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.fields) }
    }
  }
}

/// What a term of a condition is about.
package enum FilterField: String, CaseIterable, Hashable, BitwiseCopyable, Sendable {
  case section, path, query, client, host, user, method, status, bytes, latency, referrer, agent
  case source, bot
}

/// How a term compares its field with its values.
package enum FilterRelation: Hashable, Sendable {
  /// `=`: the field is one of the values, or lies in one of them.
  case isAny
  /// `!=`: it is none of them.
  case isNone
  /// `~`: it matches one of the values, which are globs.
  case matchesAny
  /// `!~`: it matches none of them.
  case matchesNone
  /// `<`, `<=`, `>`, `>=`: comparisons with the only value.
  case less, lessOrEqual, greater, greaterOrEqual
}

/// A value that a term compares its field with.
package enum FilterValue: Hashable, Sendable {
  /// Bytes to compare with; for `matchesAny` and `matchesNone` a glob.
  case text([UInt8])
  /// A number of the field's unit: a status, bytes, or seconds.
  case number(Threshold)
  /// A class of statuses.
  case statusClass(StatusClass)
  /// A network, for `client`.
  case network(NetworkPrefix)
}

/// A comparison of a field with values.
package struct FilterTerm: Hashable, Sendable {
  package var field: FilterField
  package var relation: FilterRelation
  /// At least one.
  package var values: [FilterValue]

  package init(_ field: FilterField, _ relation: FilterRelation, _ values: [FilterValue]) {
    self.field = field
    self.relation = relation
    self.values = values
  }
}
