/// Memory that grows and is used again, for work on the numbers of a chunk.
struct ScratchBuffer<Element: BitwiseCopyable>: ~Copyable {
  /// Valid until the buffer grows.
  private(set) var elements = UnsafeMutableBufferPointer<Element>(start: nil, count: 0)

  deinit { elements.deallocate() }

  /// Makes room for so many elements, and for a quarter more.
  ///
  /// - Parameter filling: the value of the new elements; the others stay.
  mutating func grow(to count: Int, filling: Element) {
    guard elements.count < count else { return }
    let grown = UnsafeMutableBufferPointer<Element>.allocate(capacity: count + count / 4 + 1024)
    grown.initialize(repeating: filling)
    if let start = elements.baseAddress, let target = grown.baseAddress {
      target.update(from: start, count: elements.count)
    }
    elements.deallocate()
    elements = grown
  }
}
