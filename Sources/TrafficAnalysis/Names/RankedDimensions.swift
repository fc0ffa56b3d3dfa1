import AccessLog

/// The dimensions that a run ranks, in the forms in which they are needed.
struct RankedDimensions: Equatable, Sendable {
  /// The ranked dimensions; the common ones that are not reported are not among them.
  let all: DimensionSet
  /// Those of them that are not common, in the order of the names of a hit.
  let others: [Dimension]
  /// Whether there are any of those.
  let hasOthers: Bool

  init(_ ranked: DimensionSet = []) {
    all = ranked
    others = ranked.subtracting(.common).dimensions
    hasOthers = !others.isEmpty
  }
}
