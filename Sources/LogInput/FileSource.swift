import AccessLog
import Glibc

/// A regular file, read from any place to its end.
package final class FileSource: ByteSource {
  private let descriptor: Int32
  private let growing: Bool
  /// Where the next read begins, in bytes.
  package private(set) var position: Int64 = 0

  /// - Parameter growing: more may be appended: its end is no end.
  /// - Throws: `InputFailure` where it cannot be opened or is no file. (open(2), fstat(2))
  package init(path: Name, growing: Bool = false) throws(InputFailure) {
    let opened = openToRead(path.bytes)
    guard opened >= 0 else { throw .ofSystem() }
    var status = stat()
    guard fstat(opened, &status) == 0 else {
      let failure = InputFailure.ofSystem()
      close(opened)
      throw failure
    }
    if let failure = InputFailure.ofKind(status.st_mode) {
      close(opened)
      throw failure
    }
    descriptor = opened
    self.growing = growing
  }

  deinit { close(descriptor) }

  /// The size of the file now, in bytes.
  package var size: Int64 {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int64(status.st_size) : position
  }

  package func seek(to offset: Int64) {
    position = offset
  }

  /// (pread(2))
  package func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(InputFailure) -> ReadResult {
    let count = retrying { pread(descriptor, buffer.baseAddress, buffer.count, off_t(position)) }
    guard count >= 0 else { throw .ofSystem() }
    guard count > 0 else { return growing ? .caughtUp : .end }
    if position == 0,
      let failure = InputFailure.ofBeginning(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    {
      throw failure
    }
    position += Int64(count)
    return .bytes(count)
  }

  /// Goes to where the last `lines` lines begin, reading backwards; a half line at the end counts.
  package func seekToLast(lines: Int) throws(InputFailure) {
    position = try TailSearch.start(ofLast: lines, in: descriptor)
  }
}
