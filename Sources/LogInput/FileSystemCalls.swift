import AccessLog
import Glibc

/// The system calls that reading logs needs, so that a test can make any of them fail.
///
/// The closures are single calls; the methods of the same kind below make them again when a signal
/// interrupts them.
package struct FileSystemCalls: Sendable {
  /// open(2) with these flags.
  package var open: @Sendable (UnsafePointer<CChar>, Int32) throws(SystemError) -> Int32 = {
    (path, flags) throws(SystemError) in
    let descriptor = Glibc.open(path, flags)
    guard descriptor >= 0 else { throw .last }
    return descriptor
  }

  /// close(2).
  package var close: @Sendable (Int32) -> Void = { _ = Glibc.close($0) }

  /// preadv(2): how many bytes came, 0 at the end.
  package var readAt:
    @Sendable (Int32, UnsafePointer<iovec>, Int32, Int64) throws(SystemError) -> Int = {
      (descriptor, parts, count, offset) throws(SystemError) in
      let bytes = preadv(descriptor, parts, count, off_t(offset))
      guard bytes >= 0 else { throw .last }
      return bytes
    }

  /// read(2): how many bytes came, 0 at the end.
  package var read: @Sendable (Int32, UnsafeMutableRawBufferPointer) throws(SystemError) -> Int = {
    (descriptor, buffer) throws(SystemError) in
    let bytes = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    guard bytes >= 0 else { throw .last }
    return bytes
  }

  /// poll(2) of one descriptor for reading, without waiting: the events that are there.
  package var poll: @Sendable (Int32) throws(SystemError) -> Int32 = {
    (descriptor) throws(SystemError) in
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard Glibc.poll(&entry, 1, 0) >= 0 else { throw .last }
    return Int32(entry.revents)
  }

  /// statx(2) of a descriptor, or of a path where there is one.
  package var status: @Sendable (Int32, UnsafePointer<CChar>?) throws(SystemError) -> FileStatus = {
    (descriptor, path) throws(SystemError) in
    try FileStatus.read(descriptor: descriptor, path: path)
  }

  /// The names in a directory (readdir(3)), in no order, without `.` and `..`.
  package var names: @Sendable (UnsafePointer<CChar>) throws(SystemError) -> [[UInt8]] = {
    (path) throws(SystemError) in
    guard let directory = opendir(path) else { throw .last }
    defer { closedir(directory) }
    var names: [[UInt8]] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: UInt8.self, capacity: 256) {
          Array(UnsafeBufferPointer(start: $0, count: strnlen($0, 256)))
        }
      }
      if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
    }
    return names
  }

  /// inotify_init1(2), not blocking.
  package var startNotifying: @Sendable () throws(SystemError) -> Int32 = {
    () throws(SystemError) in
    let descriptor = inotify_init1(Int32(O_NONBLOCK | O_CLOEXEC))
    guard descriptor >= 0 else { throw .last }
    return descriptor
  }

  /// inotify_add_watch(2): the number of the watch.
  package var watch: @Sendable (Int32, UnsafePointer<CChar>, UInt32) throws(SystemError) -> Int32 =
    {
      (descriptor, path, events) throws(SystemError) in
      let number = inotify_add_watch(descriptor, path, events)
      guard number >= 0 else { throw .last }
      return number
    }

  /// inotify_rm_watch(2).
  package var unwatch: @Sendable (Int32, Int32) -> Void = { _ = inotify_rm_watch($0, $1) }

  /// lseek(2) for data: where the next bytes stand that are not part of a hole.
  package var nextData: @Sendable (Int32, Int64) throws(SystemError) -> Int64 = {
    (descriptor, offset) throws(SystemError) in
    // SEEK_DATA, which the headers show only to programs that ask for GNU extensions.
    let found = lseek(descriptor, off_t(offset), 3)
    guard found >= 0 else { throw .last }
    return Int64(found)
  }

  package init() {}
}

// MARK: - Not interrupted

extension FileSystemCalls {
  /// Opens for reading only, without waiting for anyone and without becoming a terminal's owner.
  func opened(_ path: UnsafePointer<CChar>) throws(SystemError) -> Int32 {
    try uninterrupted { () throws(SystemError) in
      try open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    }
  }

  func statusOf(_ path: UnsafePointer<CChar>) throws(SystemError) -> FileStatus {
    try uninterrupted { () throws(SystemError) in try status(-1, path) }
  }

  func statusOf(_ descriptor: Int32) throws(SystemError) -> FileStatus {
    try uninterrupted { () throws(SystemError) in try status(descriptor, nil) }
  }
}

extension Name {
  /// Ended by a zero, as the system wants a path.
  var path: [CChar] { bytes.map { CChar(bitPattern: $0) } + [0] }

  /// The directory, with its slash, and the name in it.
  var split: (directory: Name, base: [UInt8]) {
    guard let slash = bytes.lastIndex(of: 0x2F) else { return (Name("./"), bytes) }
    return (Name(Array(bytes[...slash])), Array(bytes[(slash + 1)...]))
  }
}
