import AccessLog

// What rules count, computed from the counts of names.

extension ReportPlan {
  /// What rules count of a second; `nil` if that is nothing.
  mutating func measures(
    of second: SecondFigures, _ names: NameTables
  ) -> SecondMeasures? {
    guard !measures.isEmpty else { return nil }
    var sum = SecondMeasures()
    for (index, measure) in measures.enumerated() {
      let selected = [filter, measure.condition].compactMap { $0 }
      switch measure.detail {
      case .nothing: add(measure, index, selected, of: second, names, to: &sum)
      case .client: addClients(index, selected, of: second, names, to: &sum)
      case .latency: addLatencies(measure, index, selected, of: second, names, to: &sum)
      }
    }
    return sum
  }

  private mutating func add(
    _ measure: Measure, _ index: Int, _ selected: [Int], of second: SecondFigures,
    _ names: NameTables, to sum: inout SecondMeasures
  ) {
    let ofPart = measure.part.map { selected + [$0] }
    switch measure.subject {
    case nil:
      let total = total(of: second, selected, names)
      let part = ofPart.map { self.total(of: second, $0, names).hits } ?? 0
      guard total.hits > 0 else { return }
      sum.add(
        MeasureCount(
          index, nil, key: 0, .nothing, hits: total.hits, part: part, bytes: total.bytes))
    case .method:
      guard selected.isEmpty else { return }
      for method in Method.allCases where second.traffic.methods[method] > 0 {
        let hits = UInt32(clamping: second.traffic.methods[method])
        sum.add(
          MeasureCount(index, .method, key: UInt32(method.rawValue), .nothing, hits: hits))
      }
    case .dimension(let dimension):
      forEach(dimension, selected, of: second, names) { plan, count, hits in
        let part = ofPart.map { plan.hits(of: count, dimension, $0, names) } ?? 0
        sum.add(
          MeasureCount(
            index, measure.subject, key: count.id.value, .nothing, hits: hits, part: part,
            bytes: hits == count.hits ? count.bytes : 0))
      }
    }
  }

  private mutating func addClients(
    _ index: Int, _ selected: [Int], of second: SecondFigures, _ names: NameTables,
    to sum: inout SecondMeasures
  ) {
    forEach(.client, selected, of: second, names) { _, count, hits in
      sum.add(
        MeasureCount(index, nil, key: 0, .client, detail: count.id.value, hits: hits))
    }
  }

  private mutating func addLatencies(
    _ measure: Measure, _ index: Int, _ selected: [Int], of second: SecondFigures,
    _ names: NameTables, to sum: inout SecondMeasures
  ) {
    var dimension = selected.first.flatMap { selections[$0]?.dimension }
    if case .dimension(let subject)? = measure.subject { dimension = subject }
    guard let latencies = second.details.latencies else { return }
    var counts = latencies.all
    if let dimension {
      guard selected.allSatisfy({ selections[$0]?.dimension == dimension }) else { return }
      counts = self.latencies(of: second, dimension, selected, names)?.names[dimension] ?? []
    }
    for count in counts {
      sum.add(
        MeasureCount(
          index, measure.subject, key: measure.subject == nil ? 0 : count.id.value, .latency,
          detail: UInt32(count.bucket), hits: count.hits))
    }
  }

  /// The hits of a second that satisfy conditions, and their bytes where these are known.
  private mutating func total(
    of second: SecondFigures, _ selected: [Int], _ names: NameTables
  ) -> (hits: UInt32, bytes: Int64) {
    guard !selected.isEmpty else {
      return (UInt32(clamping: second.traffic.hits), second.traffic.bytes)
    }
    var sum: (hits: UInt32, bytes: Int64) = (0, 0)
    guard let dimension = commonDimension(of: selected) else { return sum }
    forEach(dimension, selected, of: second, names) { _, count, hits in
      sum.hits = sum.hits.addingSaturated(hits)
      if hits == count.hits { sum.bytes = sum.bytes.addingSaturated(count.bytes) }
    }
    return sum
  }

  /// A dimension whose names say which hits satisfy all conditions.
  private func commonDimension(of selected: [Int]) -> Dimension? {
    let selections = selected.compactMap { self.selections[$0] }
    guard selections.count == selected.count else { return nil }
    return selections.map(\.dimension).first { dimension in
      selections.allSatisfy { $0.dimension == dimension || $0.errors != nil }
    }
  }

  /// Calls the body with every name of a dimension that has hits that satisfy conditions, and their
  /// number.
  private mutating func forEach(
    _ dimension: Dimension, _ selected: [Int], of second: SecondFigures, _ names: NameTables,
    _ body: (inout ReportPlan, NameCount, UInt32) -> Void
  ) {
    guard dimension.isCommon || second.names.hasOthers else { return }
    for count in second.names[dimension].counts {
      let hits = hits(of: count, dimension, selected, names)
      if hits > 0 { body(&self, count, hits) }
    }
  }

  /// The hits of a name that satisfy conditions.
  private mutating func hits(
    of count: NameCount, _ dimension: Dimension, _ selected: [Int], _ names: NameTables
  ) -> UInt32 {
    var errors: ErrorClasses?
    for index in selected {
      if selections[index]?.dimension == dimension {
        guard holds(index, count.id, dimension, names) else { return 0 }
      } else {
        guard let classes = selections[index]?.errors else { return 0 }
        errors = errors?.intersection(classes) ?? classes
      }
    }
    return errors.map { $0.hits(of: count) } ?? count.hits
  }
}
