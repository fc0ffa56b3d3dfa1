/// What a terminal was sent, taken apart as a terminal does (ECMA-48; xterm's control sequences).
package struct TerminalBytes {
  package enum Item: Equatable {
    /// What is drawn, control characters apart.
    case text([UInt8])
    /// C0 and DEL.
    case control(UInt8)
    /// Steers the terminal: `ESC [ ... m` and the like.
    case sequence(String)
    /// A string for the terminal itself: OSC, DCS, APC, PM, SOS.
    case string(String)
  }

  package private(set) var items: [Item] = []
  /// The beginning of a sequence or of a character whose end has not come yet.
  package private(set) var leftover: ArraySlice<UInt8> = []
  private var rest: ArraySlice<UInt8>

  package init(_ bytes: [UInt8]) {
    rest = bytes[...]
    while let byte = rest.first {
      switch byte {
      case 0x1B: takeSequence()
      case 0..<0x20, 0x7F: items.append(.control(rest.removeFirst()))
      default: takeText()
      }
    }
  }

  private mutating func take(while holds: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    let taken = rest.prefix(while: holds)
    rest = rest.dropFirst(taken.count)
    return taken
  }

  private mutating func takeText() {
    var text = take { $0 >= 0x20 && $0 != 0x7F }
    if rest.isEmpty {
      // At most three bytes of a character can be there without its last one.
      let lead = text.suffix(3).lastIndex { $0 >= 0xC0 } ?? text.endIndex
      if lead < text.endIndex, text.endIndex - lead < length(ofLead: text[lead]) {
        leftover = text[lead...]
        text = text[..<lead]
      }
    }
    if !text.isEmpty { items.append(.text(Array(text))) }
  }

  private func length(ofLead byte: UInt8) -> Int {
    byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
  }

  private mutating func takeSequence() {
    let whole = rest
    rest.removeFirst()
    var isWhole = true
    defer { if !isWhole { leftover = whole } }
    guard let introducer = rest.popFirst() else {
      isWhole = false
      return
    }
    switch introducer {
    case UInt8(ascii: "["):
      _ = take { (0x20...0x3F).contains($0) }
      // An Esc within a sequence gives it up and begins another one.
      if rest.first == 0x1B { return }
      isWhole = rest.popFirst() != nil
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"),
      UInt8(ascii: "_"):
      isWhole = (introducer == UInt8(ascii: "]") && takeConsoleString()) || takeString()
      let text = String(decoding: whole[..<rest.startIndex], as: UTF8.self)
      if isWhole { items.append(.string(text)) }
      return
    case 0x20...0x2F:
      _ = take { (0x20...0x2F).contains($0) }
      isWhole = rest.popFirst() != nil
    default: break
    }
    guard isWhole else { return }
    items.append(.sequence(String(decoding: whole[..<rest.startIndex], as: UTF8.self)))
  }

  /// The Linux console's strings without an end: `R`, and `P` with seven figures.
  private mutating func takeConsoleString() -> Bool {
    let figures = rest.dropFirst().prefix(7)
    switch rest.first {
    case UInt8(ascii: "R"): rest = rest.dropFirst()
    case UInt8(ascii: "P") where figures.count == 7 && figures.allSatisfy(isHexadecimal):
      rest = rest.dropFirst(8)
    default: return false
    }
    return true
  }

  /// Up to BEL or `ESC \\`, or to another sequence: that one gives the string up.
  private mutating func takeString() -> Bool {
    _ = take { $0 != 0x07 && $0 != 0x1B }
    if rest.first == 0x07 {
      rest = rest.dropFirst()
      return true
    }
    guard let next = rest.dropFirst().first else {
      rest = rest.suffix(0)
      return false
    }
    if next == UInt8(ascii: "\\") { rest = rest.dropFirst(2) }
    return true
  }
}

private func isHexadecimal(_ byte: UInt8) -> Bool {
  Character(Unicode.Scalar(byte)).isHexDigit
}

// MARK: - What a terminal is told

extension TerminalBytes {
  /// Strings for the terminal itself; a program that draws has no use for them.
  package var strings: [String] {
    items.compactMap { if case .string(let text) = $0 { text } else { nil } }
  }

  /// The control characters and the kinds of sequences: how far the cursor goes and where to is left
  /// out, as that depends on what is drawn.
  package var kinds: Set<String> {
    Set(
      items.compactMap { item -> String? in
        switch item {
        case .text: nil
        case .control(let byte): "C0 \(byte)"
        case .string(let text): text
        case .sequence(let text): Self.kind(text)
        }
      })
  }

  private static func kind(_ sequence: String) -> String {
    let moves = "ABCDGHdXbPLM@KSTr"
    guard sequence.hasPrefix("\u{1B}["), let last = sequence.last, moves.contains(last) else {
      return sequence
    }
    return sequence.filter { !$0.isNumber && $0 != ";" }
  }

  /// All text, as it came.
  package var text: [UInt8] {
    items.flatMap { item -> [UInt8] in if case .text(let bytes) = item { bytes } else { [] } }
  }
}

// MARK: - What it looks like afterwards

extension TerminalBytes {
  /// Modes that a terminal is left in; each has a number, or is the keypad's `=`.
  package var modesOn: Set<String> {
    var on: Set<String> = []
    for case .sequence(let text) in items {
      switch text.dropFirst() {
      case "=": on.insert("keypad")
      case ">": on.remove("keypad")
      case let text where text.hasPrefix("[?") && (text.hasSuffix("h") || text.hasSuffix("l")):
        for mode in text.dropFirst(2).dropLast().split(separator: ";") {
          if text.hasSuffix("h") { on.insert(String(mode)) } else { on.remove(String(mode)) }
        }
      default: break
      }
    }
    return on
  }

  /// Whether the last change of style was back to none.
  package var isPlain: Bool {
    var isPlain = true
    for case .sequence(let text) in items where text.hasSuffix("m") {
      isPlain = text == "\u{1B}[m" || text == "\u{1B}[0m"
    }
    return isPlain
  }

  /// What was written after the alternate screen was left.
  package var afterAlternateScreen: String {
    var bytes: [UInt8] = []
    for item in items {
      switch item {
      case .sequence("\u{1B}[?1049l"): bytes.removeAll()
      case .text(let text): bytes += text
      case .control(let byte): bytes.append(byte)
      case .sequence, .string: break
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
