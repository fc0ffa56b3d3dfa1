/// Shortens the output of curses: of several changes of the style before a character only one is
/// written, in its shortest form. Curses resets the style before nearly every change, which takes a
/// third of a frame.
///
/// It knows the sequences that curses writes for terminals like xterm. Everything else is passed on
/// unchanged, after the style that precedes it.
struct StyleMerger {
  /// The style that the terminal has; `nil` if it is not known.
  private var written: SelectedStyle?
  /// The style that the next character is to have; `nil` if it is not known.
  private var wanted: SelectedStyle?

  /// Forgets the style of the terminal, because something else has written to it, or because output
  /// was discarded.
  mutating func forget() {
    written = nil
    wanted = nil
  }

  /// The output with as few changes of the style as possible.
  ///
  /// - Complexity: O(n)
  mutating func shortening(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var rest = bytes[...]
    while let byte = rest.first {
      guard byte == 0x1B else {
        // Curses moves the cursor with control characters too.
        if byte >= 0x20 { writeStyle(to: &result) }
        result.append(rest.removeFirst())
        continue
      }
      let sequence = Self.sequence(rest)
      rest = rest.dropFirst(sequence.count)
      pass(sequence, to: &result)
    }
    return result
  }

  private mutating func pass(_ sequence: ArraySlice<UInt8>, to result: inout [UInt8]) {
    // The character set of text, which is never changed: a part of the reset of many terminals.
    if sequence.elementsEqual([0x1B, UInt8(ascii: "("), UInt8(ascii: "B")]), written != nil {
      return
    }
    let isControl = sequence.dropFirst().first == UInt8(ascii: "[")
    guard isControl, let final = sequence.last else {
      writeStyle(to: &result)
      result += sequence
      return
    }
    if final == UInt8(ascii: "m") {
      select(sequence, &result)
    } else {
      // Moving the cursor does not depend on the style; erasing does.
      if !"ABCDGHdf".utf8.contains(final) { writeStyle(to: &result) }
      result += sequence
    }
  }

  private mutating func select(_ sequence: ArraySlice<UInt8>, _ result: inout [UInt8]) {
    let parameters = sequence.dropFirst(2).dropLast()
    var style = wanted ?? SelectedStyle()
    // While the style is not known, only a sequence that begins with a reset determines it.
    let isReset = parameters.isEmpty || parameters.first == UInt8(ascii: "0")
    if wanted != nil || isReset, style.apply(parameters) {
      wanted = style
    } else {
      writeStyle(to: &result)
      result += sequence
      forget()
    }
  }

  private mutating func writeStyle(to result: inout [UInt8]) {
    guard let wanted, wanted != written else { return }
    result += wanted.sequence(from: written)
    written = wanted
  }

  /// The escape sequence at the beginning of the bytes, as far as it is there. (ECMA-48, 5.4)
  private static func sequence(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let second = bytes.dropFirst().first else { return bytes }
    var end = bytes.startIndex + 2
    if second == UInt8(ascii: "[") {
      while end < bytes.endIndex, !(0x40...0x7E).contains(bytes[end]) { end += 1 }
      return bytes[..<min(end + 1, bytes.endIndex)]
    }
    // Intermediate characters, as in `ESC ( B`.
    guard (0x20...0x2F).contains(second) else { return bytes[..<end] }
    while end < bytes.endIndex, (0x20...0x2F).contains(bytes[end]) { end += 1 }
    return bytes[..<min(end + 1, bytes.endIndex)]
  }
}
