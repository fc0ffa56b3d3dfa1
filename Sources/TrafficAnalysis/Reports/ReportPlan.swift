import AccessLog

/// What is made of the names of reports where otherwise single hits are asked: the filter, and what rules
/// count. What cannot be known counts as no hits; see `ReportLimit`.
struct ReportPlan: Sendable {
  /// The conditions of rules, by their numbers, and at last the filter; `nil` for one that cannot be asked.
  var selections: [NameSelection?] = []
  /// The index of the filter, if records that do not satisfy it count nowhere.
  private(set) var filter: Int?
  let measures: [Measure]
  /// The dimensions in which hits should have names, besides the common ones.
  private let wanted: [Dimension]

  init(_ options: AnalysisOptions, _ tests: NameTestMaker?) {
    let conditions = options.rulePlan.conditions
    measures = options.countedFacts.measures
    wanted = options.named.subtracting(.common).dimensions
    selections = conditions.conditions.map { condition in
      tests.flatMap { NameSelection(condition, $0) }
    }
    guard options.appliesFilter, let condition = options.filter else { return }
    filter = selections.count
    selections.append(tests.flatMap { NameSelection(condition, $0) })
  }

  /// Forgets what is known of names, because they have other IDs now.
  mutating func forgetNames() {
    for index in selections.indices { selections[index]?.forgetAnswers() }
  }

  /// The dimensions that a report should have names in, but has none.
  func missing(in second: ClosedSecond) -> [Dimension] {
    guard second.traffic.hits > 0 else { return [] }
    return wanted.filter { !second.names.hasOthers || second.names[$0].names.isEmpty }
  }

  // MARK: - Seconds

  /// The figures of all hits of a second, with IDs for its names. Where it has no names in a dimension, any
  /// name may have had all hits.
  func imported(_ second: ClosedSecond, _ names: inout NameTables) -> SecondFigures {
    var figures = SecondFigures(second, &names)
    for dimension in missing(in: second) {
      figures.names[dimension].bound = second.traffic.hits
    }
    return figures
  }

  /// The figures of the hits that count, with what rules count of them.
  mutating func apply(to second: SecondFigures, _ names: NameTables) -> SecondFigures {
    let measured = measures(of: second, names)
    var counted = filtered(second, names)
    counted.details.measures = measured
    counted.details.consolidate()
    return counted
  }

  /// The figures of the hits that satisfy the filter.
  ///
  /// Of other dimensions than that of the filter nothing is known. Nor are methods, and the classes of
  /// statuses but for errors, unless the filter is about statuses; they count as `other`.
  mutating func filtered(_ second: SecondFigures, _ names: NameTables) -> SecondFigures {
    guard let filter else { return second }
    var result = second
    result.traffic = Traffic()
    result.details = SecondDetails()
    let dimension = selections[filter]?.dimension
    Dimension.each(withOthers: second.names.hasOthers) { result.names[$0] = NameCounts() }
    guard let dimension, dimension.isCommon || second.names.hasOthers else { return result }
    result.names[dimension].bound = second.names[dimension].bound
    for count in second.names[dimension].counts where holds(filter, count.id, dimension, names) {
      result.names[dimension].counts.append(count)
      result.names[dimension].bytes += names.with(dimension) { $0.length(of: count.id) }
      result.traffic.add(count, names.statusClass(of: count, dimension))
    }
    Dimension.each(withOthers: second.names.hasOthers) { other in
      if other != dimension { result.names[other].bound = result.traffic.hits }
    }
    result.details.latencies = latencies(of: second, dimension, [filter], names)
    return result
  }

  /// Whether a name satisfies a condition.
  mutating func holds(
    _ selection: Int, _ id: NameID, _ dimension: Dimension, _ names: NameTables
  ) -> Bool {
    names.with(dimension) { selections[selection]?.holds(id, $0) ?? false }
  }

  /// The latencies of the hits of the names that satisfy conditions; `nil` if none has one.
  mutating func latencies(
    of second: SecondFigures, _ dimension: Dimension, _ selected: [Int], _ names: NameTables
  ) -> SecondLatencies? {
    guard var latencies = second.details.latencies,
      dimension.isCommon || latencies.names.hasOthers
    else { return nil }
    let greatest = latencies.all.map(\.bucket).max()
    let counts = latencies.names[dimension].filter { count in
      selected.allSatisfy { holds($0, count.id, dimension, names) }
    }
    Dimension.each(withOthers: latencies.names.hasOthers) { latencies.names[$0] = [] }
    latencies.names[dimension] = counts
    latencies.all = counts.map {
      LatencyCount(id: NameID(value: 0), hits: $0.hits, bucket: $0.bucket)
    }
    guard let bucket = counts.map(\.bucket).max() else { return nil }
    if bucket != greatest { latencies.max = Int64(LatencyScale.value(of: bucket)) }
    return latencies
  }
}

extension NameTables {
  /// The class of the statuses of hits with a name; `nil` unless the name is a status.
  fileprivate func statusClass(of count: NameCount, _ dimension: Dimension) -> StatusClass? {
    guard dimension == .status else { return nil }
    return with(.status) { $0.withBytes(of: count.id) { StatusClass(ofStatus: $0) } }
  }
}

extension StatusClass {
  /// The class of a status as it is written.
  fileprivate init(ofStatus text: UnsafeBufferPointer<UInt8>) {
    guard text.count == 3, let first = text.first else {
      self = .other
      return
    }
    self = StatusClass(rawValue: first &- 0x30) ?? .other
  }
}

extension Traffic {
  /// Adds the hits of a name.
  ///
  /// - Parameter status: the class of all of them; `nil` if only their errors are known.
  fileprivate mutating func add(_ count: NameCount, _ status: StatusClass?) {
    hits = hits.addingSaturated(Int(count.hits))
    bytes = bytes.addingSaturated(count.bytes)
    guard status == nil else {
      self.status[status ?? .other] += Int(count.hits)
      return
    }
    self.status[.clientError] += Int(count.clientErrors)
    self.status[.serverError] += Int(count.serverErrors)
    self.status[.other] += max(
      0, Int(count.hits) - Int(count.clientErrors) - Int(count.serverErrors))
  }
}
