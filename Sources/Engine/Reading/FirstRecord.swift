import AccessLog
import LogInput
import LogParsing

/// The first record of a log, which tells where its generations belong in time.
package enum FirstRecord {
  /// How much of a log is searched, in bytes.
  private static let reach: Int64 = 4 << 20

  /// The time of the first record.
  ///
  /// - Parameters:
  ///   - format: `nil` to detect it.
  ///   - options: what the log does not say.
  /// - Returns: `nil` if the beginning of the log has no record, or cannot be read.
  package static func time(
    of log: any RewindableSource, format: NamedFormat?, _ options: ParsingOptions
  ) -> EpochSecond? {
    let reader = BlockReader(source: log, seek: { log.seek(to: $0) })
    var reading = SourceReading(log.path, SourceOptions(format: format, parsing: options))
    while reading.offset < reach, let (block, ending) = try? reader.bytes(at: reading.offset) {
      reading.recognize(block, ending, heading: reader.heading)
      guard case .lines = reading.content else { return nil }
      reading.parse(block, ending, of: reader, now: 0)
      if let first = reader.memory.batch.records.first { return first.time }
      if ending == .end { return nil }
    }
    return nil
  }
}
