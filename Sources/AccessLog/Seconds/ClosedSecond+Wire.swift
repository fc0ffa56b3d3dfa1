// The wire form of a closed second, version 1. All numbers are unsigned LEB128, seven bits a byte,
// lowest first, and as short as they can be; the second is mapped to unsigned by zigzag.
//
//   version    1
//   second
//   hits bytes
//   status     how many classes; the hits of each, in the order of `StatusClass`
//   methods    how many; the hits of each, in the order of `Method`
//   dimensions how many; for each
//     code     `Dimension.wireCode`
//     size     of what follows of this dimension, in bytes
//     bound
//     names    how many; for each, bytewise by name
//       name   its length and its bytes
//       hits clientErrors serverErrors bytes
//
// A reader skips dimensions that it does not know. One that the writer did not know has no names, and
// the hits of the second as its bound: any name may have had them all.

extension ClosedSecond {
  private static let version: UInt64 = 1

  /// The second as bytes that `init(decoding:)` reads, in this version of the program or another.
  ///
  /// - Complexity: O(bytes of all names).
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
    writer.write(Dimension.allCases.count)
    for dimension in Dimension.allCases {
      var part = WireWriter()
      names[dimension].write(to: &part)
      writer.write(dimension.wireCode)
      writer.write(part.bytes)
    }
    return writer.bytes
  }

  /// Reads the wire form.
  ///
  /// - Throws: where the bytes are of a version that this program does not know, end too early, go on
  ///   behind the end, or contradict themselves.
  /// - Complexity: O(bytes).
  package init(decoding bytes: some Collection<UInt8>) throws(WireFailure) {
    var reader = WireReader(bytes)
    let version = try reader.number()
    guard version == Self.version else { throw .unknownVersion(version) }
    self.init(second: EpochSecond(try reader.zigzag()))
    traffic = try Traffic(from: &reader)
    try readNames(from: &reader)
    guard reader.isAtEnd else { throw .tooLong }
  }

  private mutating func readNames(from reader: inout WireReader) throws(WireFailure) {
    var isKnown = PerDimension(repeating: false)
    for _ in 0..<(try reader.count()) {
      let code = try reader.number()
      var part = WireReader(try reader.bytes())
      guard let dimension = Dimension.allCases.first(where: { $0.wireCode == code }) else {
        continue
      }
      guard !isKnown[dimension] else { throw .contradiction }
      isKnown[dimension] = true
      names[dimension] = try CountedNames(from: &part, hits: traffic.hits)
      guard part.isAtEnd else { throw .tooLong }
    }
    for dimension in Dimension.allCases where !isKnown[dimension] {
      names[dimension].bound = traffic.hits
    }
  }
}

extension Traffic {
  fileprivate init(from reader: inout WireReader) throws(WireFailure) {
    self.init()
    hits = try reader.count()
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
  }

  /// - Parameter hits: those of the second, which no name exceeds.
  fileprivate init(from reader: inout WireReader, hits: Int) throws(WireFailure) {
    self.init()
    bound = try reader.count()
    var left = hits
    for _ in 0..<(try reader.count()) {
      let name = Name(Array(try reader.bytes()))
      let counted = CountedName(
        name: name, hits: try reader.count(), clientErrors: try reader.count(),
        serverErrors: try reader.count(), bytes: Int64(try reader.count()))
      if let last = names.last, last.name >= name { throw .contradiction }
      guard counted.hits > 0, counted.hits <= left,
        counted.clientErrors.addingSaturated(counted.serverErrors) <= counted.hits
      else { throw .contradiction }
      left -= counted.hits
      names.append(counted)
    }
  }
}
