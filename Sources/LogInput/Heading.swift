/// The beginning of a log of which only the last lines are read: a header there says how to read
/// them.
enum Heading {
  /// How much of it is read at most, in bytes.
  static let limit = 1 << 16

  /// The lines that are whole.
  static func wholeLines(of bytes: [UInt8]) -> [UInt8] {
    Array(bytes.prefix((bytes.lastIndex(of: 0x0A) ?? -1) + 1))
  }
}

extension OpenFile {
  /// The first whole lines that stand before a position.
  func heading(before position: Int64) throws(SystemError) -> [UInt8] {
    Heading.wholeLines(of: try bytes(Int(min(position, Int64(Heading.limit))), at: 0))
  }
}
