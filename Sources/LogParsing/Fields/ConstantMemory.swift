/// Memory for values that are compiled once and then read for every line, without references to count.
final class ConstantMemory: @unchecked Sendable {
  private var blocks: [UnsafeMutableRawPointer] = []

  /// A copy of the elements, valid as long as the memory exists.
  func copy<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafeBufferPointer<Element> {
    let copy = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
    _ = copy.initialize(from: elements)
    // An allocation of no bytes has an address too.
    if let start = copy.baseAddress { blocks.append(UnsafeMutableRawPointer(start)) }
    return UnsafeBufferPointer(copy)
  }

  /// A copy of the bytes that can be read beyond its end like a part of a line.
  func text(_ bytes: [UInt8]) -> TextRange {
    let padded = copy(bytes + [UInt8](repeating: 0, count: LineBytes.padding))
    // Not empty: it holds the padding.
    return TextRange(start: padded.baseAddress!, count: bytes.count)
  }

  deinit {
    for block in blocks { block.deallocate() }
  }
}
