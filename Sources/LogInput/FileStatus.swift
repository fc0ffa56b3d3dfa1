import AccessLog
import Glibc

/// Which file a name stands for at the moment.
///
/// A number that a deleted file had is soon given to a new one, so the time of birth belongs to it
/// where the file system knows one.
package struct FileIdentity: Hashable, Sendable {
  package var device: UInt64
  package var inode: UInt64
  /// Nanoseconds since 1970; 0 where the file system does not tell.
  package var birth: Int64

  package init(device: UInt64, inode: UInt64, birth: Int64) {
    self.device = device
    self.inode = inode
    self.birth = birth
  }
}

/// What is known of a file without reading it (statx).
package struct FileStatus: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    case regular, directory, fifo, terminal, socket, device
    /// `/dev/null`: refused as a log, but what many programs get for standard input.
    case null
  }

  package var identity: FileIdentity
  package var kind: Kind
  /// In bytes.
  package var size: Int64
  /// When the contents were last changed, in nanoseconds since 1970.
  package var modified: Int64
  /// How many names it has; 0 once it was deleted.
  package var links: UInt32

  package init(
    identity: FileIdentity, kind: Kind, size: Int64, modified: Int64, links: UInt32
  ) {
    self.identity = identity
    self.kind = kind
    self.size = size
    self.modified = modified
    self.links = links
  }

  /// Why this cannot be read as a log, or nil where it can.
  var refusal: InputFailure? {
    switch kind {
    case .regular, .fifo, .terminal: nil
    case .directory: .directory
    case .socket: .socket
    case .device, .null: .device
    }
  }
}

extension FileStatus {
  /// When the file was made, or where that is unknown, last changed; nanoseconds since 1970.
  var begun: Int64 { identity.birth == 0 ? modified : identity.birth }

  /// Why this cannot be read back and forth as a file.
  var streamRefusal: InputFailure? {
    kind == .regular ? nil : .notRegular
  }

  /// What a path leads to; `nil` where nothing is there, or it may not be known.
  package static func of(path: Name) -> FileStatus? {
    try? FileSystemCalls().statusOf(path.path)
  }

  /// What is behind a descriptor; `nil` where that is closed.
  package static func of(descriptor: Int32) -> FileStatus? {
    try? FileSystemCalls().statusOf(descriptor)
  }

  /// The status of what is behind a descriptor, or of what a path leads to (statx, else stat).
  static func read(
    descriptor: Int32, path: UnsafePointer<CChar>?
  ) throws(SystemError) -> FileStatus {
    if let statx = Self.extended {
      var words = ExtendedStatus()
      let result = withUnsafeMutableBytes(of: &words) { bytes in
        if let path { return statx(AT_FDCWD, path, 0, 0xFFF, bytes.baseAddress!) }
        return "".withCString { statx(descriptor, $0, 0x1000, 0xFFF, bytes.baseAddress!) }
      }
      if result == 0 { return words.status }
      guard errno == ENOSYS else { throw .last }
    }
    var plain = stat()
    guard (path.map { stat($0, &plain) } ?? fstat(descriptor, &plain)) == 0 else { throw .last }
    return FileStatus(plain)
  }

  private init(_ plain: stat) {
    self.init(
      identity: FileIdentity(
        device: UInt64(plain.st_dev), inode: UInt64(plain.st_ino), birth: 0),
      kind: Kind(
        mode: UInt32(plain.st_mode),
        node: (UInt32(plain.st_rdev >> 8) & 0xFFF, UInt32(plain.st_rdev & 0xFF))),
      size: Int64(plain.st_size),
      modified: Int64(plain.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(plain.st_mtim.tv_nsec),
      links: UInt32(truncatingIfNeeded: plain.st_nlink))
  }

  private typealias Extended =
    @convention(c) (
      Int32, UnsafePointer<CChar>, Int32, UInt32, UnsafeMutableRawPointer
    ) -> Int32

  /// statx, which the C library's headers show only to programs that ask for GNU extensions.
  private static let extended: Extended? = dlsym(dlopen(nil, RTLD_NOW), "statx").map {
    unsafeBitCast($0, to: Extended.self)
  }
}

extension FileStatus.Kind {
  /// - Parameter node: Major and minor number of the device that a special file stands for.
  init(mode: UInt32, node: (major: UInt32, minor: UInt32)) {
    switch (mode & UInt32(S_IFMT), node.major, node.minor) {
    case (UInt32(S_IFREG), _, _): self = .regular
    case (UInt32(S_IFDIR), _, _): self = .directory
    case (UInt32(S_IFIFO), _, _): self = .fifo
    case (UInt32(S_IFSOCK), _, _): self = .socket
    case (UInt32(S_IFCHR), 4...5, _), (UInt32(S_IFCHR), 136...143, _): self = .terminal
    case (UInt32(S_IFCHR), 1, 3): self = .null
    default: self = .device
    }
  }
}

/// `struct statx` (statx(2)) as far as it is used, laid out as the kernel does on every machine.
private struct ExtendedStatus {
  private struct Time {
    var seconds: Int64 = 0
    var nanoseconds: UInt32 = 0
    var reserved: Int32 = 0

    var value: Int64 { seconds &* 1_000_000_000 &+ Int64(nanoseconds) }
  }

  private var mask: UInt32 = 0
  private var blockSize: UInt32 = 0
  private var attributes: UInt64 = 0
  private var links: UInt32 = 0
  private var owner: UInt32 = 0
  private var group: UInt32 = 0
  private var mode: UInt16 = 0
  private var spare: UInt16 = 0
  private var inode: UInt64 = 0
  private var size: UInt64 = 0
  private var blocks: UInt64 = 0
  private var attributesMask: UInt64 = 0
  private var accessed = Time()
  private var born = Time()
  private var changed = Time()
  private var modified = Time()
  private var node: (UInt32, UInt32) = (0, 0)
  private var device: (UInt32, UInt32) = (0, 0)
  // What later kernels add.
  private var rest:
    (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) =
      (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
  private var end: (UInt64, UInt64) = (0, 0)

  init() {}

  var status: FileStatus {
    let knowsBirth = mask & 0x800 != 0
    return FileStatus(
      identity: FileIdentity(
        device: UInt64(device.0) << 32 | UInt64(device.1), inode: inode,
        birth: knowsBirth ? born.value : 0),
      kind: FileStatus.Kind(mode: UInt32(mode), node: node), size: Int64(clamping: size),
      modified: modified.value, links: links)
  }
}
