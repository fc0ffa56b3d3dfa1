import AccessLog

/// The place that a followed log was read to, in a form that outlives the process: its files, how much
/// of each was read, and the bytes by which each is recognized under another name, or as a copy.
package struct SavedPlace: Equatable, Sendable {
  /// A file, and the part of it that was read.
  struct File: Equatable, Sendable {
    var identity: FileIdentity
    /// How often it had been truncated, as far as is known: its content was another one before.
    var truncations: Int
    var part: ReadPart
  }

  /// The most files that a place can name; far more than are open at once.
  private static let fileLimit = 64
  /// The most rotated files that are remembered; the directory of a log seldom holds more.
  private static let seenLimit = 4096

  /// The files that were not yet closed, oldest first; the path led to the last one.
  var files: [File]
  /// The rotated files that were older, or have been read to their ends.
  var seen: Set<FileIdentity>

  /// The files of several places in order, each with the longest part of it that was read: a file of which
  /// less was read at one of the places is recognized by what was read later. Once it was truncated, it is
  /// another one.
  package init(joining places: [SavedPlace]) {
    files = []
    seen = []
    for file in places.flatMap(\.files) {
      if let index = files.firstIndex(where: { $0.hasContent(of: file) }) {
        if file.part.length > files[index].part.length { files[index] = file }
      } else if files.count < Self.fileLimit {
        files.append(file)
      }
    }
  }

  /// The file that the path led to; `nil` if there was none.
  package var newestIdentity: FileIdentity? { files.last?.identity }

  /// Whether a later place names all files of this one, and no less of any.
  package func isContained(in later: SavedPlace) -> Bool {
    files.allSatisfy { file in
      later.part(of: file).map { $0.length >= file.part.length } ?? false
    }
  }

  init(files: [File], seen: Set<FileIdentity>) {
    self.files = files
    self.seen = seen
  }

  /// The part of a file of another place that was read at this one; `nil` if it is none of its files.
  func part(of file: File) -> ReadPart? {
    files.last { $0.hasContent(of: file) }?.part
  }

  /// A file as it is since it was truncated last; `nil` if it is none of the files.
  func last(of identity: FileIdentity) -> File? {
    files.filter { $0.identity == identity }.max { $0.truncations < $1.truncations }
  }
}

extension SavedPlace.File {
  /// Whether both are the same file, which was not truncated between the two.
  func hasContent(of other: Self) -> Bool {
    identity == other.identity && truncations == other.truncations
  }
}

// The stored form. All numbers are unsigned LEB128.
//
//   version    2
//   files      their number; for each
//     device inode birth
//     truncations
//     length   of the part that was read
//     head end its first and last kilobyte, each with its length
//   seen       number of older files; for each device inode birth

extension SavedPlace {
  private static let version: UInt64 = 2
  /// The most truncations of a file that are stored.
  fileprivate static let truncationLimit = 1 << 32

  /// The place in its stored form, which `init(decoding:)` reads.
  package var encoded: [UInt8] {
    var writer = WireWriter()
    writer.write(Self.version)
    writer.write(files.count)
    for file in files {
      file.identity.write(to: &writer)
      writer.write(min(file.truncations, Self.truncationLimit))
      writer.write(file.part.length)
      writer.write(file.part.head)
      writer.write(file.part.end)
    }
    let identities = seen.sorted { ($0.device, $0.inode) < ($1.device, $1.inode) }
    writer.write(min(identities.count, Self.seenLimit))
    for identity in identities.prefix(Self.seenLimit) { identity.write(to: &writer) }
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
    let count = try reader.count()
    guard count <= Self.fileLimit else { throw .badNumber }
    files = []
    for _ in 0..<count { files.append(try File(&reader)) }
    let seenCount = try reader.count()
    guard seenCount <= Self.seenLimit else { throw .badNumber }
    seen = []
    for _ in 0..<seenCount { seen.insert(try FileIdentity(&reader)) }
    guard reader.isAtEnd else { throw .tooLong }
  }
}

extension SavedPlace.File {
  fileprivate init(_ reader: inout WireReader) throws(WireFailure) {
    identity = try FileIdentity(&reader)
    truncations = try reader.count()
    guard truncations <= SavedPlace.truncationLimit else { throw .badNumber }
    guard let length = Int64(exactly: try reader.number()) else { throw .badNumber }
    let head = Array(try reader.bytes())
    guard let part = ReadPart(length: length, head: head, end: Array(try reader.bytes())) else {
      throw .contradiction
    }
    self.part = part
  }
}

extension FileIdentity {
  fileprivate func write(to writer: inout WireWriter) {
    writer.write(device)
    writer.write(inode)
    writer.write(zigzag: birth)
  }

  fileprivate init(_ reader: inout WireReader) throws(WireFailure) {
    self.init(
      device: try reader.number(), inode: try reader.number(), birth: try reader.zigzag())
  }
}
