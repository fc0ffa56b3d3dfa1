import AccessLog

/// The names of each dimension.
typealias NameTables = PerDimension<NameTable>

/// Which names something still refers to, by number.
typealias NameMarks = PerDimension<[Bool]>

/// The new newIDs of names, by their old ones, after those that nothing refers to were forgotten.
typealias NameIDMap = PerDimension<[NameID]>

extension NameTables {
  init() { self.init(repeating: NameTable()) }

  /// Names in the dimension that has most.
  var mostNames: Int { reduce(0) { Swift.max($0, $1.count) } }

  /// Bytes of names in the dimension that has most.
  var mostBytes: Int { reduce(0) { Swift.max($0, $1.byteCount) } }

  /// The memory that they take, in bytes.
  var footprint: Int { reduce(0) { $0 + $1.footprint } }

  /// No name is referred to.
  var emptyMarks: NameMarks { map { Array(repeating: false, count: $0.count) } }

  /// Forgets every name without a mark.
  mutating func compact(keeping marks: NameMarks) -> NameIDMap {
    NameIDMap { self[$0].compact(keeping: marks[$0]) }
  }
}

extension NameMarks {
  mutating func add(_ hit: Hit) {
    Dimension.each { dimension in self[dimension][hit.names[dimension].index] = true }
  }

  mutating func add(_ figures: SecondFigures) {
    Dimension.each { dimension in
      for count in figures.names[dimension].counts { self[dimension][count.id.index] = true }
    }
  }

  mutating func add(_ rankings: PerDimension<NameRanking>) {
    Dimension.each { dimension in
      for total in rankings[dimension].totals { self[dimension][total.id.index] = true }
    }
  }
}

extension Hit {
  /// Takes over new newIDs for its names.
  mutating func renumber(_ newIDs: NameIDMap) {
    Dimension.each { dimension in
      names[dimension] = newIDs[dimension][names[dimension].index]
    }
  }
}

extension SecondFigures {
  /// Takes over new newIDs for the names.
  mutating func renumber(_ newIDs: NameIDMap) {
    Dimension.each { dimension in
      for index in names[dimension].counts.indices {
        let id = names[dimension].counts[index].id
        names[dimension].counts[index].id = newIDs[dimension][id.index]
      }
    }
  }
}

extension PerDimension<NameRanking> {
  init() { self.init(repeating: NameRanking()) }

  /// The memory that they take, in bytes.
  var footprint: Int { reduce(0) { $0 + $1.footprint } }

  /// Adds what was counted in one second.
  mutating func add(_ second: SecondView, _ tables: NameTables) {
    Dimension.each { dimension in
      modify(dimension) { ranking in
        tables.with(dimension) { ranking.add(second, dimension, names: $0) }
      }
    }
  }

  /// Adds hits that came too late for their seconds.
  mutating func add(late figures: SecondFigures, _ tables: NameTables) {
    Dimension.each { dimension in
      figures.names[dimension].counts.withUnsafeBufferPointer {
        self[dimension].add($0, bound: figures.names[dimension].bound, names: tables[dimension])
      }
    }
  }

  mutating func removeAll() {
    Dimension.each { dimension in self[dimension].removeAll() }
  }

  mutating func renumber(_ newIDs: NameIDMap) {
    Dimension.each { dimension in self[dimension].renumber(newIDs[dimension]) }
  }
}
