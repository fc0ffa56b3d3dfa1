import AccessLog
import LogInput
import LogParsing

/// The last record of a file: what somebody asks for by the time of day, or by a length of time, lies
/// before it.
package struct LastRecord: Equatable, Sendable {
  package var time: EpochSecond
  /// The zone that the log writes, in seconds east.
  package var zoneOffset: Int

  package init(time: EpochSecond, zoneOffset: Int) {
    self.time = time
    self.zoneOffset = zoneOffset
  }

  /// How much of the end is looked at first, in bytes.
  private static let firstReach: Int64 = 64 << 10

  /// Looks for it from the end of the file.
  ///
  /// - Parameters:
  ///   - format: `nil` to find it out, from the file's beginning.
  ///   - limit: a later record has a wrong clock, unless all of them are later.
  /// - Returns: `nil` where there is none.
  /// - Complexity: O(bytes behind the record), and those before the line that decides the format.
  package static func find(
    in file: FileSource, format: (any LogFormat.Type)?, notAfter limit: EpochSecond
  ) throws(InputFailure) -> LastRecord? {
    let reader = BlockReader(source: file, seek: { file.seek(to: $0) })
    var parser = LogParser(format: format)
    var ending = BlockReader.Ending.more
    var offset: Int64 = 0
    while parser.format == nil, ending != .end { ending = try read(reader, &offset, &parser) }
    guard parser.format != nil else { return nil }
    var reach = firstReach
    var ahead: LastRecord?
    while true {
      let start = max(0, file.size - reach)
      let last = try last(reader, parser, from: start, notAfter: limit)
      if let last, last.time <= limit { return last }
      ahead = ahead ?? last
      guard start > 0 else { return ahead }
      reach *= 8
    }
  }

  /// The last record among the lines that begin after `start`: of those up to the limit, else of all.
  private static func last(
    _ reader: BlockReader, _ known: LogParser, from start: Int64, notAfter limit: EpochSecond
  ) throws(InputFailure) -> LastRecord? {
    var parser = known
    parser.beginNextFile()
    guard var offset = try start == 0 ? 0 : lineStart(reader, after: start) else { return nil }
    var time: EpochSecond?
    var ahead: EpochSecond?
    var ending = BlockReader.Ending.more
    while ending != .end {
      ending = try read(reader, &offset, &parser)
      let records = reader.batch.records
      time = records.last { $0.time <= limit }?.time ?? time
      ahead = records.last?.time ?? ahead
    }
    return (time ?? ahead).map { LastRecord(time: $0, zoneOffset: parser.zoneOffset) }
  }

  /// Where the first line begins after `start`: what stands there may be a part of one.
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

  private static func read(
    _ reader: BlockReader, _ offset: inout Int64, _ parser: inout LogParser
  ) throws(InputFailure) -> BlockReader.Ending {
    let (block, ending) = try reader.bytes(at: offset)
    reader.batch.removeAll()
    offset += Int64(parser.parse(block, isLast: ending == .end, into: reader.batch))
    return ending
  }
}
