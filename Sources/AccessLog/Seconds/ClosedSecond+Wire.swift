// The wire form of a closed second, version 1. All numbers are unsigned LEB128 in their shortest
// form: seven bits per byte, lowest first. The second is zigzag-encoded.
//
//   version    1
//   second
//   hits bytes
//   status     number of classes; the hits of each, in the order of `StatusClass`
//   methods    number of methods; the hits of each, in the order of `Method`
//   dimensions number of dimensions; for each
//     code     `Dimension.wireCode`
//     size     of the rest of the dimension, in bytes
//     bound
//     names    number of names; for each, in bytewise order
//       name   its length and its bytes
//       hits clientErrors serverErrors bytes
//     distinct see `DistinctNames`; absent unless names were dropped
//   latencies  see `ClosedLatencies`; absent if no hit has a latency
//
// A reader skips dimensions that it does not know. A dimension that the writer did not know has no
// names and all hits of the second as its bound, since any name may have had them.

extension ClosedSecond {
  private static let version: UInt64 = 1
  /// The times that can be decoded: the years 1 to 9999 of a log, whatever its zone, and some days around
  /// them that are closed.
  package static let times: ClosedRange<Int64> = -63_135_596_800...254_402_300_799

  /// The second in its wire form, which `init(decoding:)` reads.
  ///
  /// - Complexity: O(bytes of all names)
  package var encoded: [UInt8] {
    var writer = WireWriter()
    writer.write(Self.version)
    writer.write(zigzag: second.value)
    writer.write(traffic.hits)
    writer.write(traffic.bytes)
    writer.write(StatusClass.allCases.count)
    for status in StatusClass.allCases { writer.write(traffic.status[status]) }
    writer.write(Method.allCases.count)
    for method in Method.allCases { writer.write(traffic.methods[method]) }
    writer.write(names.dimensions.count)
    for dimension in names.dimensions {
      var part = WireWriter()
      names[dimension].write(to: &part)
      writer.write(dimension.wireCode)
      writer.write(part.bytes)
    }
    latencies?.write(to: &writer)
    return writer.bytes
  }

  /// Decodes the wire form.
  ///
  /// - Throws: `WireFailure` if the version is unknown, or if the bytes are truncated, too long or
  ///   contradictory.
  /// - Complexity: O(bytes)
  package init(decoding bytes: some Collection<UInt8>) throws(WireFailure) {
    var reader = WireReader(bytes)
    var names = Int.max
    try self.init(from: &reader, namesLeft: &names)
  }

  /// Reads all that a reader has.
  ///
  /// - Parameter namesLeft: how many names it may have; reduced by those that it has.
  init(from reader: inout WireReader, namesLeft: inout Int) throws(WireFailure) {
    let version = try reader.number()
    guard version == Self.version else { throw .unknownVersion(version) }
    self.init(second: EpochSecond(try reader.zigzag()))
    guard Self.times.contains(second.value) else { throw .badNumber }
    traffic = try Traffic(from: &reader)
    try readNames(from: &reader, &namesLeft)
    if !reader.isAtEnd { latencies = try ClosedLatencies(from: &reader, of: self) }
    guard reader.isAtEnd else { throw .tooLong }
  }

  private mutating func readNames(
    from reader: inout WireReader, _ namesLeft: inout Int
  ) throws(WireFailure) {
    var known: DimensionSet = []
    for _ in 0..<(try reader.count()) {
      let code = try reader.number()
      var part = try reader.part()
      guard let dimension = Dimension.allCases.first(where: { $0.wireCode == code }) else {
        continue
      }
      guard !known.contains(dimension) else { throw .contradiction }
      known.insert(DimensionSet(dimension))
      if !names.hasOthers, !dimension.isCommon {
        let common = names
        names = PerDimension(known) { $0.isCommon ? common[$0] : CountedNames() }
      }
      names[dimension] = try CountedNames(from: &part, hits: traffic.hits, &namesLeft)
      guard part.isAtEnd else { throw .tooLong }
    }
    for dimension in names.dimensions where !known.contains(dimension) {
      names[dimension].bound = traffic.hits
    }
  }
}

extension Traffic {
  /// More hits than any second has, and few enough that sums over years of seconds cannot overflow.
  private static let mostHits = 1 << 32

  fileprivate init(from reader: inout WireReader) throws(WireFailure) {
    self.init()
    hits = try reader.count()
    guard hits <= Self.mostHits else { throw .badNumber }
    bytes = Int64(try reader.count())
    guard try reader.number() == UInt64(StatusClass.allCases.count) else { throw .contradiction }
    var sum = 0
    for place in StatusClass.allCases {
      status[place] = try reader.count()
      sum = sum.addingSaturated(status[place])
    }
    guard sum == hits else { throw .contradiction }
    guard try reader.number() == UInt64(Method.allCases.count) else { throw .contradiction }
    sum = 0
    for place in Method.allCases {
      methods[place] = try reader.count()
      sum = sum.addingSaturated(methods[place])
    }
    guard sum <= hits else { throw .contradiction }
  }
}

extension CountedNames {
  fileprivate func write(to writer: inout WireWriter) {
    writer.write(bound)
    writer.write(names.count)
    for counted in names {
      counted.name.withBytes { writer.write($0) }
      writer.write(counted.hits)
      writer.write(counted.clientErrors)
      writer.write(counted.serverErrors)
      writer.write(counted.bytes)
    }
    distinct?.write(to: &writer)
  }

  /// - Parameter hits: the hits of the second, which the names together must not exceed.
  fileprivate init(
    from reader: inout WireReader, hits: Int, _ namesLeft: inout Int
  ) throws(WireFailure) {
    self.init()
    bound = try reader.count()
    var remaining = hits
    let count = try reader.count()
    guard count <= namesLeft else { throw .tooLarge }
    // Each takes at least five bytes.
    guard count <= reader.remaining / 5 else { throw .truncated }
    namesLeft -= count
    names.reserveCapacity(count)
    for _ in 0..<count {
      let name = try reader.name()
      let counted = CountedName(
        name: name, hits: try reader.count(), clientErrors: try reader.count(),
        serverErrors: try reader.count(), bytes: Int64(try reader.count()))
      if let last = names.last, last.name >= name { throw .contradiction }
      guard counted.hits > 0, counted.hits <= remaining,
        counted.clientErrors.addingSaturated(counted.serverErrors) <= counted.hits
      else { throw .contradiction }
      remaining -= counted.hits
      names.append(counted)
    }
    // Every hit that may be missing from a count is a hit of the second that no count holds.
    guard bound <= remaining else { throw .contradiction }
    if !reader.isAtEnd { distinct = try DistinctNames(from: &reader, hits: hits) }
  }
}
