import AccessLog
import Glibc

/// What tells a file from every other, whatever its name is now.
struct FileIdentity: Equatable, Sendable {
  var device: UInt64
  var inode: UInt64
}

/// What is known of a file at one moment. (stat(2))
struct FileStatus: Sendable {
  var identity: FileIdentity
  var size: Int64
  /// Of the last change of its contents, in nanoseconds.
  var modified: Int64
  var links: Int
  var mode: mode_t

  private init(_ status: stat) {
    identity = FileIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    size = Int64(status.st_size)
    modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    links = Int(status.st_nlink)
    mode = status.st_mode
  }

  init?(of descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  /// Follows symbolic links; `nil` where nothing is there.
  init?(path: [UInt8]) {
    var status = stat()
    guard withCString(path, { stat($0, &status) }) == 0 else { return nil }
    self.init(status)
  }
}

/// Hands on a path as C wants it: its bytes, and a zero.
func withCString<Result>(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
  let characters = path.map { CChar(bitPattern: $0) } + [0]
  return characters.withUnsafeBufferPointer { body($0.baseAddress!) }
}

/// Opens a file to read, without waiting and without letting children have it. (open(2))
func openToRead(_ path: [UInt8]) -> Int32 {
  retrying { withCString(path) { open($0, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) } }
}

/// The files beside a log that a rotation made of it: `access.log.1`, `access.log-20260314`.
enum RotatedFiles {
  private static let packed = [".gz", ".bz2", ".xz", ".zst", ".lz4"].map { Array($0.utf8) }

  /// Paths of the rotated files last written after `moment`, oldest first; packed ones left out.
  /// (opendir(3), readdir(3))
  static func of(_ path: [UInt8], writtenAfter moment: Int64) -> [(path: [UInt8], id: FileIdentity)]
  {
    let slash = UInt8(ascii: "/")
    let split = path.lastIndex(of: slash).map { $0 + 1 } ?? 0
    let directory = Array(path[..<split])
    let base = Array(path[split...])
    guard let listing = withCString(directory.isEmpty ? [UInt8(ascii: ".")] : directory, opendir)
    else { return [] }
    defer { closedir(listing) }
    var found: [(path: [UInt8], modified: Int64, id: FileIdentity)] = []
    while let entry = readdir(listing) {
      let name = bytes(of: entry)
      guard name.count > base.count, name.starts(with: base),
        [UInt8(ascii: "."), UInt8(ascii: "-")].contains(name[base.count]),
        !packed.contains(where: { name.suffix($0.count) == $0[...] }),
        let status = FileStatus(path: directory + name), status.mode & S_IFMT == S_IFREG,
        status.modified > moment
      else { continue }
      found.append((directory + name, status.modified, status.identity))
    }
    return found.sorted { $0.modified < $1.modified }.map { ($0.path, $0.id) }
  }

  private static func bytes(of entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
    withUnsafePointer(to: &entry.pointee.d_name) { name in
      name.withMemoryRebound(to: CChar.self, capacity: 256) { start in
        (0..<strnlen(start, 256)).map { UInt8(bitPattern: start[$0]) }
      }
    }
  }
}
