/// Allots the colour pairs of curses. A pair is a combination of a foreground and a background, as
/// numbers of colours; -1 is the terminal's own colour. A terminal may have few pairs.
struct PairTable {
  private struct Pair: Hashable {
    let foreground: Int32
    let background: Int32
  }

  private var numbers: [Pair: Int16] = [:]
  private let count: Int
  private let reserved: Int

  /// - Parameters:
  ///   - count: the number of pairs of the terminal; the first one cannot be changed.
  ///   - reserved: how many pairs are kept for foregrounds on the terminal's own background.
  init(count: Int, reserved: Int) {
    // Pairs are passed to curses as 16-bit numbers.
    self.count = min(count, Int(Int16.max)) - 1
    self.reserved = reserved
  }

  /// The pair of two colours. If there are no more pairs, it is the pair of the foreground on the
  /// terminal's own background, or else pair 0: the terminal's own colours.
  ///
  /// - Parameter define: called for a new pair, with its number and its colours.
  mutating func pair(
    _ foreground: Int32, _ background: Int32, define: (Int16, Int32, Int32) -> Void
  ) -> Int16 {
    if foreground < 0, background < 0 { return 0 }
    let pair = Pair(foreground: foreground, background: background)
    if let number = numbers[pair] { return number }
    guard numbers.count < (background < 0 ? count : count - reserved) else {
      return background < 0 ? 0 : self.pair(foreground, -1, define: define)
    }
    let number = Int16(numbers.count + 1)
    numbers[pair] = number
    define(number, foreground, background)
    return number
  }
}
