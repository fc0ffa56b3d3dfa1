extension Array {
  /// Sorts the array partially: the elements in `range` are those of the fully sorted array, and
  /// the others are on the correct side of them, in any order.
  ///
  /// - Complexity: O(n + k log k) on average for a range of k elements, O(n log n) at worst
  mutating func partialSort(_ range: Range<Int>, by precedes: (Element, Element) -> Bool) {
    // Limits the depth to twice that of perfect halving, so that bad pivots are not quadratic.
    let steps = 2 * (Int.bitWidth - count.leadingZeroBitCount)
    sortPart(0..<count, range, steps: steps, by: precedes)
  }

  private mutating func sortPart(
    _ part: Range<Int>, _ range: Range<Int>, steps: Int, by precedes: (Element, Element) -> Bool
  ) {
    let wanted = range.clamped(to: part)
    guard !wanted.isEmpty else { return }
    guard part.count > 16, wanted != part, steps > 0 else {
      self[part].sort(by: precedes)
      return
    }
    let pivot = partition(part, by: precedes)
    sortPart(part.lowerBound..<pivot, range, steps: steps - 1, by: precedes)
    sortPart(pivot + 1..<part.upperBound, range, steps: steps - 1, by: precedes)
  }

  /// Moves the elements that precede a pivot to its left and the others to its right.
  ///
  /// - Returns: the index of the pivot afterwards.
  private mutating func partition(
    _ part: Range<Int>, by precedes: (Element, Element) -> Bool
  ) -> Int {
    let last = part.upperBound - 1
    let middle = part.lowerBound + part.count / 2
    // The median of three becomes the last element.
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
