import AccessLog
import LogInput

/// How far a followed log was counted, so that a later run can continue there. What the windows of
/// rules and the open seconds need of the lines before that place is read again.
package struct Checkpoint: Equatable, Sendable {
  /// The last second that was closed; `nil` if none was, and nothing counted.
  package var closedThrough: EpochSecond?
  /// Where reading begins again.
  package var start: SavedPlace
  /// The time of the log there; `nil` before its first record.
  package var startHead: EpochSecond?
  /// The number of bytes from there that were counted.
  package var known: Int64
  /// The place that was counted.
  package var end: SavedPlace
  /// The files of both places and of those between, each with the longest part that was read.
  package var parts: SavedPlace
}

// The stored form. All numbers are unsigned LEB128, signed ones zigzag-encoded.
//
//   version      1
//   closedThrough head  of each 1 and the time, or 0
//   known
//   start end parts  each with its length; see `SavedPlace`

extension Checkpoint {
  private static let version: UInt64 = 1

  /// The checkpoint in its stored form, which `init(decoding:)` reads.
  package var encoded: [UInt8] {
    var writer = WireWriter()
    writer.write(Self.version)
    writer.write(closedThrough)
    writer.write(startHead)
    writer.write(known)
    writer.write(start.encoded)
    writer.write(end.encoded)
    writer.write(parts.encoded)
    return writer.bytes
  }

  /// Decodes the stored form.
  ///
  /// - Throws: `WireFailure` if the version is unknown, or if the bytes are truncated, too long or
  ///   contradictory.
  package init(decoding bytes: some Collection<UInt8>) throws(WireFailure) {
    var reader = WireReader(bytes)
    let version = try reader.number()
    guard version == Self.version else { throw .unknownVersion(version) }
    closedThrough = try reader.time()
    startHead = try reader.time()
    guard let known = Int64(exactly: try reader.number()) else { throw .badNumber }
    self.known = known
    start = try SavedPlace(decoding: try reader.bytes())
    end = try SavedPlace(decoding: try reader.bytes())
    parts = try SavedPlace(decoding: try reader.bytes())
    guard reader.isAtEnd else { throw .tooLong }
  }
}

extension WireWriter {
  fileprivate mutating func write(_ time: EpochSecond?) {
    write(time == nil ? 0 : 1)
    if let time { write(zigzag: time.value) }
  }
}

extension WireReader {
  fileprivate mutating func time() throws(WireFailure) -> EpochSecond? {
    switch try number() {
    case 0: nil
    case 1: EpochSecond(try zigzag())
    default: throw .badNumber
    }
  }
}
