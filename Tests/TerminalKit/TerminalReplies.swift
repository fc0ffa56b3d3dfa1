/// What a terminal compatible with xterm replies to a program's queries: for its attributes, its name,
/// the state of a mode, the cursor, and the colours of text and background.
///
/// The queries are found in the program's output, which may come in any pieces.
package struct TerminalReplies {
  private enum State {
    case text
    case escape
    /// After `CSI`.
    case control
    /// After `OSC` or `DCS`, until the string ends.
    case string(isCommand: Bool)
    case escapeInString(isCommand: Bool)
  }

  /// The colours that the terminal reports, as `OSC 10` and `OSC 11` do: `ffff/ffff/ffff`.
  private let foreground: String
  private let background: String
  private var state = State.text
  /// The bytes of the sequence so far.
  private var sequence: [UInt8] = []
  /// The longest sequence that is looked at.
  private static let limit = 256

  /// - Parameter isLight: whether the background is white, with black text.
  package init(isLight: Bool = false) {
    foreground = isLight ? "0000/0000/0000" : "ffff/ffff/ffff"
    background = isLight ? "ffff/ffff/ffff" : "0000/0000/0000"
  }

  /// The replies to the queries that end in the next bytes of output.
  package mutating func replies(to output: [UInt8]) -> [UInt8] {
    var replies = ""
    for byte in output {
      switch (state, byte) {
      case (.text, 0x1B): state = .escape
      case (.text, _): continue
      case (.escape, UInt8(ascii: "[")): begin(.control)
      case (.escape, UInt8(ascii: "]")): begin(.string(isCommand: true))
      case (.escape, UInt8(ascii: "P")): begin(.string(isCommand: false))
      case (.escape, _): state = .text
      case (.control, 0x40...0x7E):
        replies += reply(toControl: text(with: byte))
        state = .text
      case (.string(let isCommand), 0x1B): state = .escapeInString(isCommand: isCommand)
      case (.string(true), 0x07):
        replies += reply(toCommand: text(), end: "\u{7}")
        state = .text
      case (.escapeInString(true), UInt8(ascii: "\\")):
        replies += reply(toCommand: text(), end: "\u{1B}\\")
        state = .text
      case (.escapeInString, _): state = .text
      case (.control, _), (.string, _):
        if sequence.count < Self.limit { sequence.append(byte) }
      }
    }
    return Array(replies.utf8)
  }

  private mutating func begin(_ next: State) {
    sequence.removeAll(keepingCapacity: true)
    state = next
  }

  private func text(with last: UInt8? = nil) -> String {
    String(decoding: sequence + (last.map { [$0] } ?? []), as: UTF8.self)
  }

  // MARK: - Replies

  /// - Parameter control: what follows `CSI`.
  private func reply(toControl control: String) -> String {
    switch control {
    case "c", "0c": return "\u{1B}[?64;1;2;6;9;15;18;21;22c"
    case ">c", ">0c": return "\u{1B}[>41;379;0c"
    case ">q", ">0q": return "\u{1B}P>|XTerm(379)\u{1B}\\"
    case "5n": return "\u{1B}[0n"
    case "6n": return "\u{1B}[1;1R"
    default: break
    }
    guard control.hasPrefix("?"), control.hasSuffix("$p"),
      let mode = Int(control.dropFirst().dropLast(2))
    else { return "" }
    // 2: known, and off. Of all modes, synchronized output is the one that programs ask for.
    return "\u{1B}[?\(mode);\(mode == 2026 ? 2 : 0)$y"
  }

  /// - Parameter command: what follows `OSC`.
  private func reply(toCommand command: String, end: String) -> String {
    switch command {
    case "10;?": "\u{1B}]10;rgb:\(foreground)\(end)"
    case "11;?": "\u{1B}]11;rgb:\(background)\(end)"
    default: ""
    }
  }
}
