/// The latencies of the hits of one second, in a form that can leave the process.
package struct ClosedLatencies: Equatable, Sendable {
  /// Hits in a bucket.
  package struct Count: Equatable, Sendable {
    /// The index of the name in `CountedNames.names`; 0 for all hits.
    package var name: Int
    /// See `LatencyScale`.
    package var bucket: UInt16
    package var hits: Int

    package init(name: Int, bucket: UInt16, hits: Int) {
      self.name = name
      self.bucket = bucket
      self.hits = hits
    }

    func precedes(_ other: Count) -> Bool {
      name != other.name ? name < other.name : bucket < other.bucket
    }
  }

  /// The greatest latency in microseconds.
  package var max: Int64
  /// All hits that have a latency, ascending by bucket.
  package var all: [Count]
  /// The same by name, ascending by name and bucket. The latencies of names that are not listed are
  /// missing.
  package var names: PerDimension<[Count]>

  package init(max: Int64, all: [Count], names: PerDimension<[Count]>) {
    self.max = max
    self.all = all
    self.names = names
  }
}

// MARK: - Wire form

// It follows the dimensions of a second, if any hit has a latency:
//
//   max        in microseconds
//   all        number of counts; for each: bucket hits
//   dimensions number of dimensions with counts; for each
//     code     `Dimension.wireCode`
//     size     of the rest, in bytes
//     counts   number of counts; for each: name bucket hits

extension ClosedLatencies {
  func write(to writer: inout WireWriter) {
    writer.write(max)
    writer.write(all.count)
    for count in all {
      writer.write(Int(count.bucket))
      writer.write(count.hits)
    }
    let dimensions = names.dimensions.filter { !names[$0].isEmpty }
    writer.write(dimensions.count)
    for dimension in dimensions {
      var part = WireWriter()
      part.write(names[dimension].count)
      for count in names[dimension] {
        part.write(count.name)
        part.write(Int(count.bucket))
        part.write(count.hits)
      }
      writer.write(dimension.wireCode)
      writer.write(part.bytes)
    }
  }

  /// - Parameter second: the rest of the second.
  init(from reader: inout WireReader, of second: ClosedSecond) throws(WireFailure) {
    let hits = second.traffic.hits
    max = Int64(try reader.count())
    guard max <= LatencyScale.greatest else { throw .badNumber }
    all = try Self.counts(from: &reader, hits: hits, names: nil)
    guard !all.isEmpty else { throw .contradiction }
    names = PerDimension(withOthers: second.names.hasOthers) { _ in [] }
    for _ in 0..<(try reader.count()) {
      let code = try reader.number()
      var part = try reader.part()
      guard let dimension = second.names.dimensions.first(where: { $0.wireCode == code }) else {
        continue
      }
      guard names[dimension].isEmpty else { throw .contradiction }
      names[dimension] = try Self.counts(
        from: &part, hits: hits, names: second.names[dimension].names.count)
      guard part.isAtEnd else { throw .tooLong }
    }
  }

  /// - Parameters:
  ///   - hits: the hits of the second, which the counts together must not exceed.
  ///   - names: the number of names; `nil` if counts have no name.
  private static func counts(
    from reader: inout WireReader, hits: Int, names: Int?
  ) throws(WireFailure) -> [Count] {
    var counts: [Count] = []
    var remaining = hits
    for _ in 0..<(try reader.count()) {
      let name = names == nil ? 0 : try reader.count()
      let bucket = try reader.count()
      let count = Count(
        name: name, bucket: UInt16(clamping: bucket), hits: try reader.count())
      guard name < names ?? 1, bucket <= LatencyScale.lastBucket, count.hits > 0,
        count.hits <= remaining, counts.last.map({ $0.precedes(count) }) ?? true
      else { throw .contradiction }
      remaining -= count.hits
      counts.append(count)
    }
    return counts
  }
}
