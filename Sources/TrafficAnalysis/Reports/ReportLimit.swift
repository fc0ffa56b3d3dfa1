import AccessLog

/// Something that is asked and that reports of seconds cannot answer. They say how many hits each name of
/// a dimension had, but not which names a hit had together.
package struct ReportLimit: Error, Equatable, Sendable {
  /// What asks.
  package enum Subject: Equatable, Sendable {
    case filter
    /// The output of the lines themselves.
    case lines
    /// The rule with that name.
    case rule(String)
  }

  package enum Reason: Equatable, Sendable {
    /// They hold no lines.
    case noLines
    /// The condition has several terms.
    case severalTerms(Condition)
    /// Hits are never ranked by the field.
    case unranked(FilterField)
    /// This run does not rank hits by the dimension.
    case notRanked(Dimension)
    /// Hits would have to have two properties together: these.
    case together(String, String)
    /// How long hits took is not known by client.
    case latenciesOfClients
    /// By method, only hits are known.
    case methods
  }

  package var subject: Subject
  package var reason: Reason

  package init(_ subject: Subject, _ reason: Reason) {
    (self.subject, self.reason) = (subject, reason)
  }
}

extension AnalysisOptions {
  /// What of the output, the filter and the rules reports of seconds cannot answer; empty if they can
  /// answer all.
  package func reportLimits(_ tests: @escaping NameTestMaker) -> [ReportLimit] {
    let check = ReportCheck(named: named, tests: tests)
    if keepsLines { return [ReportLimit(.lines, .noLines)] }
    var limits: [ReportLimit] = []
    var filterSelection: NameSelection?
    if let filter {
      do throws(ReportLimit.Reason) {
        filterSelection = try check.selection(filter)
      } catch {
        return [ReportLimit(.filter, error)]
      }
    }
    if !appliesFilter { filterSelection = nil }
    for rule in rules where !rule.metric.isOfLines {
      do throws(ReportLimit.Reason) {
        try check.check(rule, filterSelection)
      } catch {
        limits.append(ReportLimit(.rule(rule.name), error))
      }
    }
    return limits
  }
}

extension ReportLimit.Reason: Error {}

/// Finds out whether rules can be judged on reports.
private struct ReportCheck {
  typealias Reason = ReportLimit.Reason

  let named: DimensionSet
  let tests: NameTestMaker

  /// The names that a condition selects.
  func selection(_ condition: Condition) throws(Reason) -> NameSelection {
    guard let term = condition.expression.onlyTerm else { throw .severalTerms(condition) }
    guard let dimension = term.field.dimension else { throw .unranked(term.field) }
    guard dimension.isCommon || named.contains(dimension) else { throw .notRanked(dimension) }
    guard let selection = NameSelection(condition, tests) else { throw .unranked(term.field) }
    return selection
  }

  func check(_ rule: RuleDefinition, _ filter: NameSelection?) throws(Reason) {
    var selected = filter.map { [$0] } ?? []
    if let condition = rule.condition { selected.append(try selection(condition)) }
    if case .share(let part) = rule.metric {
      let part = try selection(part)
      try check(selected, rule)
      return try check(selected + [part], rule)
    }
    try check(selected, rule)
  }

  /// Checks whether it is known which hits satisfy some conditions.
  private func check(_ selected: [NameSelection], _ rule: RuleDefinition) throws(Reason) {
    var counted: Dimension?
    switch rule.subject {
    case .method:
      guard selected.isEmpty, rule.metric == .rate || rule.metric == .growth else {
        throw .methods
      }
      return
    case .dimension(let dimension): counted = dimension
    case nil: break
    }
    switch rule.metric {
    case .clients:
      if let counted { throw .together("client", "\(counted.profile.name)") }
      try combine(selected, in: .client, errors: true)
    case .percentile:
      let dimension = counted ?? selected.first?.dimension
      try combine(selected, in: dimension, errors: false)
      if dimension == .client { throw .latenciesOfClients }
      if let dimension, !SecondLatencies.isKept(dimension, named) { throw .notRanked(dimension) }
    case .bandwidth: try combine(selected, in: counted, errors: false)
    default: try combine(selected, in: counted, errors: true)
    }
  }

  /// - Parameters:
  ///   - dimension: the one whose names are counted; `nil` for any.
  ///   - errors: whether it suffices to know how many hits of a name are errors.
  private func combine(
    _ selected: [NameSelection], in dimension: Dimension?, errors: Bool
  ) throws(Reason) {
    let candidates = dimension.map { [$0] } ?? selected.map(\.dimension)
    func other(than candidate: Dimension) -> NameSelection? {
      selected.first { $0.dimension != candidate && !(errors && $0.errors != nil) }
    }
    guard let first = candidates.first, candidates.allSatisfy({ other(than: $0) != nil }),
      let other = other(than: first)
    else { return }
    throw .together("\(first.profile.name)", "\(other.dimension.profile.name)")
  }
}
