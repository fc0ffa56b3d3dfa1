import AccessLog

// Seconds add up: those of two workers, files or servers give that of both.
//
// Below the caps on names this is exact, and neither order nor grouping matters; a second without a
// hit changes nothing. Above them the totals are still exact, and so is the bound: no name had fewer
// hits than are counted of it, nor more than these and the bound.

extension SecondFigures {
  /// Adds what was counted elsewhere in the same second.
  ///
  /// - Parameters:
  ///   - renaming: the numbers here of the names there, by their numbers there.
  ///   - tables: the names here.
  /// - Complexity: O(names log names).
  mutating func merge(
    _ other: SecondFigures, renaming: NameIDMap, _ tables: NameTables
  ) {
    precondition(other.second == second, "figures of two seconds")
    traffic += other.traffic
    Dimension.each { dimension in
      names[dimension].append(other.names[dimension], renaming: renaming[dimension])
    }
    consolidate(tables)
  }

  /// The second on its own, for another process.
  ///
  /// - Complexity: O(names log names).
  func standalone(_ tables: NameTables) -> ClosedSecond {
    let counted = PerDimension { dimension in
      let names = names[dimension].counts.map { count in
        CountedName(
          name: tables[dimension][count.id], hits: Int(count.hits),
          clientErrors: Int(count.clientErrors), serverErrors: Int(count.serverErrors),
          bytes: count.bytes)
      }
      return CountedNames(
        names: names.sorted { $0.name < $1.name }, bound: self.names[dimension].bound)
    }
    return ClosedSecond(second: second, traffic: traffic, names: counted)
  }

  /// Takes over a second from another process.
  ///
  /// - Parameter tables: get the names that they do not have yet.
  init(_ closed: ClosedSecond, _ tables: inout NameTables) {
    self.init(second: closed.second)
    traffic = closed.traffic
    names = PerDimension { dimension in
      var counts = NameCounts()
      for counted in closed.names[dimension].names {
        let id = tables.modify(dimension) { $0.id(adding: counted.name) }
        counts.counts.append(NameCount(counted, id: id))
        counts.bytes += tables.with(dimension) { $0.length(of: id) }
      }
      counts.bound = closed.names[dimension].bound
      return counts
    }
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
  /// Takes over the names of other tables.
  ///
  /// - Returns: their numbers here, by their numbers there.
  mutating func absorb(_ others: NameTables) -> NameIDMap {
    NameIDMap { dimension in
      others.with(dimension) { other in modify(dimension) { $0.absorb(other) } }
    }
  }
}
