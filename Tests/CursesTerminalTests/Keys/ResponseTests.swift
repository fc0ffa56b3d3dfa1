import TerminalCanvas
import Testing

@testable import CursesTerminal

/// What the terminal sends by itself: responses to queries of this or another program, and focus
/// events. They may arrive late, in pieces or truncated, and are never keys.
struct ResponseTests {
  static let responses = [
    // Colours: of the background, the cursor, the palette.
    "\u{1B}]11;rgb:0000/1c1c/ffff\u{7}", "\u{1B}]11;rgb:0000/1c1c/ffff\u{1B}\\",
    "\u{1B}]12;rgba:ff/00/ff/80\u{7}", "\u{1B}]4;1;rgb:cd/00/00\u{7}", "\u{1B}]10;#d0d0d0\u{7}",
    // Clipboard and title.
    "\u{1B}]52;c;cXV6cTE=\u{7}", "\u{1B}]lq quits 123\u{1B}\\", "\u{1B}]Lzoom\u{1B}\\",
    // Attributes, status, cursor position, size, modes, keyboard protocol.
    "\u{1B}[?64;1;2;6;9;15;18;21;22c", "\u{1B}[>41;388;0c", "\u{1B}[0n", "\u{1B}[12;40R",
    "\u{1B}[8;24;80t", "\u{1B}[?2026;2$y", "\u{1B}[?1u", "\u{1B}[?997;1n",
    // Name, capabilities, settings, tertiary attributes, images.
    "\u{1B}P>|foot(1.16.2)\u{1B}\\", "\u{1B}P1+r5463\u{1B}\\", "\u{1B}P1$r0;1qq\u{1B}\\",
    "\u{1B}P!|00000000\u{1B}\\", "\u{1B}_Gi=1;OK\u{1B}\\",
    // Focus events, mouse clicks.
    "\u{1B}[I", "\u{1B}[O", "\u{1B}[<0;10;10M",
    // The Linux console's strings without a terminator.
    "\u{1B}]R", "\u{1B}]P7aaaaaa",
  ]

  /// Keys of other terminals, a mouse click in its oldest form, F3 with Shift.
  static let unknownKeys = [
    "\u{1B}[[A", "\u{1B}O5A", "\u{1B}O1;2P", "\u{1B}[1;7q", "\u{1B}[27;5;113~", "\u{1B}[M q!",
    "\u{1B}[c", shiftF3,
  ]
  /// The terminal description of xterm contains this key.
  static let shiftF3 = "\u{1B}[1;2R"

  private func keys(_ reader: inout KeyReader, _ bytes: some Sequence<UInt8>) -> [Key] {
    bytes.compactMap { reader.key(Int32($0)) }
  }

  @Test(arguments: responses)
  func aCompleteResponseIsNotAKey(response: String) {
    var reader = KeyReader()
    #expect(keys(&reader, response.utf8).isEmpty)
    #expect(reader.pause() == nil)
    #expect(reader.key(0x71) == .character("q"))
  }

  @Test(arguments: unknownKeys)
  func anUnknownKeyIsOneKey(sequence: String) {
    var reader = KeyReader()
    #expect(keys(&reader, sequence.utf8) == [.other])
    #expect(reader.pause() == nil)
    #expect(reader.key(0x71) == .character("q"))
  }

  @Test(arguments: responses + unknownKeys)
  func aResponseInTwoPiecesIsNotAKey(response: String) {
    let bytes = Array(response.utf8)
    for cut in 1..<bytes.count {
      var reader = KeyReader()
      var all = keys(&reader, bytes[..<cut])
      let esc = reader.pause()
      // At first, the beginning of a sequence cannot be distinguished from the Esc key.
      #expect(esc == (cut == 1 ? .escape : nil), "cut at \(cut)")
      reader.now += cut == 1 ? 0.04 : 1
      all += keys(&reader, bytes[cut...])
      #expect(all == (Self.unknownKeys.contains(response) ? [.other] : []), "cut at \(cut)")
      #expect(reader.pause() == nil)
      #expect(reader.key(0x71) == .character("q"), "cut at \(cut)")
    }
  }

