import AccessLog

// The counts of each second are sorted, so that takes a good part of the time of a log with latencies.

extension UnsafeMutableBufferPointer<LatencyCount> {
  /// The number of elements below which a few comparisons are faster.
  private static let fewest = 24

  /// Sorts by key: by one byte of it after the other, from the lowest one on (LSD radix sort). Bytes that
  /// all keys have in common are left out, and most are.
  ///
  /// - Complexity: O(n)
  func sortByKey() {
    guard count >= Self.fewest else { return sortFew() }
    var (common, any) = (self[0].key, self[0].key)
    for element in self {
      common &= element.key
      any |= element.key
    }
    let differing = common ^ any
    withUnsafeTemporaryAllocation(of: LatencyCount.self, capacity: count) { scratch in
      var (source, target) = (self, scratch)
      for shift in stride(from: UInt64(0), to: 48, by: 8) where differing &>> shift & 0xFF != 0 {
        source.distribute(into: target, byByteAt: shift)
        swap(&source, &target)
      }
      if source.baseAddress != baseAddress { _ = update(fromContentsOf: source) }
    }
  }

  /// Copies the elements in the order of one byte of their keys, equal ones in the order that they have.
  @inline(__always)
  private func distribute(
    into target: UnsafeMutableBufferPointer<LatencyCount>, byByteAt shift: UInt64
  ) {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 256) { places in
      places.initialize(repeating: 0)
      for element in self { places[Int(element.key &>> shift & 0xFF)] &+= 1 }
      var start = 0
      for byte in 0..<256 { (places[byte], start) = (start, start &+ places[byte]) }
      for element in self {
        let byte = Int(element.key &>> shift & 0xFF)
        target[places[byte]] = element
        places[byte] &+= 1
      }
    }
  }

  /// Sorts by insertion.
  private func sortFew() {
    for index in indices.dropFirst() {
      let element = self[index]
      var place = index
      while place > 0, self[place &- 1].key > element.key {
        self[place] = self[place &- 1]
        place &-= 1
      }
      self[place] = element
    }
  }

  /// Combines neighbours with the same key, as far as their hits can be added up.
  ///
  /// - Returns: the number of elements that are left, at the beginning.
  func combineEqual() -> Int {
    var last = 0
    for index in indices.dropFirst() {
      let (sum, overflow) = self[last].hits.addingReportingOverflow(self[index].hits)
      if self[last].key == self[index].key, !overflow {
        self[last].hits = sum
      } else {
        last &+= 1
        self[last] = self[index]
      }
    }
    return last &+ 1
  }
}
