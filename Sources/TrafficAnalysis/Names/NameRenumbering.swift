import AccessLog

/// For each name ID, whether the name is still referenced.
typealias NameMarks = PerDimension<[Bool]>

/// For each old name ID, the new one.
typealias NameIDMap = PerDimension<[NameID]>

extension NameTables {
  /// Marks for the current names, none of them set.
  var emptyMarks: NameMarks { map { Array(repeating: false, count: $0.count) } }

  /// Removes every name without a mark and assigns new IDs to the rest.
  mutating func compact(keeping marks: NameMarks) -> NameIDMap {
    NameIDMap(withOthers: hasOthers) { self[$0].compact(keeping: marks[$0]) }
  }
}

extension NameMarks {
  mutating func add(_ hit: Record) {
    Dimension.eachCommon { dimension in self[dimension][hit.names[dimension].index] = true }
  }

  mutating func add(_ hit: Hit, _ ranked: CountedFacts) {
    hit.forEachName(ranked.others) { dimension, id in self[dimension][id.index] = true }
  }

  mutating func add(_ figures: SecondFigures) {
    Dimension.each(withOthers: figures.names.hasOthers) { dimension in
      for count in figures.names[dimension].counts { self[dimension][count.id.index] = true }
    }
    figures.details.markNames(&self)
  }

  mutating func add(_ rankings: PerDimension<NameRanking>) {
    Dimension.each(withOthers: rankings.hasOthers) { dimension in
      for total in rankings[dimension].totals { self[dimension][total.id.index] = true }
    }
  }
}

extension Record {
  /// The record with other name IDs.
  @inline(__always)
  func renumbered(_ newIDs: NameIDMap) -> Record {
    var record = self
    record.renumber(newIDs)
    return record
  }

  /// Replaces the name IDs.
  @inline(__always)
  mutating func renumber(_ newIDs: NameIDMap) {
    names.section = newIDs.with(.section) { $0[names.section.index] }
    names.client = newIDs.with(.client) { $0[names.client.index] }
    names.status = newIDs.with(.status) { $0[names.status.index] }
  }
}

extension SecondFigures {
  /// Replaces the name IDs.
  mutating func renumber(_ newIDs: NameIDMap) {
    details.renumber(newIDs)
    Dimension.each(withOthers: names.hasOthers) { dimension in
      for index in names[dimension].counts.indices {
        let id = names[dimension].counts[index].id
        names[dimension].counts[index].id = newIDs[dimension][id.index]
      }
    }
  }
}
