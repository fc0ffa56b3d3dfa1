import AccessLog
import LogInput
import Testing

/// How the bytes of a connection become messages.
@Suite struct SyslogFramerTests {
  /// What nginx, HAProxy, rsyslog and syslog-ng write, as one connection with each framing.
  static let streams = [
    "newlines": SentMessages.all.joined(separator: "\n") + "\n",
    "octet counts": SentMessages.all.map { "\($0.utf8.count) \($0)" }.joined(),
    "octet counts with newlines in them":
      SentMessages.all.map { "\($0.utf8.count + 1) \($0)\n" }.joined(),
    "octet counts with newlines between them":
      SentMessages.all.map { "\($0.utf8.count) \($0)\n" }.joined(),
  ]

  @Test(arguments: streams.keys.sorted())
  func everyCutOfAConnectionGivesTheSameMessages(framing: String) throws {
    let bytes = Array(try #require(Self.streams[framing]).utf8)
    let expected = SentMessages.all.map { $0 + "\n" }.joined()
    for cut in 0...bytes.count {
      let framed = Framed([bytes[..<cut], bytes[cut...]])
      #expect(framed.fault == nil && framed.text == expected, "cut at \(cut)")
    }
    let oneByOne = Framed(bytes.indices.map { bytes[$0...$0] })
    #expect(oneByOne.fault == nil && oneByOne.text == expected)
  }

  @Test(arguments: [
    ("999999999999 x", FramingFault.excessiveLength, ""),
    ("1048577 x", .excessiveLength, ""),
    ("-1 x", .invalidLength, ""),
    ("5 hello0 x", .invalidLength, "hello\n"),
    ("5 hello-1 x", .invalidLength, "hello\n"),
    ("5 hello9999999999999999999999999 x", .excessiveLength, "hello\n"),
    ("5 hello<190>x\n", .invalidLength, "hello\n"),
    ("5 hello5 hel", .cutMessage, "hello\n"),
    ("5 hello5", .cutMessage, "hello\n"),
    ("7 ", .cutMessage, ""),
  ])
  func aConnectionThatCannotBeUnderstoodEndsWithAReason(
    sent: String, fault: FramingFault, messages: String
  ) {
    let bytes = Array(sent.utf8)
    for cut in 0...bytes.count {
      let framed = Framed([bytes[..<cut], bytes[cut...]])
      #expect(framed.fault == fault && framed.text == messages, "cut at \(cut)")
    }
  }

  @Test(arguments: [
    ("203.0.113.9 - - [x] \"GET /\" 200 1\n", "203.0.113.9 - - [x] \"GET /\" 200 1\n"),
    ("1773476813.482 214 192.0.2.44\n", "1773476813.482 214 192.0.2.44\n"),
    ("2001:db8::7 a\nb\n", "2001:db8::7 a\nb\n"),
    ("0 x\n", "0 x\n"),
    ("- x\n", "- x\n"),
    ("\n\n", "\n\n"),
    ("<190>half", "<190>half\n"),
    ("15", "15\n"),
    ("5 hello\n\n", "hello\n"),
    ("", ""),
  ])
  func whatBeginsWithoutALengthIsLines(sent: String, messages: String) {
    let bytes = Array(sent.utf8)
    for cut in 0...bytes.count {
      let framed = Framed([bytes[..<cut], bytes[cut...]])
      #expect(framed.fault == nil && framed.text == messages, "cut at \(cut)")
    }
  }

  /// The text of a request cannot make a line of its own.
  @Test func aNewlineInACountedMessageMakesNoFurtherLine() {
    let framed = Framed([Array("11 hello\nyou\n\03 a\nb".utf8)[...]])
    #expect(framed.text == "hello you\na b\n")
  }

  /// A message has at most 64 KiB; a longer one is kept so far that it is counted as oversize.
  @Test(arguments: [65_536, 65_537, 65_538, 1 << 20])
  func aLongMessageIsKeptAByteBeyondTheLimit(length: Int) {
    let message = [UInt8](repeating: UInt8(ascii: "a"), count: length)
    let kept = min(length, SyslogFramer.longestMessage + 1) + 1
    for sent in [message + [10], Array("\(length) ".utf8) + message] {
      for size in [1000, 65_536, sent.count] {
        let pieces = stride(from: 0, to: sent.count, by: size).map {
          sent[$0..<min(sent.count, $0 + size)]
        }
        #expect(Framed(pieces).text.utf8.count == kept)
      }
    }
  }
}

/// What a framer makes of pieces, after which the sender closes the connection.
private struct Framed {
  var text: String
  var fault: FramingFault?

  init(_ pieces: [ArraySlice<UInt8>]) {
    var framer = SyslogFramer()
    var messages = MessageBuffer()
    do {
      for piece in pieces {
        try Array(piece).withUnsafeBytes { try framer.add($0, to: &messages) }
      }
      try framer.finish(to: &messages)
    } catch {
      fault = error as? FramingFault
    }
    var bytes = [UInt8](repeating: 0, count: messages.count)
    _ = bytes.withUnsafeMutableBytes { messages.read(into: $0) }
    text = String(decoding: bytes, as: UTF8.self)
  }
}
