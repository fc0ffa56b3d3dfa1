extension Array {
  /// Puts those elements in place that a sorted array has at `places`. The others end up on the side
  /// where they belong, in any order.
  ///
  /// - Complexity: O(n + k log k) for k places on average, O(n log n) at worst.
  mutating func partialSort(_ places: Range<Int>, by precedes: (Element, Element) -> Bool) {
    // Twice as many steps as halving takes; pivots that are worse would make it quadratic.
    let steps = 2 * (Int.bitWidth - count.leadingZeroBitCount)
    sortPart(0..<count, places, steps: steps, by: precedes)
  }

  private mutating func sortPart(
    _ part: Range<Int>, _ places: Range<Int>, steps: Int, by precedes: (Element, Element) -> Bool
  ) {
    let wanted = places.clamped(to: part)
    guard !wanted.isEmpty else { return }
    guard part.count > 16, wanted != part, steps > 0 else {
      self[part].sort(by: precedes)
      return
    }
    let pivot = partition(part, by: precedes)
    sortPart(part.lowerBound..<pivot, places, steps: steps - 1, by: precedes)
    sortPart(pivot + 1..<part.upperBound, places, steps: steps - 1, by: precedes)
  }

  /// Brings what precedes a pivot to its left and the rest to its right.
  ///
  /// - Returns: where the pivot stands then.
  private mutating func partition(
    _ part: Range<Int>, by precedes: (Element, Element) -> Bool
  ) -> Int {
    let last = part.upperBound - 1
    let middle = part.lowerBound + part.count / 2
    // The median of three becomes the last one.
    if precedes(self[middle], self[part.lowerBound]) { swapAt(middle, part.lowerBound) }
    if precedes(self[last], self[part.lowerBound]) { swapAt(last, part.lowerBound) }
    if precedes(self[middle], self[last]) { swapAt(middle, last) }
    let pivot = self[last]
    var boundary = part.lowerBound
    for index in part.lowerBound..<last where precedes(self[index], pivot) {
      swapAt(index, boundary)
      boundary += 1
    }
    swapAt(boundary, last)
    return boundary
  }
}
