import AccessLog
import Glibc

/// The system calls that are used to read logs. Tests replace them to inject failures.
///
/// Each closure is a single call; the methods below repeat a call that a signal interrupted.
package struct FileSystemCalls: Sendable {
  /// open(2) with flags.
  package var open: @Sendable (UnsafePointer<CChar>, Int32) throws(SystemError) -> Int32 = {
    (path, flags) throws(SystemError) in
    let descriptor = Glibc.open(path, flags)
    guard descriptor >= 0 else { throw .last }
    return descriptor
  }

  /// close(2).
  package var close: @Sendable (Int32) -> Void = { _ = Glibc.close($0) }

  /// preadv(2); returns the number of bytes read, 0 at the end.
  package var readAt:
    @Sendable (Int32, UnsafePointer<iovec>, Int32, Int64) throws(SystemError) -> Int = {
      (descriptor, parts, count, offset) throws(SystemError) in
      let bytes = preadv(descriptor, parts, count, off_t(offset))
      guard bytes >= 0 else { throw .last }
      return bytes
    }

  /// read(2); returns the number of bytes read, 0 at the end.
  package var read: @Sendable (Int32, UnsafeMutableRawBufferPointer) throws(SystemError) -> Int = {
    (descriptor, buffer) throws(SystemError) in
    let bytes = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    guard bytes >= 0 else { throw .last }
    return bytes
  }

  /// poll(2) of one descriptor for reading, without waiting; returns its events.
  package var poll: @Sendable (Int32) throws(SystemError) -> Int32 = {
    (descriptor) throws(SystemError) in
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard Glibc.poll(&entry, 1, 0) >= 0 else { throw .last }
    return Int32(entry.revents)
  }

  /// statx(2) of a path, or without a path, of a descriptor.
  package var status: @Sendable (Int32, UnsafePointer<CChar>?) throws(SystemError) -> FileStatus = {
    (descriptor, path) throws(SystemError) in
    try FileStatus.read(descriptor: descriptor, path: path)
  }

  /// readdir(3); returns the names in a directory in no particular order, without `.` and `..`.
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

  /// inotify_init1(2) in non-blocking mode.
  package var startNotifying: @Sendable () throws(SystemError) -> Int32 = {
    () throws(SystemError) in
    let descriptor = inotify_init1(Int32(O_NONBLOCK | O_CLOEXEC))
    guard descriptor >= 0 else { throw .last }
    return descriptor
  }

  /// inotify_add_watch(2); returns the watch descriptor.
  package var watch: @Sendable (Int32, UnsafePointer<CChar>, UInt32) throws(SystemError) -> Int32 =
    {
      (descriptor, path, events) throws(SystemError) in
      let number = inotify_add_watch(descriptor, path, events)
      guard number >= 0 else { throw .last }
      return number
    }

  /// inotify_rm_watch(2).
  package var unwatch: @Sendable (Int32, Int32) -> Void = { _ = inotify_rm_watch($0, $1) }

  /// lseek(2) with SEEK_DATA; returns the position of the next bytes that are not part of a hole.
  package var nextData: @Sendable (Int32, Int64) throws(SystemError) -> Int64 = {
    (descriptor, offset) throws(SystemError) in
    // 3 is SEEK_DATA, which the C library declares only for programs with GNU extensions.
    let found = lseek(descriptor, off_t(offset), 3)
    guard found >= 0 else { throw .last }
    return Int64(found)
  }

  /// The real system calls.
  package init() {}
}

// MARK: - Repeated calls

extension FileSystemCalls {
  /// Opens a file for reading, without blocking and without making a terminal the controlling
  /// terminal.
  func opened(_ path: UnsafePointer<CChar>) throws(SystemError) -> Int32 {
    try retryingOnInterrupt { () throws(SystemError) in
      try open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    }
  }

  /// The status of the file that a path leads to.
  func statusOf(_ path: UnsafePointer<CChar>) throws(SystemError) -> FileStatus {
    try retryingOnInterrupt { () throws(SystemError) in try status(-1, path) }
  }

  /// The status of the file behind a descriptor.
  func statusOf(_ descriptor: Int32) throws(SystemError) -> FileStatus {
    try retryingOnInterrupt { () throws(SystemError) in try status(descriptor, nil) }
  }
}
