import Testing

@testable import CursesTerminal

struct StyleMergerTests {
  private func shortened(_ parts: String...) -> String {
    var merger = StyleMerger()
    var output: [UInt8] = []
    for part in parts { output += merger.shortening(Array(part.utf8)) }
    return String(decoding: output, as: UTF8.self)
  }

  @Test func onlyTheLastStyleBeforeACharacterIsWritten() {
    #expect(
      shortened("\u{1B}[m\u{1B}[1m\u{1B}[38;5;231m\u{1B}[48;5;160mA\u{1B}[39;49m\u{1B}(B\u{1B}[mB")
        == "\u{1B}[;1;38;5;231;48;5;160mA\u{1B}[mB")
    // A colour alone is shorter than a reset with everything else.
    #expect(
      shortened("\u{1B}[0;1;38;5;75mA\u{1B}[m\u{1B}[1;38;5;9mB")
        == "\u{1B}[;1;38;5;75mA\u{1B}[38;5;9mB")
  }

  @Test func theCursorMovesWithoutAStyle() {
    #expect(
      shortened("\u{1B}[mA\u{1B}[31m\u{1B}[5;7H\u{1B}[m\u{1B}[7G\u{8}\r\u{1B}[2dB")
        == "\u{1B}[mA\u{1B}[5;7H\u{1B}[7G\u{8}\r\u{1B}[2dB")
  }

  @Test func erasingAndRepeatingNeedTheStyleBeforeThem() {
    for final in ["K", "J", "X", "b", "P", "@"] {
      #expect(
        shortened("\u{1B}[mA\u{1B}[44m\u{1B}[3\(final)\u{1B}[mB")
          == "\u{1B}[mA\u{1B}[44m\u{1B}[3\(final)\u{1B}[mB")
    }
  }

  @Test func attributesAreTurnedOffInTheShortestWay() {
    #expect(shortened("\u{1B}[0;1;4mA\u{1B}[0;4mB") == "\u{1B}[;1;4mA\u{1B}[22mB")
    #expect(shortened("\u{1B}[0;1;2mA\u{1B}[22m\u{1B}[2mB") == "\u{1B}[;1;2mA\u{1B}[;2mB")
    #expect(shortened("\u{1B}[0;7mA\u{1B}[27mB") == "\u{1B}[;7mA\u{1B}[mB")
  }

  @Test func theStyleIsKnownAcrossFrames() {
    #expect(
      shortened("\u{1B}[m\u{1B}[31mA\u{1B}[m", "\u{1B}[2;2H\u{1B}[31mB")
        == "\u{1B}[;31mA\u{1B}[2;2HB")
    var merger = StyleMerger()
    _ = merger.shortening(Array("\u{1B}[0;31mA".utf8))
    merger.forget()
    #expect(merger.shortening(Array("\u{1B}[0;31mA".utf8)) == Array("\u{1B}[;31mA".utf8))
  }

  @Test func unknownParametersArePassedOn() {
    // Blinking is not merged; the next reset makes the style known again.
    #expect(
      shortened("\u{1B}[mA\u{1B}[31m\u{1B}[5mB\u{1B}[0;32mC")
        == "\u{1B}[mA\u{1B}[31m\u{1B}[5mB\u{1B}[;32mC")
    // Without a reset the style is not known.
    #expect(shortened("\u{1B}[31mA") == "\u{1B}[31mA")
    #expect(shortened("\u{1B}[0;38:5:9mA") == "\u{1B}[0;38:5:9mA")
  }

  @Test func colorsOfEveryKindAreKept() {
    for color in ["31", "97", "38;5;1", "38;2;1;2;3"] {
      #expect(
        shortened("\u{1B}[m\u{1B}[\(color)m\u{1B}[48;2;9;8;7mA") == "\u{1B}[;\(color);48;2;9;8;7mA")
    }
  }

  /// Whatever the output is, the terminal must show the same as without merging.
  @Test func theTextOfRandomOutputHasTheSameStyles() {
    let parts = [
      "\u{1B}[m", "\u{1B}[0;1m", "\u{1B}[1m", "\u{1B}[4m", "\u{1B}[7m", "\u{1B}[22m", "\u{1B}[27m",
      "\u{1B}[31m", "\u{1B}[38;5;75m", "\u{1B}[48;5;24m", "\u{1B}[39m", "\u{1B}[49m",
      "\u{1B}[39;49m", "\u{1B}(B", "\u{1B}[3;4H", "\u{1B}[K", "a", "bc",
    ]
    for _ in 0..<2000 {
      let output =
        "\u{1B}[m" + (0..<Int.random(in: 1...30)).map { _ in parts.randomElement()! }.joined()
      let cells = Self.cells("\u{1B}[m" + output)
      #expect(Self.cells(shortened(output)) == cells, "\(output.debugDescription)")
      #expect(shortened(output).utf8.count <= output.utf8.count + 1)
    }
  }

  /// What an output draws: each character or erasure with the style that it has, and each movement.
  private static func cells(_ output: String) -> [String] {
    var (style, cells) = (SelectedStyle(), [String]())
    var rest = Array(output.utf8)[...]
    while let byte = rest.first {
      guard byte == 0x1B else {
        cells.append("\(rest.removeFirst()) \(style)")
        continue
      }
      if rest.dropFirst().first == UInt8(ascii: "(") {
        rest = rest.dropFirst(3)
        continue
      }
      let parameters = rest.dropFirst(2).prefix { $0 < 0x40 }
      let final = rest[parameters.endIndex]
      rest = rest[(parameters.endIndex + 1)...]
      if final == UInt8(ascii: "m") {
        _ = style.apply(parameters)
      } else {
        let text = String(decoding: parameters, as: UTF8.self)
        cells.append("\(text)\(final)" + (final == UInt8(ascii: "K") ? " \(style)" : ""))
      }
    }
    return cells
  }
}
