/// Finds the spaces and slashes of a line, those of 64 bytes at once: so the end of a field is known
/// before the field is looked at.
///
/// A newline ends every search, as in `LineSearch`.
struct SeparatorCursor {
  private let line: UnsafePointer<UInt8>
  /// The index of the first of the 64 bytes.
  private var first = -64
  /// A bit for each of them that is the separator or a newline.
  private var spaces: UInt64 = 0
  private var slashes: UInt64 = 0

  /// - Parameter line: ends in a newline, which `LineBytes.padding` bytes follow.
  @inline(__always)
  init(_ line: UnsafePointer<UInt8>) { self.line = line }

  /// The index of the first space or newline from an index on.
  @inline(__always)
  mutating func space(from index: Int) -> Int {
    if let end = Self.next(spaces, from: index, first) { return end }
    fill(from: index)
    return Self.next(spaces, from: index, first)
      ?? index &+ 64 &+ LineSearch.first(.space, in: line + index + 64)
  }

  /// The index of the first slash or newline from an index on.
  @inline(__always)
  mutating func slash(from index: Int) -> Int {
    if let end = Self.next(slashes, from: index, first) { return end }
    fill(from: index)
    return Self.next(slashes, from: index, first)
      ?? index &+ 64 &+ LineSearch.first(.slash, in: line + index + 64)
  }

  @inline(__always)
  private static func next(_ bits: UInt64, from index: Int, _ first: Int) -> Int? {
    let skipped = index &- first
    guard skipped < 64 else { return nil }
    let rest = bits &>> UInt64(truncatingIfNeeded: skipped)
    return rest == 0 ? nil : index &+ rest.trailingZeroBitCount
  }

  private mutating func fill(from index: Int) {
    first = index
    let newlines = line.bits64(index) { $0 .== SIMD16(repeating: .newline) }
    spaces = line.bits64(index) { $0 .== SIMD16(repeating: .space) } | newlines
    slashes = line.bits64(index) { $0 .== SIMD16(repeating: .slash) } | newlines
  }
}
