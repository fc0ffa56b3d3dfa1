// The wire form of a report, version 1, in the terms of the wire form of a closed second.
//
//   version    1
//   seconds    the number of seconds that close: through - from + 1
//   closed     its length in bytes; the last of them as a closed second
//   lines      hits late ignored filtered filteredLate
//   rejected   number of reasons; the lines of each, in the order of `Rejection`
//   times      absent without hits: the earliest, as its signed distance from `through`, zigzag-encoded;
//              the seconds from there to the latest
//   late       absent without late hits: its length in bytes; their figures as a closed second
//   head       0 if there is none; otherwise 1 and its signed distance from `through`, zigzag-encoded
//   end        1 if the log has ended, otherwise 0
//
// Lines are those of which it is known what became of them, so `lines = hits + rejected + ignored`.

extension SecondReport {
  private static let version: UInt64 = 1
  /// More lines than any log has, and few enough that sums over years of reports cannot overflow.
  fileprivate static let mostLines = 1 << 40

  /// The report in its wire form, which `init(decoding:)` reads.
  ///
  /// - Complexity: O(bytes of all names)
  package var encoded: [UInt8] {
    var writer = WireWriter()
    writer.write(Self.version)
    writer.write(through.seconds(since: from) + 1)
    writer.write(closed.encoded)
    lines.write(to: &writer)
    if let hitTimes {
      writer.write(zigzag: hitTimes.lowerBound.seconds(since: through))
      writer.write(hitTimes.upperBound.seconds(since: hitTimes.lowerBound))
    }
    if let late { writer.write(late.encoded) }
    writer.write(head != nil)
    if let head { writer.write(zigzag: head.seconds(since: through)) }
    writer.write(isEnd)
    return writer.bytes
  }

  /// Decodes the wire form.
  ///
  /// - Throws: `WireFailure` if the version is unknown, if there are more than 65,536 names, or if the
  ///   bytes are truncated, too long or contradictory.
  /// - Complexity: O(bytes)
  package init(decoding bytes: some Collection<UInt8>) throws(WireFailure) {
    var reader = WireReader(bytes)
    var namesLeft = SentReport.nameLimit
    let version = try reader.number()
    guard version == Self.version else { throw .unknownVersion(version) }
    let seconds = try reader.count()
    let closed = try Self.second(from: &reader, &namesLeft)
    let lines = try LineTally(from: &reader)
    self.init(from: closed.second, closed: closed, lines: lines)
    from = closed.second.advanced(by: 1 - Int64(seconds))
    guard ClosedSecond.times.contains(from.value) || seconds == 0 else { throw .badNumber }
    guard seconds > 0 || closed.traffic.hits == 0 else { throw .contradiction }
    if lines.hits > 0 { hitTimes = try readTimes(from: &reader) }
    if lines.late > 0 {
      let late = try Self.second(from: &reader, &namesLeft)
      guard late.traffic.hits == lines.late else { throw .contradiction }
      self.late = late
    }
    if try reader.flag() { head = try time(at: reader.zigzag()) }
    isEnd = try reader.flag()
    guard reader.isAtEnd else { throw .tooLong }
  }

  private static func second(
    from reader: inout WireReader, _ namesLeft: inout Int
  ) throws(WireFailure) -> ClosedSecond {
    var part = try reader.part()
    return try ClosedSecond(from: &part, namesLeft: &namesLeft)
  }

  private func readTimes(
    from reader: inout WireReader
  ) throws(WireFailure) -> ClosedRange<EpochSecond> {
    let first = try time(at: reader.zigzag())
    let last = first.advanced(by: Int64(try reader.count()))
    guard ClosedSecond.times.contains(last.value) else { throw .badNumber }
    return first...last
  }

  /// The time at a distance from `through`.
  private func time(at distance: Int64) throws(WireFailure) -> EpochSecond {
    let time = through.advanced(by: distance)
    guard ClosedSecond.times.contains(time.value) else { throw .badNumber }
    return time
  }
}

extension LineTally {
  fileprivate func write(to writer: inout WireWriter) {
    for count in [hits, late, ignored, filtered, filteredLate] { writer.write(count) }
    writer.write(Rejection.allCases.count)
    for reason in Rejection.allCases { writer.write(rejected[reason]) }
  }

  fileprivate init(from reader: inout WireReader) throws(WireFailure) {
    self.init()
    hits = try reader.count()
    late = try reader.count()
    ignored = try reader.count()
    filtered = try reader.count()
    filteredLate = try reader.count()
    guard late <= hits, filtered <= ignored, filteredLate <= filtered else { throw .contradiction }
    guard try reader.number() == UInt64(Rejection.allCases.count) else { throw .contradiction }
    lines = hits.addingSaturated(ignored)
    for reason in Rejection.allCases {
      rejected[reason] = try reader.count()
      lines = lines.addingSaturated(rejected[reason])
    }
    guard lines <= SecondReport.mostLines else { throw .badNumber }
  }
}