  @Test(arguments: responses + unknownKeys)
  func aResponseInSingleBytesIsNotAKey(response: String) {
    var reader = KeyReader()
    var all: [Key?] = []
    for byte in response.utf8 {
      all += [reader.key(Int32(byte)), reader.pause()]
      reader.now += 0.01
    }
    let known = all.compactMap { $0 }.filter { $0 != .other }
    #expect(known == [.escape])
    #expect(reader.key(0x71) == .character("q"))
  }

  /// It is unknown whether the rest will arrive, so keys are ignored for a short time.
  @Test(arguments: responses)
  func aTruncatedResponseSuppressesKeysForAShortTimeOnly(response: String) {
    let bytes = Array(response.utf8)
    for cut in 1..<bytes.count {
      var reader = KeyReader()
      _ = keys(&reader, bytes[..<cut])
      _ = reader.pause()
      reader.now += 3
      #expect(reader.key(0x71) == .character("q"), "cut at \(cut)")
    }
  }

  @Test(arguments: responses)
  func anEscapeAfterATruncatedResponseIsAKeyAfterAShortTime(response: String) {
    let bytes = Array(response.utf8)
    for cut in 2..<bytes.count {
      var reader = KeyReader()
      _ = keys(&reader, bytes[..<cut])
      _ = reader.pause()
      reader.now += 3
      #expect(reader.key(27) == nil)
      #expect(reader.pause() == .escape, "cut at \(cut)")
    }
  }

  /// A byte that cannot be part of a colour, or of any response, is a key at once.
  @Test(
    arguments: [
      ("\u{1B}]11;rgb:00", "q", .character("q")), ("\u{1B}]11", "z", .character("z")),
      ("\u{1B}]", "q", .character("q")), ("\u{1B}]", "]", .character("]")),
      ("\u{1B}P", "q", .character("q")), ("\u{1B}^", "q", .character("q")),
      ("\u{1B}]52;c;YWJj", "\r", .enter), ("\u{1B}P1+r54", "\t", .tab),
    ] as [(String, String, Key)])
  func bytesThatCannotBePartOfAResponseAreKeys(truncated: String, typed: String, key: Key) {
    var reader = KeyReader()
    _ = keys(&reader, truncated.utf8)
    #expect(reader.pause() == nil)
    #expect(keys(&reader, typed.utf8) == [key])
  }

  @Test func aResponseInterruptedByAnotherOneIsNotAKey() {
    var reader = KeyReader()
    let all = keys(&reader, "\u{1B}]11;rgb:00\u{1B}]11;rgb:00/00/00\u{7}\u{1B}[1;\u{1B}[I".utf8)
    #expect(all.isEmpty)
    #expect(reader.key(0x71) == .character("q"))
  }

  /// Curses recognizes the markers only if they arrive in one piece.
  @Test func aPasteWhoseMarkersArriveInPiecesIsNotAKey() {
    let begin = Array("\u{1B}[200~".utf8)
    let end = Array("\u{1B}[201~".utf8)
    for cut in 1..<begin.count {
      var reader = KeyReader()
      var all: [Key?] = []
      for piece in [begin[..<cut], begin[cut...], Array("q1".utf8)[...], end[..<cut], end[cut...]] {
        all += keys(&reader, piece)
        all.append(reader.pause())
        reader.now += 0.04
      }
      let known = all.compactMap { $0 }.filter { $0 != .other }
      #expect(known == (cut == 1 ? [.escape] : []), "cut at \(cut)")
      #expect(reader.key(0x71) == .character("q"), "cut at \(cut)")
    }
  }

  @Test func aBracketAfterTheEscapeTimeoutIsAKey() {
    var reader = KeyReader()
    #expect(reader.key(27) == nil)
    #expect(reader.pause() == .escape)
    reader.now += 0.1
    #expect(keys(&reader, "]q".utf8) == [.character("]"), .character("q")])
  }
}
