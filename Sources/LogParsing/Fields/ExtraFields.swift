import AccessLog

/// Fields of a line that are read only where somebody asks for them.
struct ExtraFields: OptionSet, Sendable {
  let rawValue: UInt8

  static let host = ExtraFields(rawValue: 1)
  static let user = ExtraFields(rawValue: 2)
  static let referrer = ExtraFields(rawValue: 4)
  static let agent = ExtraFields(rawValue: 8)
  /// Where it is a field of its own.
  static let query = ExtraFields(rawValue: 16)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Those that give names.
  init(_ dimensions: DimensionSet) {
    self = []
    if dimensions.contains(.host) { insert(.host) }
    if dimensions.contains(.user) { insert(.user) }
    if dimensions.contains(.referrer) { insert(.referrer) }
    if dimensions.contains(.agent) { insert(.agent) }
  }

  /// Those that conditions compare.
  init(_ conditions: ConditionList) {
    self = []
    let all = conditions.conditions + (conditions.filter.map { [$0] } ?? [])
    let fields: Set<FilterField> = all.reduce(into: []) { $0.formUnion($1.expression.fields) }
    for field in fields {
      switch field {
      case .host: insert(.host)
      case .user: insert(.user)
      case .referrer: insert(.referrer)
      case .agent, .bot: insert(.agent)
      case .query: insert(.query)
      case .section, .path, .client, .method, .status, .bytes, .latency, .source: break
      }
    }
  }
}
