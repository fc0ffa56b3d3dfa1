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
    let opened = (path.bytes + [0]).withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { name in
        retrying { open(name.baseAddress!, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) }
      }
    }
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
    var end = size
    position = end
    guard lines > 0 else { return }
    var left = lines
    let block = 64 * 1024
    var bytes = [UInt8](repeating: 0, count: block)
    var isLastByte = true
    while end > 0 {
      let start = max(0, end - Int64(block))
      let count = bytes.withUnsafeMutableBytes { buffer in
        retrying { pread(descriptor, buffer.baseAddress, Int(end - start), off_t(start)) }
      }
      guard count > 0 else { throw .ofSystem() }
      for index in stride(from: count - 1, through: 0, by: -1) {
        defer { isLastByte = false }
        guard bytes[index] == UInt8(ascii: "\n"), !isLastByte else { continue }
        left -= 1
        if left == 0 {
          position = start + Int64(index) + 1
          return
        }
      }
      end = start
    }
    position = 0
  }
}
