import AccessLog

extension SecondLatencies {
  /// The latencies with the places of names instead of IDs, for another process.
  ///
  /// - Parameter listed: the names of the second; what is not among them is left out.
  func standalone(_ listed: PerDimension<CountedNames>, _ tables: NameTables) -> ClosedLatencies {
    ClosedLatencies(
      max: max, all: Self.standalone(all) { _ in 0 },
      names: PerDimension(withOthers: names.hasOthers) { dimension in
        guard !names[dimension].isEmpty else { return [] }
        var places: [Name: Int] = [:]
        for (place, name) in listed[dimension].names.enumerated() { places[name.name] = place }
        return Self.standalone(names[dimension]) { places[tables[dimension][$0]] }
      })
  }

  /// - Parameter place: the place of a name; `nil` if it is not listed.
  private static func standalone(
    _ counts: [LatencyCount], _ place: (NameID) -> Int?
  ) -> [ClosedLatencies.Count] {
    var result: [ClosedLatencies.Count] = []
    for count in counts {
      guard let name = place(count.id) else { continue }
      result.append(
        ClosedLatencies.Count(name: name, bucket: count.bucket, hits: Int(count.hits)))
    }
    result.sort { ($0.name, $0.bucket) < ($1.name, $1.bucket) }
    // Very many hits in a bucket have several counts.
    return result.reduce(into: []) { sums, count in
      if let last = sums.last, (last.name, last.bucket) == (count.name, count.bucket) {
        sums[sums.count - 1].hits += count.hits
      } else {
        sums.append(count)
      }
    }
  }

  /// Imports latencies from another process.
  ///
  /// - Parameters:
  ///   - listed: the names that they refer to.
  ///   - dimensions: those in which hits have names here.
  ///   - tables: the local names, which hold those of `listed`.
  init(
    _ closed: ClosedLatencies, _ listed: PerDimension<CountedNames>,
    _ dimensions: PerDimension<Bool>, _ tables: NameTables
  ) {
    max = closed.max
    all = Self.imported(closed.all) { _ in NameID(value: 0) }
    names = PerDimension(withOthers: dimensions.hasOthers) { dimension in
      guard dimension.isCommon || closed.names.hasOthers else { return [] }
      return Self.imported(closed.names[dimension]) { place in
        tables.with(dimension) { $0.id(of: listed[dimension].names[place].name) }
      }
    }
  }

  private static func imported(
    _ counts: [ClosedLatencies.Count], _ id: (Int) -> NameID?
  ) -> [LatencyCount] {
    counts.compactMap { count in
      id(count.name).map {
        LatencyCount(id: $0, hits: UInt32(clamping: count.hits), bucket: count.bucket)
      }
    }
  }
}
