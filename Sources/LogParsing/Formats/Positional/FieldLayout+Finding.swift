extension FieldLayout {
  /// Where a field stands, and where the text that follows it is expected.
  struct Place {
    var range: Range<Int>
    var textStart: Int

    init(_ start: Int, _ end: Int) {
      range = min(start, end)..<end
      textStart = end
    }
  }

  /// What a line is matched with.
  struct Reading {
    let line: TextRange
    unowned(unsafe) let layout: FieldLayout
    let steps: UnsafeBufferPointer<Step>
    let texts: UnsafeBufferPointer<UInt8>
  }

  /// Finds the fields of a line.
  ///
  /// - Returns: whether the line has all that are required. What was found until then is kept.
  /// - Complexity: O(bytes of the line × quotes in it).
  @inline(__always)
  func find(in line: TextRange, _ found: inout FoundFields) -> Bool {
    let reading = Reading(line: line, layout: self, steps: steps, texts: texts)
    var index = line.skip(.space, from: 0)
    guard let first = reading.match(opening, at: index) else { return false }
    index = first
    for number in 0..<reading.steps.count {
      let step = reading.steps[number]
      guard let place = reading.place(of: number, from: index, &found.time),
        let next = reading.match(step.text, at: place.textStart),
        step.check == .none || step.end == .number || step.check.accepts(line[place.range])
      else { return findLast(reading, number, from: index, &found) }
      if step.role != .other { found.set(step.role, place.range) }
      index = next
    }
    return true
  }

  /// Reads a field that is not followed by what the layout says, if it is the last one that is
  /// required, or a later one.
  private func findLast(
    _ reading: Reading, _ number: Int, from index: Int, _ found: inout FoundFields
  ) -> Bool {
    guard number >= required - 1 else { return false }
    let (line, step) = (reading.line, reading.steps[number])
    var range = line.word(from: index)
    if let first = step.text.first.map({ reading.texts[$0] }), first != .space,
      let end = line[range].firstIndex(of: first)
    {
      range = range.lowerBound..<(range.lowerBound + end)
    }
    if step.end == .quote || step.end == .request || step.role.isText {
      range = index..<(RequestEnd.firstUnescaped(in: line, from: index) ?? line.count)
    }
    let isReadable = !range.isEmpty && step.check.accepts(line[range])
    if isReadable { found.set(step.role, range) }
    return isReadable || number >= required
  }
}
