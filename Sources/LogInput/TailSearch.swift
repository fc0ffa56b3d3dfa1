import Glibc

/// Finds where the last lines of a file begin, from its end backwards.
enum TailSearch {
  private static let block = 64 * 1024

  /// The offset at which the last `lines` lines begin; a half line at the end counts as one. The
  /// end of the file for 0.
  static func start(ofLast lines: Int, in descriptor: Int32) throws(InputFailure) -> Int64 {
    guard let size = FileStatus(of: descriptor)?.size else { throw .ofSystem() }
    guard lines > 0 else { return size }
    var end = size
    var left = lines
    var bytes = [UInt8](repeating: 0, count: block)
    while end > 0 {
      let start = max(0, end - Int64(block))
      let count = bytes.withUnsafeMutableBytes { buffer in
        retrying { pread(descriptor, buffer.baseAddress, Int(end - start), off_t(start)) }
      }
      guard count > 0 else { throw .ofSystem() }
      for index in stride(from: count - 1, through: 0, by: -1)
      where bytes[index] == UInt8(ascii: "\n") {
        let place = start + Int64(index) + 1
        // The newline that ends the last line begins none.
        guard place < size else { continue }
        left -= 1
        if left == 0 { return place }
      }
      end = start
    }
    return 0
  }
}
