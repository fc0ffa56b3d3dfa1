import AccessLog
import LogInput
import LogParsing

/// The last record of a file. Times of day and lengths of time that a user requests count back from
/// it.
package struct LastRecord: Equatable, Sendable {
  package var time: EpochSecond
  /// The zone of the log's times, in seconds east of UTC.
  package var zoneOffset: Int

  package init(time: EpochSecond, zoneOffset: Int) {
    self.time = time
    self.zoneOffset = zoneOffset
  }

  /// How much of the end of the file is searched first, in bytes.
  private static let firstReach: Int64 = 64 << 10

  /// Finds the last record, searching backwards from the end of a plain file.
  ///
  /// - Parameters:
  ///   - format: `nil` to detect it from the beginning of the file.
  ///   - options: what the log does not say.
  ///   - limit: records after this time are assumed to have a wrong clock, unless all of them are
  ///     after it.
  /// - Returns: `nil` where the file holds no record.
  /// - Throws: `InputFailure` where the file cannot be read.
  /// - Complexity: O(bytes after the record), and those before the line that decides the format; O(all
  ///   bytes) for a compressed log.
  package static func find(
    in log: any RewindableSource, format: NamedFormat?, _ options: ParsingOptions,
    notAfter limit: EpochSecond
  ) throws(InputFailure) -> LastRecord? {
    guard let file = log as? FileSource else {
      // It can only be read forwards.
      let reader = BlockReader(source: log, seek: { log.seek(to: $0) })
      return try last(reader, LogParser(format: format, options), from: 0, notAfter: limit)
    }
    return try find(in: file, format: format, options, notAfter: limit)
  }

  private static func find(
    in file: FileSource, format: NamedFormat?, _ options: ParsingOptions,
    notAfter limit: EpochSecond
  ) throws(InputFailure) -> LastRecord? {
    let reader = BlockReader(source: file, seek: { file.seek(to: $0) })
    var parser = LogParser(format: format, options)
    var ending = BlockReader.Ending.more
    var offset: Int64 = 0
    while parser.format == nil, ending != .end { ending = try parseBlock(reader, &offset, &parser) }
    guard parser.format != nil else { return nil }
    var reach = firstReach
    var afterLimit: LastRecord?
    while true {
      let start = max(0, file.size - reach)
      let last = try last(reader, parser, from: start, notAfter: limit)
      if let last, last.time <= limit { return last }
      afterLimit = afterLimit ?? last
      guard start > 0 else { return afterLimit }
      reach *= 8
    }
  }

  /// The last record up to the limit among the lines that begin after `start`; if there is none,
  /// the last record.
  private static func last(
    _ reader: BlockReader, _ detected: LogParser, from start: Int64, notAfter limit: EpochSecond
  ) throws(InputFailure) -> LastRecord? {
    var parser = detected
    parser.jump()
    guard var offset = try start == 0 ? 0 : lineStart(reader, after: start) else { return nil }
    var time: EpochSecond?
    var latest: EpochSecond?
    var ending = BlockReader.Ending.more
    while ending != .end {
      ending = try parseBlock(reader, &offset, &parser)
      let records = reader.memory.batch.records
      time = records.last { $0.time <= limit }?.time ?? time
      latest = records.last?.time ?? latest
    }
    return (time ?? latest).map { LastRecord(time: $0, zoneOffset: parser.zoneOffset) }
  }

  /// The offset of the first line that begins after `start`, which may be in the middle of a line.
  private static func lineStart(
    _ reader: BlockReader, after start: Int64
  ) throws(InputFailure) -> Int64? {
    var offset = start
    while true {
      let (block, ending) = try reader.bytes(at: offset)
      if let newline = block.firstIndex(of: UInt8(ascii: "\n")) {
        return offset + Int64(newline) + 1
      }
      guard ending != .end else { return nil }
      offset += Int64(block.count)
    }
  }

  private static func parseBlock(
    _ reader: BlockReader, _ offset: inout Int64, _ parser: inout LogParser
  ) throws(InputFailure) -> BlockReader.Ending {
    let (block, ending) = try reader.bytes(at: offset)
    reader.memory.batch.removeAll()
    offset += Int64(parser.parse(block, isLast: ending == .end, into: reader.memory.batch))
    return ending
  }
}
