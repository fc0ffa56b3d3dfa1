import AccessLog

/// The lines of records in the order of the log, until it is known of each whether it is a hit.
///
/// A line waits for those before it, of which there are few: the quarantine decides soon.
struct LinesInDoubt: Sendable {
  private struct Line: Sendable {
    let text: [UInt8]
    var time: EpochSecond
    /// `nil` while it is in doubt.
    var isHit: Bool?
  }

  private var lines: [Line] = []
  /// The index of the first line that was not taken.
  private var first = 0
  /// The number of the line at index 0.
  private var firstNumber = 0

  /// Adds the line of the next record.
  ///
  /// - Returns: its number.
  mutating func append(_ text: ArraySlice<UInt8>, at time: EpochSecond) -> Int {
    lines.append(Line(text: Array(text), time: time))
    return firstNumber + lines.count - 1
  }

  /// Decides whether a line is a hit.
  mutating func decide(_ number: Int, isHit: Bool) {
    guard lines.indices.contains(number - firstNumber) else { return }
    lines[number - firstNumber].isHit = isHit
  }

  /// Removes the lines that are decided, up to the first that is not.
  ///
  /// - Parameter end: the last second of lines that may be taken; `nil` for no limit.
  /// - Returns: those that are hits, each with a newline.
  mutating func take(through end: EpochSecond?) -> [UInt8] {
    var taken: [UInt8] = []
    while first < lines.count, let isHit = lines[first].isHit,
      end.map({ lines[first].time <= $0 }) ?? true
    {
      if isHit {
        taken += lines[first].text
        taken.append(UInt8(ascii: "\n"))
      }
      first += 1
    }
    if first > 1024 || first == lines.count {
      lines.removeFirst(first)
      firstNumber += first
      first = 0
    }
    return taken
  }
}
