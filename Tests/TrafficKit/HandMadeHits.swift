import AccessLog

extension RecordBatch {
  /// Adds hits that differ only in their times.
  ///
  /// - Parameters:
  ///   - seconds: one hit is added at each of these, in seconds since the epoch.
  ///   - name: their name in every dimension that `names` does not list.
  package func addHits(
    at seconds: [Int64], named name: String = "/a", names: [Dimension: String] = [:]
  ) {
    for second in seconds {
      let ranges = PerDimension<NameRange> { add(name: names[$0] ?? name) }
      add(
        Record(
          time: EpochSecond(second), bytes: 1, names: ranges, status: .successful, method: .get))
    }
  }

  private func add(name: String) -> NameRange {
    // Room for an address where the name is empty.
    let bytes = Array(name.utf8) + [0]
    return bytes.withUnsafeBufferPointer { add(name: $0.baseAddress!, count: bytes.count - 1) }
  }
}
