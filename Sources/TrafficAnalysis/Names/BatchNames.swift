import AccessLog

/// The IDs in the tables of the analysis for the IDs of each batch of records.
///
/// A name is looked up once for each generation of a batch; after that its ID is an index. Of each
/// batch the last generation is kept.
struct BatchNames: Sendable {
  /// The number of batches that are kept; more than are in use.
  private static let limit = 40

  private struct Known: Sendable {
    var generation: NameGeneration
    var ids: NameIDMap
  }

  private var known: [Known] = []
  /// The dimensions of the names.
  private let ranked: DimensionSet

  init(_ ranked: DimensionSet = []) {
    self.ranked = ranked
  }

  /// The memory used, in bytes.
  var footprint: Int {
    known.reduce(0) { sum, known in
      sum + known.ids.reduce(0) { $0 + $1.count } * MemoryLayout<NameID>.stride
    }
  }

  /// The IDs of a generation whose names have all been added.
  func ids(of generation: NameGeneration) -> NameIDMap {
    known.last { $0.generation == generation }?.ids ?? NameIDMap(ranked, repeating: [])
  }

  /// Adds the names of a batch that are not known.
  mutating func add(_ batch: RecordBatch, to tables: inout NameTables) {
    let place = place(of: batch.generation)
    // A batch that has not been used knows fewer dimensions than the tables.
    let names = batch.names
    Dimension.each(withOthers: names.hasOthers) { dimension in
      let count = known[place].ids.with(dimension) { $0.count }
      names.with(dimension) { names in
        guard count < names.count else { return }
        let added = tables.modify(dimension) { $0.add(names.names(from: count)) }
        known[place].ids.modify(dimension) { $0 += added }
      }
    }
  }

  /// Adds the names that follow those of the generation that are known.
  mutating func add(
    _ names: PerDimension<NameList>, of generation: NameGeneration, to tables: inout NameTables
  ) {
    let place = place(of: generation)
    Dimension.each(withOthers: names.hasOthers) { dimension in
      names.with(dimension) { names in
        guard names.count > 0 else { return }
        let added = tables.modify(dimension) { $0.add(names) }
        known[place].ids.modify(dimension) { $0 += added }
      }
    }
  }

  private mutating func place(of generation: NameGeneration) -> Int {
    let new = Known(generation: generation, ids: NameIDMap(ranked, repeating: []))
    if let place = known.firstIndex(where: { $0.generation.batch == generation.batch }) {
      if known[place].generation != generation { known[place] = new }
      return place
    }
    if known.count == Self.limit { known.removeFirst() }
    known.append(new)
    return known.count - 1
  }

  func markNames(_ marks: inout NameMarks) {
    for known in known {
      Dimension.each(withOthers: marks.hasOthers) { dimension in
        for id in known.ids[dimension] { marks[dimension][id.index] = true }
      }
    }
  }

  mutating func renumber(_ newIDs: NameIDMap) {
    for place in known.indices {
      Dimension.each(withOthers: newIDs.hasOthers) { dimension in
        known[place].ids[dimension] = known[place].ids[dimension].map {
          newIDs[dimension][$0.index]
        }
      }
    }
  }
}
