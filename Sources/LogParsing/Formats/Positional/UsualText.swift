/// A text between two fields, as words that are compared quickly.
///
/// It stands for what nearly all lines have: one space where the text has one, except at its end.
struct UsualText: Sendable {
  /// The longest text that the words hold.
  private static let limit = 16

  private var low: UInt64 = 0
  private var lowMask: UInt64 = 0
  private var high: UInt64 = 0
  private var highMask: UInt64 = 0
  let count: Int
  /// The first byte and the one behind it; 0 if there is none.
  let first: UInt8
  let second: UInt8
  private let endsInSpace: Bool

  /// - Returns: `nil` if the text is too long, or holds a newline, at which every search ends.
  init?(_ text: some Collection<UInt8>) {
    guard text.count <= Self.limit, !text.contains(.newline) else { return nil }
    count = text.count
    first = text.first ?? 0
    second = text.dropFirst().first ?? 0
    endsInSpace = Array(text).last == .space
    for (index, byte) in text.enumerated() {
      let shift = UInt64(8 * (index % 8))
      if index < 8 {
        low |= UInt64(byte) << shift
        lowMask |= 0xFF << shift
      } else {
        high |= UInt64(byte) << shift
        highMask |= 0xFF << shift
      }
    }
  }

  /// The index behind the text and the spaces that follow it; `nil` if it does not stand there like
  /// that.
  ///
  /// - Parameter line: ends in a newline at the index or behind it.
  @inline(__always)
  func match(_ line: UnsafePointer<UInt8>, at index: Int) -> Int? {
    isAt(index, of: line) ? end(from: index, of: line) : nil
  }

  /// Whether the text stands at an index.
  @inline(__always)
  func isAt(_ index: Int, of line: UnsafePointer<UInt8>) -> Bool {
    let bytes = UnsafeRawPointer(line) + index
    guard (UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self)) ^ low) & lowMask == 0 else {
      return false
    }
    guard count > 8 else { return true }
    let rest = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    return (UInt64(littleEndian: rest) ^ high) & highMask == 0
  }

  /// The index behind the text that stands at an index, and the spaces that follow it.
  @inline(__always)
  func end(from index: Int, of line: UnsafePointer<UInt8>) -> Int {
    var end = index &+ count
    if endsInSpace {
      while line[end] == .space { end &+= 1 }
    }
    return end
  }
}
