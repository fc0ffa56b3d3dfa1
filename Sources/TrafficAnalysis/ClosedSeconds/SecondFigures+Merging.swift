import AccessLog

// Figures of the same second from several workers, files or servers can be merged.
//
// Below the caps on names, merging is exact, associative and commutative, and an empty second is
// its neutral element. Above the caps, totals are still exact and the bound still holds: the true
// hits of a name are at least its count, and at most its count plus the bound. The number of distinct
// names is the same however the second was merged.

extension SecondFigures {
  /// Adds the figures of the same second from another source.
  ///
  /// - Parameters:
  ///   - renaming: the local ID of each ID in `other`.
  ///   - tables: the local names.
  /// - Complexity: O(names log names)
  mutating func merge(
    _ other: SecondFigures, renaming: NameIDMap, _ tables: NameTables
  ) {
    precondition(other.second == second, "figures of two seconds")
    traffic += other.traffic
    Dimension.each(withOthers: names.hasOthers) { dimension in
      names[dimension].append(other.names[dimension], renaming: renaming[dimension])
    }
    details.add(other.details, renumbering: renaming)
    consolidate(tables)
  }

  /// The second with names instead of IDs, for another process.
  ///
  /// - Complexity: O(names log names)
  func standalone(_ tables: NameTables) -> ClosedSecond {
    let counted = PerDimension(withOthers: names.hasOthers) { dimension in
      let names = names[dimension].counts.map { count in
        CountedName(
          name: tables[dimension][count.id], hits: Int(count.hits),
          clientErrors: Int(count.clientErrors), serverErrors: Int(count.serverErrors),
          bytes: count.bytes)
      }
      return CountedNames(
        names: names.sorted { $0.name < $1.name }, bound: self.names[dimension].bound,
        distinct: self.names[dimension].distinct)
    }
    return ClosedSecond(
      second: second, traffic: traffic, names: counted,
      latencies: details.latencies?.standalone(counted, tables))
  }

  /// Imports a second from another process.
  ///
  /// - Parameter tables: the local names, which say in what dimensions the second has names; new ones
  ///   are added. In a dimension that the other process did not rank, any name may have had all hits.
  init(_ closed: ClosedSecond, _ tables: inout NameTables) {
    self.init(second: closed.second)
    traffic = closed.traffic
    let dimensions = tables.map { _ in true }
    names = PerDimension(withOthers: dimensions.hasOthers) { dimension in
      var counts = NameCounts()
      guard dimension.isCommon || closed.names.hasOthers else {
        counts.bound = closed.traffic.hits
        return counts
      }
      for counted in closed.names[dimension].names {
        let id = tables.modify(dimension) { $0.id(adding: counted.name) }
        counts.counts.append(NameCount(counted, id: id))
        counts.bytes += tables.with(dimension) { $0.length(of: id) }
      }
      counts.bound = closed.names[dimension].bound
      counts.distinct = closed.names[dimension].distinct
      return counts
    }
    details.latencies = closed.latencies.map {
      SecondLatencies($0, closed.names, dimensions, tables)
    }
    consolidate(tables, namesRepeat: false)
  }
}

extension NameCount {
  fileprivate init(_ counted: CountedName, id: NameID) {
    self.id = id
    hits = UInt32(clamping: counted.hits)
    clientErrors = UInt32(clamping: counted.clientErrors)
    serverErrors = UInt32(clamping: counted.serverErrors)
    bytes = counted.bytes
  }
}

extension NameTables {
  /// Adds the names of other tables.
  ///
  /// - Returns: the local ID of each ID in `others`.
  mutating func absorb(_ others: NameTables) -> NameIDMap {
    NameIDMap(withOthers: others.hasOthers) { dimension in
      others.with(dimension) { other in modify(dimension) { $0.add(other.names(from: 0)) } }
    }
  }
}
