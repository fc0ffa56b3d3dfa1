/// Finds the beginning of the last lines by reading backwards.
///
/// An incomplete line at the end counts as a line. If no lines are requested, an incomplete line is
/// still included, because it will be a new line once it is completed.
struct LastLines {
  private static let blockLength = 1 << 16

  private let requested: Int
  private var missing: Int

  private init(_ lines: Int) {
    requested = max(0, lines)
    missing = requested
  }

  /// The position in the file at which the last `lines` lines before `size` begin.
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

  /// The index at which the last `lines` lines of `bytes` begin.
  static func start(of lines: Int, in bytes: [UInt8]) -> Int {
    var search = LastLines(lines)
    return search.start(in: bytes, isLast: true) ?? 0
  }

  /// Searches the next block, from the last one to the first.
  ///
  /// - Returns: the index at which the requested lines begin, or nil if they begin in an earlier
  ///   block.
  private mutating func start(in block: [UInt8], isLast: Bool) -> Int? {
    for index in block.indices.reversed() where block[index] == 0x0A {
      // The line end at the very end of the file does not begin a line.
      if isLast, requested > 0, index == block.count - 1 { continue }
      if missing <= 1 { return index + 1 }
      missing -= 1
    }
    return nil
  }
}
