/// Memory that grows and is used again, for work on the numbers of a chunk.
struct ScratchBuffer<Element: BitwiseCopyable>: ~Copyable {
  /// Valid until the buffer grows.
  private(set) var elements = UnsafeMutableBufferPointer<Element>(start: nil, count: 0)

  deinit { elements.deallocate() }

  /// Makes room for so many elements, and for a quarter more.
  ///
  /// - Returns: the new elements, which are not initialized; the others stay.
  @discardableResult
  mutating func grow(to count: Int) -> Slice<UnsafeMutableBufferPointer<Element>> {
    guard elements.count < count else { return elements[elements.count...] }
    let former = elements
    elements = .allocate(capacity: count + count / 4 + 1024)
    if let start = former.baseAddress, let target = elements.baseAddress {
      target.initialize(from: start, count: former.count)
    }
    former.deallocate()
    return elements[former.count...]
  }

  /// Makes room for so many elements, and for a quarter more.
  ///
  /// - Parameter filling: the value of the new elements; the others stay.
  @inline(__always)
  mutating func grow(to count: Int, filling: Element) {
    guard elements.count < count else { return }
    grow(to: count).initialize(repeating: filling)
  }
}
