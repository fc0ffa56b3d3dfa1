import AccessLog

extension PerDimension<NameRanking> {
  init(_ ranked: DimensionSet = []) { self.init(ranked, repeating: NameRanking()) }

  /// The memory used, in bytes.
  var footprint: Int { reduce(0) { $0 + $1.footprint } }

  /// The number of distinct clients.
  var uniqueClients: DistinctCount { with(.client) { $0.distinctCount } }

  /// Adds the name counts of one second.
  mutating func add(_ second: SecondView, _ tables: NameTables) {
    Dimension.each(withOthers: hasOthers) { add(second, $0, tables) }
  }

  /// Adds the name counts of one second in a dimension.
  @inline(__always)
  mutating func add(_ second: SecondView, _ dimension: Dimension, _ tables: NameTables) {
    modify(dimension) { ranking in
      tables.with(dimension) { ranking.add(second, dimension, names: $0) }
    }
  }

  /// Adds the name counts of late hits.
  mutating func add(late figures: SecondFigures, _ tables: NameTables) {
    Dimension.each(withOthers: hasOthers) { dimension in
      let names = figures.names[dimension]
      names.counts.withUnsafeBufferPointer {
        self[dimension].add(
          $0, bound: names.bound, distinct: names.distinct, names: tables[dimension])
      }
    }
  }

  mutating func removeAll() {
    // Through the subscript, each would allocate.
    Dimension.each(withOthers: hasOthers) { dimension in modify(dimension) { $0.removeAll() } }
  }

  mutating func renumber(_ newIDs: NameIDMap) {
    Dimension.each(withOthers: hasOthers) { dimension in self[dimension].renumber(newIDs[dimension])
    }
  }
}
