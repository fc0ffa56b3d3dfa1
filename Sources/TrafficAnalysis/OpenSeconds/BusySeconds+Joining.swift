import AccessLog

// Seconds of several sources.

extension BusySeconds {
  /// Adds the hits of another source in the same second. None of its names is dropped before the
  /// second ends, so that the order of the sources does not matter.
  mutating func add(_ view: SecondView, at slot: Int, _ names: NameTables) {
    view.add(to: &seconds[slot].figures.traffic)
    seconds[slot].isMixed = true
    if let details = view.details { seconds[slot].figures.details.add(details) }
    Dimension.each(withOthers: ranked.hasOthers) { dimension in
      seconds[slot].figures.names.modify(dimension) { sum in
        names.with(dimension) { sum.append(view, dimension, $0) }
      }
    }
  }
}

extension NameCounts {
  /// Adds the names of a second; a name may have several counts afterwards.
  fileprivate mutating func append(
    _ view: SecondView, _ dimension: Dimension, _ names: borrowing NameTable
  ) {
    guard let others = view.names(in: dimension) else {
      for hit in view.rawHits {
        let id = hit.names[dimension]
        counts.append(NameCount(id: id, status: hit.status, bytes: hit.bytes))
        bytes += names.length(of: id)
      }
      return
    }
    counts += view.counts(in: dimension)
    bytes += Int(others.bytes)
    bound = bound.addingSaturated(others.bound)
    guard let dropped = view.distinctNames(in: dimension) else { return }
    distinct?.formUnion(dropped)
    if distinct == nil { distinct = dropped }
  }
}
