import AccessLog
import LogInput

/// How far a followed log was counted, so that a later run can continue there. What the windows of
/// rules and the open seconds need of the lines before that place is read again.
package struct Checkpoint: Equatable, Sendable {
  /// A place where reading can begin again.
  package struct Start: Equatable, Sendable {
    package var place: SavedPlace
    /// The time of the log there; `nil` before its first record.
    package var head: EpochSecond?
    /// The number of bytes from there that were counted.
    package var known: Int64
    /// Its files, each with the longest part that was read since.
    package var parts: SavedPlace
  }

  /// The last second that was closed; `nil` if none was, and nothing counted.
  package var closedThrough: EpochSecond?
  /// The first second that this run, or the one that it continues, has closed.
  package var begun: EpochSecond?
  /// Far enough back for the windows of rules, and far enough for the seconds that were open.
  package var starts: [Start]
  /// The place that was counted.
  package var end: SavedPlace
}

// The stored form. All numbers are unsigned LEB128, signed ones zigzag-encoded.
//
//   version    1
//   closed     1 and the time, or 0
//   begun      likewise
//   starts     their number; for each
//     place    its length; see `SavedPlace`
//     head     1 and the time, or 0
//     known
//     parts    its length; see `SavedPlace`
//   end        its length; see `SavedPlace`

extension Checkpoint {
  private static let version: UInt64 = 1
  private static let startLimit = 16

  /// The checkpoint in its stored form, which `init(decoding:)` reads.
  package var encoded: [UInt8] {
    var writer = WireWriter()
    writer.write(Self.version)
    writer.write(closedThrough)
    writer.write(begun)
    writer.write(starts.count)
    for start in starts {
      writer.write(start.place.encoded)
      writer.write(start.head)
      writer.write(start.known)
      writer.write(start.parts.encoded)
    }
    writer.write(end.encoded)
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
    begun = try reader.time()
    let count = try reader.count()
    guard count <= Self.startLimit else { throw .badNumber }
    starts = []
    for _ in 0..<count {
      let place = try SavedPlace(decoding: try reader.bytes())
      let head = try reader.time()
      guard let known = Int64(exactly: try reader.number()) else { throw .badNumber }
      let parts = try SavedPlace(decoding: try reader.bytes())
      starts.append(Start(place: place, head: head, known: known, parts: parts))
    }
    end = try SavedPlace(decoding: try reader.bytes())
    guard reader.isAtEnd else { throw .tooLong }
  }
}
