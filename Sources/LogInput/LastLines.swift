/// Counts lines backwards from the end of what is there. An unfinished one at the end is one of them;
/// where none is asked for, an unfinished line stays: once it is finished, it is new.
struct LastLines {
  private static let blockLength = 1 << 16

  private let asked: Int
  private var missing: Int

  private init(_ lines: Int) {
    asked = max(0, lines)
    missing = asked
  }

  /// Where in the file the last `lines` lines before `size` begin.
  static func start(
    of lines: Int, in file: OpenFile, size: Int64
  ) throws(SystemError) -> Int64 {
    var search = LastLines(lines)
    var end = size
    while end > 0 {
      let start = max(0, end - Int64(blockLength))
      let block = try file.bytes(Int(end - start), at: start)
      if let index = search.start(in: block, isLast: end == size) { return start + Int64(index) }
      end = start
    }
    return 0
  }

  /// Where in the bytes their last `lines` lines begin.
  static func start(of lines: Int, in bytes: [UInt8]) -> Int {
    var search = LastLines(lines)
    return search.start(in: bytes, isLast: true) ?? 0
  }

  /// Where in the block the first of the lines begins, if it does in this one; blocks come from the
  /// end backwards.
  private mutating func start(in block: [UInt8], isLast: Bool) -> Int? {
    for index in block.indices.reversed() where block[index] == 0x0A {
      // The newline at the very end ends the last line; it begins none.
      if isLast, asked > 0, index == block.count - 1 { continue }
      if missing <= 1 { return index + 1 }
      missing -= 1
    }
    return nil
  }
}
