import TerminalCanvas
import TerminalKit
import Testing

@testable import CursesTerminal

extension CursesScreenTests {
  @Suite struct Keys {
    init() {
      _ = setCharacterLocale(environment: [:])
    }

    /// The keys that a terminal's bytes give. A `~` typed after them marks their end.
    private func keys(_ bytes: String) throws -> [Key] {
      let terminal = PseudoTerminal()
      var settings = TerminalSettings(type: "xterm-256color")
      settings.output = terminal.inner
      settings.input = terminal.inner
      let screen = try CursesScreen(settings)
      terminal.type(bytes)
      terminal.type("~")
      var keys: [Key] = []
      while keys.last != .character("~") {
        let key = screen.nextKey()
        if key != .none { keys.append(key) }
      }
      return keys.dropLast()
    }

    @Test(
      arguments: [
        ("q", [.character("q")]), ("é日", [.character("é"), .character("日")]),
        ("\t\r\n ", [.tab, .enter, .enter, .character(" ")]),
        ("\u{8}\u{7F}", [.backspace, .backspace]),
        ("\u{2}\u{6}\u{15}\u{4}", [.control("b"), .control("f"), .control("u"), .control("d")]),
        ("\u{1B}OA\u{1B}OB\u{1B}OC\u{1B}OD", [.up, .down, .right, .left]),
        ("\u{1B}[5~\u{1B}[6~\u{1B}OH\u{1B}OF", [.pageUp, .pageDown, .home, .end]),
        ("\u{1B}[Z\u{1B}[3~", [.backTab, .delete]),
        ("\u{1B}OP\u{1B}OS\u{1B}[24~", [.function(1), .function(4), .function(12)]),
        ("\u{1B}[200~quit\rq\u{1B}[201~x", Array(repeating: .other, count: 8) + [.character("x")]),
      ] as [(String, [Key])])
    func knownKeysAreRecognized(bytes: String, expected: [Key]) throws {
      #expect(try keys(bytes) == expected)
    }

    @Test func aLoneEscapeIsAKey() throws {
      let terminal = PseudoTerminal()
      var settings = TerminalSettings(type: "xterm-256color")
      settings.output = terminal.inner
      settings.input = terminal.inner
      let screen = try CursesScreen(settings)
      #expect(screen.nextKey() == .none)
      terminal.type("\u{1B}")
      var key = Key.none
      while key == .none { key = screen.nextKey() }
      #expect(key == .escape)
    }

    @Test func randomBytesCanBeTyped() throws {
      // Leave out bytes that send signals, and Esc, which could start a paste.
      let typed = (0..<20_000).map { _ -> UInt8 in
        let byte = UInt8.random(in: 0...255)
        return [3, 26, 28, 0x7E, 0x1B].contains(byte) ? 0x41 : byte
      }
      let terminal = PseudoTerminal()
      var settings = TerminalSettings(type: "xterm-256color")
      settings.output = terminal.inner
      settings.input = terminal.inner
      let screen = try CursesScreen(settings)
      for start in stride(from: 0, to: typed.count, by: 1_000) {
        terminal.type(Array(typed[start..<start + 1_000]) + [0x7E])
        var key = Key.none
        while key != .character("~") { key = screen.nextKey() }
      }
    }

    @Test func threeEscapesEndAPasteWhoseEndMarkerIsMissing() {
      var reader = KeyReader()
      #expect(reader.key(0o4001) == .other)
      for _ in 0..<2 {
        #expect(reader.key(0x71) == .other)
        #expect(reader.pause() == nil)
        for _ in 0..<2 {
          #expect(reader.key(27) == nil)
          #expect(reader.pause() == .other)
        }
      }
      #expect(reader.key(27) == nil)
      #expect(reader.pause() == .other)
      #expect(reader.key(0x71) == .character("q"))
    }

    @Test func anEscapeWithinAPasteDoesNotEndIt() {
      var reader = KeyReader()
      _ = reader.key(0o4001)
      for byte in "\u{1B}q\u{1B}\u{1B}\u{1B}\u{1B}q\u{1B}".utf8 {
        let key = reader.key(Int32(byte))
        #expect(key == nil || key == .other)
      }
      #expect(reader.pause() == .other)
      #expect(reader.key(0x71) == .other)
      #expect(reader.key(0o4002) == .other)
      #expect(reader.key(0x71) == .character("q"))
    }

    /// Alt with a key, mouse clicks, keys of other terminals.
    @Test(arguments: ResponseTests.unknownKeys.filter { $0 != ResponseTests.shiftF3 } + ["\u{1B}q"])
    func noByteOfAnUnknownSequenceIsAKey(sequence: String) throws {
      #expect(try keys(sequence + "\u{1B}OA") == [.other, .up])
    }

    @Test(arguments: ResponseTests.responses + ["\u{1B}]11;q\u{1B}\\", "\u{1B}_q\u{1B}\\"])
    func noByteOfAResponseIsAKey(response: String) throws {
      #expect(try keys(response + "\u{1B}OA") == [.up])
    }

    /// On a slow connection the rest may arrive later.
    @Test(arguments: ["\u{1B}[", "\u{1B}[1;5", "\u{1B}O"])
    func halfASequenceIsNotAKey(half: String) {
      var reader = KeyReader()
      for byte in half.utf8 { #expect(reader.key(Int32(byte)) == nil) }
      #expect(reader.pause() == nil)
      #expect(reader.key(0x71) == .other)
      #expect(reader.key(0x71) == .character("q"))
    }

    @Test func eachOfSeveralEscapesIsAKey() {
      var reader = KeyReader()
      #expect(reader.key(27) == nil)
      #expect(reader.key(27) == .escape)
      #expect(reader.pause() == .escape)
      #expect(reader.pause() == nil)
      #expect(reader.key(27) == nil)
      #expect(reader.pause() == .escape)
    }

    @Test(
      arguments: [
        ([0xC3, 0xA9], [.character("é")]), ([0xC3, 0x71], [.character("q")]),
        ([0x80, 0xFF, 0x71], [.other, .other, .character("q")]),
        ([0xE6, 0x97, 0xC3, 0xA9], [.character("é")]),
        ([0xED, 0xA0, 0x80, 0x71], [.other, .character("q")]),
        ([0xF0, 0x9F, 259], [.up]), ([0xC2, 0x9B], [.other]),
        ([0xE0, 0x81, 0xB1], [.other]), ([0xF0, 0x80, 0x81, 0xB1], [.other]),
        ([0xE0, 0xA0, 0x80], [.character("\u{800}")]),
      ] as [([Int32], [Key])])
    func aMalformedCharacterDoesNotSwallowOtherKeys(codes: [Int32], keys: [Key]) {
      var reader = KeyReader()
      #expect(codes.compactMap { reader.key($0) } == keys)
    }
  }
}
