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
      func id(_ dimension: Dimension) -> NameID {
        self.id(adding: Name(names[dimension] ?? name), in: dimension)
      }
      add(
        Record(
          time: EpochSecond(second), bytes: 1,
          names: CommonNames(section: id(.section), client: id(.client), status: id(.status)),
          status: .successful, method: .get))
    }
  }
}
