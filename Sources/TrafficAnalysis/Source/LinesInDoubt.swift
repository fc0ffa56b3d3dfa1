import AccessLog

/// The lines of records, until it is known of each whether it is a hit.
struct LinesInDoubt: Sendable {
  private struct Line: Sendable {
    let text: [UInt8]
    /// The greatest time of the lines up to it, by which the lines of several sources are merged.
    let time: EpochSecond
    /// `nil` while it is in doubt.
    var isHit: Bool?
  }

  private var lines: [Line] = []
  /// The number of the line at index 0.
  private var firstNumber = 0
  private var greatest = EpochSecond(.min)

  var isEmpty: Bool { lines.isEmpty }

  /// Adds the line of the next record.
  ///
  /// - Returns: its number.
  mutating func append(_ text: ArraySlice<UInt8>, at time: EpochSecond) -> Int {
    greatest = max(greatest, time)
    lines.append(Line(text: Array(text), time: greatest))
    return firstNumber + lines.count - 1
  }

  /// Decides whether a line is a hit.
  mutating func decide(_ number: Int?, isHit: Bool) {
    guard let number, lines.indices.contains(number - firstNumber) else { return }
    lines[number - firstNumber].isHit = isHit
  }

  /// Removes the lines that are decided.
  ///
  /// - Parameters:
  ///   - end: the last second of lines that may be taken; `nil` for no limit.
  ///   - inOrder: whether lines behind one in doubt wait for it. There are few: the quarantine decides
  ///     soon, but for a log that is followed and brings little.
  /// - Returns: those that are hits, with their times, in order.
  mutating func take(
    through end: EpochSecond?, inOrder: Bool
  ) -> [(time: EpochSecond, text: [UInt8])] {
    var taken: [(time: EpochSecond, text: [UInt8])] = []
    var index = 0
    while index < lines.count, end.map({ lines[index].time <= $0 }) ?? true {
      defer { index += 1 }
      guard let isHit = lines[index].isHit else {
        if inOrder { break }
        continue
      }
      if isHit { taken.append((lines[index].time, lines[index].text)) }
      // Taken, but kept while one before it is in doubt, so that numbers stay.
      lines[index] = Line(text: [], time: lines[index].time, isHit: false)
    }
    let left = lines.firstIndex { $0.isHit == nil || !$0.text.isEmpty } ?? lines.count
    lines.removeFirst(left)
    firstNumber += left
    return taken
  }
}
