import Glibc

/// The content of small files.
package enum FileContent {
  /// The bytes of an open regular file that belongs to this user; `nil` if it is anything else or too
  /// large.
  package static func read(_ descriptor: Int32, limit: Int) -> [UInt8]? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_uid == geteuid(), status.st_size <= limit
    else { return nil }
    return bytes(of: descriptor, limit: limit)
  }

  /// All bytes of an open file; `nil` if it cannot be read or is too large. (read(2))
  package static func bytes(of descriptor: Int32, limit: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: limit + 1)
    var count = 0
    while count < bytes.count {
      let read = bytes.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress! + count, $0.count - count)
      }
      if read < 0, errno == EINTR { continue }
      guard read >= 0 else { return nil }
      guard read > 0 else { return Array(bytes[..<count]) }
      count += read
    }
    return nil
  }
}
