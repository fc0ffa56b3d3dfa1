/// The output of a program, parsed as a terminal does (ECMA-48; xterm's control sequences).
package struct TerminalBytes {
  /// A part of the output.
  package enum Item: Equatable {
    /// Drawn text.
    case text([UInt8])
    /// A control character: C0 or DEL.
    case control(UInt8)
    /// An escape sequence, for example `ESC [ ... m`.
    case sequence(String)
    /// A control string: OSC, DCS, APC, PM or SOS.
    case string(String)
  }

  /// The parts of the output in order.
  package private(set) var items: [Item] = []
  /// The beginning of a sequence or of a character whose end is missing.
  package private(set) var leftover: ArraySlice<UInt8> = []
  private var rest: ArraySlice<UInt8>

  /// Parses output.
  ///
  /// - Complexity: O(n)
  package init(_ bytes: [UInt8]) {
    rest = bytes[...]
    while let byte = rest.first {
      switch byte {
      case 0x1B: parseSequence()
      case 0..<0x20, 0x7F: items.append(.control(rest.removeFirst()))
      default: parseText()
      }
    }
  }

  private mutating func removePrefix(
    while predicate: (UInt8) -> Bool
  ) -> ArraySlice<UInt8> {
    let prefix = rest.prefix(while: predicate)
    rest = rest.dropFirst(prefix.count)
    return prefix
  }

  private mutating func parseText() {
    var text = removePrefix { $0 >= 0x20 && $0 != 0x7F }
    if rest.isEmpty {
      // An incomplete character has at most three bytes.
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

  private mutating func parseSequence() {
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
      _ = removePrefix { (0x20...0x3F).contains($0) }
      // An Esc within a sequence cancels it and begins another one.
      if rest.first == 0x1B { return }
      isWhole = rest.popFirst() != nil
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"),
      UInt8(ascii: "_"):
      isWhole = (introducer == UInt8(ascii: "]") && parseConsoleString()) || parseString()
      let text = String(decoding: whole[..<rest.startIndex], as: UTF8.self)
      if isWhole { items.append(.string(text)) }
      return
    case 0x20...0x2F:
      _ = removePrefix { (0x20...0x2F).contains($0) }
      isWhole = rest.popFirst() != nil
    default: break
    }
    guard isWhole else { return }
    items.append(.sequence(String(decoding: whole[..<rest.startIndex], as: UTF8.self)))
  }

  /// Parses the Linux console's strings without a terminator: `R`, and `P` with seven digits.
  private mutating func parseConsoleString() -> Bool {
    let digits = rest.dropFirst().prefix(7)
    switch rest.first {
    case UInt8(ascii: "R"): rest = rest.dropFirst()
    case UInt8(ascii: "P") where digits.count == 7 && digits.allSatisfy(isHexadecimal):
      rest = rest.dropFirst(8)
    default: return false
    }
    return true
  }

  /// Parses a string up to BEL or `ESC \\`, or up to another sequence, which cancels the string.
  ///
  /// - Returns: whether the end of the string was found.
  private mutating func parseString() -> Bool {
    _ = removePrefix { $0 != 0x07 && $0 != 0x1B }
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

// MARK: - Contents

extension TerminalBytes {
  /// The query for the background (OSC 11), with which a dashboard begins.
  package static let backgroundQuery = "\u{1B}]11;?\u{7}"

  /// The control strings. A program that only draws has no use for them, so the query that a dashboard
  /// begins with is left out.
  package var strings: [String] {
    let all = items.compactMap { if case .string(let text) = $0 { text } else { nil } }
    return all.first == Self.backgroundQuery ? Array(all.dropFirst()) : all
  }

  /// The control characters and the kinds of sequences. The parameters of cursor movements are left
  /// out, as they depend on what is drawn; a style counts as a sequence for each of its colours and
  /// attributes, as a sequence selects only what the former style lacks.
  package var kinds: Set<String> {
    Set(
      items.flatMap { item -> [String] in
        switch item {
        case .text: []
        case .control(let byte): ["C0 \(byte)"]
        case .string(let text): [text]
        case .sequence(let text) where text.hasSuffix("m"): Self.styles(text)
        case .sequence(let text): [Self.kind(text)]
        }
      })
  }

  private static func styles(_ sequence: String) -> [String] {
    guard sequence.hasPrefix("\u{1B}[") else { return [sequence] }
    var fields = sequence.dropFirst(2).dropLast().split(
      separator: ";", omittingEmptySubsequences: false)[...]
    var styles: [String] = []
    while let first = fields.first {
      let isColor = ["38", "48"].contains(first)
      let length = !isColor ? 1 : fields.dropFirst().first == "2" ? 5 : 3
      styles.append("\u{1B}[\(fields.prefix(length).joined(separator: ";"))m")
      fields = fields.dropFirst(length)
    }
    return styles
  }

  private static func kind(_ sequence: String) -> String {
    let moves = "ABCDGHdXbPLM@KSTr"
    guard sequence.hasPrefix("\u{1B}["), let last = sequence.last, moves.contains(last) else {
      return sequence
    }
    return sequence.filter { !$0.isNumber && $0 != ";" }
  }

  /// All drawn text in the order of the output.
  package var text: [UInt8] {
    items.flatMap { item -> [UInt8] in if case .text(let bytes) = item { bytes } else { [] } }
  }
}

// MARK: - Final state

extension TerminalBytes {
  /// The modes that are on at the end: the numbers of private modes, and `keypad`.
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

  /// Whether the last change of style reset all styles.
  package var isPlain: Bool {
    var isPlain = true
    for case .sequence(let text) in items where text.hasSuffix("m") {
      isPlain = text == "\u{1B}[m" || text == "\u{1B}[0m"
    }
    return isPlain
  }

  /// The text written after the program left the alternate screen.
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
