import AccessLog
import Glibc

/// The metadata of a file. (statx(2))
package struct FileStatus: Equatable, Sendable {
  /// The kind of a file.
  package enum Kind: Equatable, Sendable {
    case regular, directory, fifo, terminal, socket, device
    /// `/dev/null`: not accepted as a log file, but a common standard input.
    case null
  }

  /// The identity of the file.
  package var identity: FileIdentity
  /// The kind of the file.
  package var kind: Kind
  /// The size in bytes.
  package var size: Int64
  /// The time of the last change of the content, in nanoseconds since 1970.
  package var modified: Int64
  /// The number of names of the file; 0 once it is deleted.
  package var links: UInt32

  /// Creates a status.
  package init(
    identity: FileIdentity, kind: Kind, size: Int64, modified: Int64, links: UInt32
  ) {
    self.identity = identity
    self.kind = kind
    self.size = size
    self.modified = modified
    self.links = links
  }

  /// The reason why a file of this kind cannot be read as a log; nil if it can.
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
  /// The creation time, or the time of the last change if that is unknown, in nanoseconds since
  /// 1970.
  var created: Int64 { identity.birth == 0 ? modified : identity.birth }

  /// The reason why a file of this kind does not support random access; nil if it does.
  var streamRefusal: InputFailure? {
    kind == .regular ? nil : .notRegular
  }

  /// The status of the file that a path leads to; nil if there is none or access is denied.
  package static func of(path: Name) -> FileStatus? {
    try? FileSystemCalls().statusOf(path.path)
  }

  /// The status of the file behind a descriptor; nil if the descriptor is closed.
  package static func of(descriptor: Int32) -> FileStatus? {
    try? FileSystemCalls().statusOf(descriptor)
  }

  /// The status of the file that a path leads to, or without a path, of the file behind a
  /// descriptor. (statx(2), or stat(2) where the kernel lacks it)
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

  /// The function `statx`, which the C library declares only for programs with GNU extensions.
  private static let extended: Extended? = dlsym(dlopen(nil, RTLD_NOW), "statx").map {
    unsafeBitCast($0, to: Extended.self)
  }
}

extension FileStatus.Kind {
  /// - Parameter node: the major and minor number of the device that a special file represents.
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
