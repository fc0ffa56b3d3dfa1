/// The beginning of a log of which only the last lines are read. It may contain a header, which
/// determines the format of all lines.
enum Heading {
  /// The greatest number of bytes to read.
  static let limit = 1 << 16

  /// The complete lines at the beginning of `bytes`.
  static func wholeLines(of bytes: [UInt8]) -> [UInt8] {
    Array(bytes.prefix((bytes.lastIndex(of: 0x0A) ?? -1) + 1))
  }
}

extension OpenFile {
  /// The first complete lines before a position.
  func heading(before position: Int64) throws(SystemError) -> [UInt8] {
    Heading.wholeLines(of: try bytes(Int(min(position, Int64(Heading.limit))), at: 0))
  }
}
