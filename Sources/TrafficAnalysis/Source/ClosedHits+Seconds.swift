import AccessLog

// Single seconds of closed hits.

extension ClosedHits {
  /// Appends a second with hits.
  ///
  /// - Returns: the location of its hits.
  mutating func append(_ second: SecondView, _ names: NameTables) -> HitLocation {
    guard !second.rawHits.isEmpty else {
      figures.append(second, names)
      return .figures(Int32(figures.heads.count - 1))
    }
    let first = hits.count
    hits.append(contentsOf: second.rawHits)
    return .hits(first: Int32(first), count: Int32(second.rawHits.count))
  }

  /// Calls the body with a view of a second.
  @inline(__always)
  func withSecond(
    _ second: EpochSecond, at location: HitLocation, _ body: (SecondView) -> Void
  ) {
    switch location {
    case .hits(let first, let count):
      hits.withUnsafeBufferPointer {
        let rawHits = UnsafeBufferPointer(rebasing: $0[Int(first)..<Int(first + count)])
        body(SecondView(second, rawHits: rawHits))
      }
    case .figures(let index): figures.withSecond(at: Int(index), body)
    }
  }

  /// Marks the names of a second.
  func markNames(_ marks: inout NameMarks, at location: HitLocation) {
    switch location {
    case .hits(let first, let count):
      for hit in hits[Int(first)..<Int(first + count)] { marks.add(hit) }
    case .figures(let index): figures.markNames(&marks, at: Int(index))
    }
  }

  /// Replaces the name IDs of a second.
  mutating func renumber(_ newIDs: NameIDMap, at location: HitLocation) {
    switch location {
    case .hits(let first, let count):
      for index in Int(first)..<Int(first + count) { hits[index].renumber(newIDs) }
    case .figures(let index): figures.renumber(newIDs, at: Int(index))
    }
  }

  /// The memory used, in bytes.
  var footprint: Int { hits.count * MemoryLayout<Record>.stride + figures.footprint }
}
