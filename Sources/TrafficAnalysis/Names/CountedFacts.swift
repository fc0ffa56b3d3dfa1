import AccessLog

/// What is counted of hits besides their totals: names, and the measures of rules.
struct CountedFacts: Equatable, Sendable {
  /// The dimensions in which hits have names; the common ones that are not reported are not among
  /// them.
  let all: DimensionSet
  /// Those of them that are not common, in the order of the names of a hit.
  let others: [Dimension]
  /// Whether there are any of those.
  let hasOthers: Bool
  /// What rules count of each hit.
  let measures: [Measure]

  init(_ named: DimensionSet = [], _ measures: [Measure] = []) {
    all = named
    others = named.subtracting(.common).dimensions
    hasOthers = !others.isEmpty
    self.measures = measures
  }
}
