import AccessLog

/// What a rule counts of each hit, if the totals of a second do not say it.
struct Measure: Hashable, Sendable {
  /// What the hits of a name are told apart by.
  enum Detail: UInt8, Sendable {
    case nothing
    /// By their client.
    case client
    /// By the bucket of their latency; hits without one are not counted.
    case latency
  }

  /// The number of the condition that hits must satisfy; `nil` for all hits.
  var condition: Int?
  /// The number of the condition whose hits are counted apart; `nil` for none.
  var part: Int?
  /// Whose hits are counted apart.
  var subject: RuleDefinition.Subject?
  var detail: Detail

  /// The ID of the name that a hit counts for; 0 if all hits count together. `nil` if the hit has no
  /// such name.
  ///
  /// - Parameters:
  ///   - names: its names in the dimensions that are not common, in the order of `others`.
  @inline(__always)
  func key(
    of record: Record, _ names: some RandomAccessCollection<NameID>, _ others: [Dimension]
  ) -> UInt32? {
    switch subject {
    case nil: return 0
    case .method: return record.method.map { UInt32($0.rawValue) }
    case .dimension(let dimension):
      if dimension.isCommon { return record.names[dimension].value }
      guard let place = others.firstIndex(of: dimension), place < names.count else { return nil }
      return names[names.index(names.startIndex, offsetBy: place)].value
    }
  }
}

/// The rules of a run in the form in which they are counted.
package struct RulePlan: Sendable {
  /// What parsing must find out about records.
  package private(set) var conditions = ConditionList()
  /// The dimensions in which rules need names.
  private(set) var dimensions: DimensionSet = []
  private(set) var measures: [Measure] = []
  /// For each rule, the index of its measure; `nil` if the totals of a second say all it needs.
  private(set) var measureOfRule: [Int?] = []

  /// - Parameters:
  ///   - filter: `nil` if there is none.
  ///   - filterIsView: whether rules count records that do not satisfy it too.
  ///   - rules: without the high-traffic rule, which needs only totals.
  package init(filter: Condition?, filterIsView: Bool = false, _ rules: [RuleDefinition]) {
    conditions.filter = filter
    conditions.filterIsView = filterIsView
    for rule in rules { measureOfRule.append(add(rule)) }
  }

  private mutating func add(_ rule: RuleDefinition) -> Int? {
    if rule.metric.isOfLines { return nil }
    var measure = Measure(
      condition: rule.condition.map { conditions.number(of: $0) }, subject: rule.subject,
      detail: .nothing)
    switch rule.metric {
    case .share(let part): measure.part = conditions.number(of: part)
    case .percentile: measure.detail = .latency
    case .clients: measure.detail = .client
    default: if measure.condition == nil, measure.subject == nil { return nil }
    }
    if case .dimension(let dimension)? = rule.subject {
      dimensions.formUnion(DimensionSet(dimension))
    }
    if let index = measures.firstIndex(of: measure) { return index }
    measures.append(measure)
    return measures.count - 1
  }
}
