/// Finds out whether hits satisfy a condition that is about one of their names alone.
package protocol NameTest: Sendable {
  /// Whether hits with a name satisfy it, whatever else they have.
  func holds(_ name: UnsafeBufferPointer<UInt8>) -> Bool
}

/// Makes the test of a condition that has one term, of a field with a dimension.
package typealias NameTestMaker = @Sendable (Condition) -> any NameTest

extension FilterField {
  /// The dimension whose names say all that the field does; `nil` if there is none.
  package var dimension: Dimension? {
    switch self {
    case .section: .section
    case .path: .path
    case .client: .client
    case .host: .host
    case .user: .user
    case .status: .status
    case .referrer: .referrer
    case .agent, .bot: .agent
    case .source: .source
    case .query, .method, .bytes, .latency: nil
    }
  }
}

extension FilterExpression {
  /// The only term, perhaps negated; `nil` if there are several.
  package var onlyTerm: FilterTerm? {
    switch self {
    case .term(let term): term
    case .not(let inner): inner.onlyTerm
    case .all, .any: nil
    }
  }
}
