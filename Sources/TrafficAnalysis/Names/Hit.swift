import AccessLog

/// A record with what it holds besides its own fields, for work on single records. Chunks, which are
/// most of the work, do without it.
struct Hit: Sendable {
  var record: Record
  /// The names in the ranked dimensions that are not common, in their order; empty in most runs.
  var names: [NameID] = []
  /// In microseconds; negative if the line gives none.
  var latency = FactColumns.noLatency
  /// The conditions that it satisfies.
  var matches = Matches()
  /// The number of its line in `LinesInDoubt`, if lines are kept.
  var line: Int?

  var time: EpochSecond { record.time }

  /// Whether it is no more than its record.
  var isPlain: Bool {
    @inline(__always) get { names.isEmpty && latency < 0 }
  }

  init(_ record: Record) {
    self.record = record
  }

  /// The hit at an index of a chunk, with other name IDs.
  ///
  /// - Parameter newIDs: the ID of each ID in the chunk.
  init(_ chunk: ChunkSummary, at index: Int, renumbering newIDs: NameIDMap) {
    record = chunk.records[index].renumbered(newIDs)
    chunk.withFacts { facts in
      latency = facts.latency(at: index)
      matches = facts.matches(at: index)
      guard !facts.dimensions.isEmpty else { return }
      names = zip(facts.dimensions, facts.names(at: index)).map { dimension, id in
        newIDs.with(dimension) { $0[id.index] }
      }
    }
  }

  /// Calls the body with each dimension that the hit has a name in, and the name.
  ///
  /// - Parameter ranked: the dimensions of `names`.
  @inline(__always)
  func forEachName(_ ranked: [Dimension], _ body: (Dimension, NameID) -> Void) {
    Dimension.eachCommon { body($0, record.names[$0]) }
    if !names.isEmpty { forEachOtherName(ranked, body) }
  }

  private func forEachOtherName(_ ranked: [Dimension], _ body: (Dimension, NameID) -> Void) {
    for (dimension, name) in zip(ranked, names) { body(dimension, name) }
  }

  /// Replaces the name IDs.
  mutating func renumber(_ newIDs: NameIDMap, _ ranked: [Dimension]) {
    record.renumber(newIDs)
    for (index, dimension) in ranked.enumerated() where index < names.count {
      names[index] = newIDs[dimension][names[index].index]
    }
  }
}
