import Glibc

/// Finds where the last lines of a file begin, reading backwards from its end.
package enum TailStart {
  private static let blockLength = 1 << 16

  /// Where to begin so that `lines` lines follow before `size`; an unfinished one at the end is one
  /// of them. With 0 only what is new follows: an unfinished line, once it is finished, is new.
  static func offset(lines: Int, of file: OpenFile, size: Int64) throws(SystemError) -> Int64 {
    var end = size
    var missing = max(0, lines)
    while end > 0 {
      let start = max(0, end - Int64(blockLength))
      let block = try file.bytes(Int(end - start), at: start)
      for index in block.indices.reversed() where block[index] == 0x0A {
        let next = start + Int64(index) + 1
        if lines > 0, next == size { continue }
        if missing <= 1 { return next }
        missing -= 1
      }
      end = start
    }
    return 0
  }
}
