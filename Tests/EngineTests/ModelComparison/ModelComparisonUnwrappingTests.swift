import Foundation
import ReferenceModel
import Testing

/// Lines in wrappers, written by hand, for the model and the product.
@Suite struct ModelComparisonUnwrappingTests {
  private static let line = combined()
  private static let json = line.replacing("\"", with: #"\""#)

  /// Lines from which a wrapper is taken off.
  static let wrapped = [
    // Syslog.
    "Nov 25 12:00:01 web1 nginx: \(line)", "Nov  5 12:00:01 web1 nginx[812]: \(line)",
    "<190>Nov 5 2026 12:00:01.5 web1 nginx: \(line)", "Nov 25 12:00:01 nginx: \(line)",
    "Nov 25 12:00:01 web1 \(line)", "Nov 25 12:00:01 \(line)", "<7>Nov 25 12:00:01   \(line)",
    "2026-11-25T12:00:01+0100 web1 nginx[812]: \(line)", "2026-11-25T12:00:01 nginx: \(line)",
    "<190>2026-11-25T12:00:01.5Z web1 \(line)", "2026-11-25T12:00:01,5-03 \(line)",
    "Nov 25 12:00:01 web1 shop:443 \(line)", "Nov 25 12:00:01 web1 shop \(line)",
    "Nov 25 12:00:01 web1 shop:443 host.example.org \(line.dropFirst(9))",
    "Nov 25 12:00:01 web1 \"unknown, 10.0.0.1\" \(line.dropFirst(9))",
    "Nov 25 12:00:01 web1 unknown, \(line)",
    "<190>1 2026-11-25T12:00:01Z web1 nginx 812 - - \(line)", "<1>1 - - - - - - \(line)",
    "<190>1 - web1 nginx - ID7 [a b=\"c]\\\"\"][d] \u{FEFF}\(line)",
    "Nov 25 12:00:01 web1 vm-7 nginx: \(line)", "2026-11-25T12:00:01Z web1 vm-7 nginx[1]: \(line)",
    "nginx: \(line)", "<190>nginx[812]: \(line)", "web1 nginx: \(line)", "<190>web1 nginx: \(line)",
    "7web nginx: \(line)", "<190>7web nginx: \(line)", "7web[1]: \(line)",
    "Thu 2026-11-26 00:19:23 UTC web1 nginx[812]: \(line)", "1795608001.5 nginx: \(line)",
    "[    5.123456] web1 nginx: \(line)", "[12345.678901] nginx: \(line)",
    // The journal, containers.
    #"{"_HOSTNAME":"web1","MESSAGE":"\#(json)"}"#, #"{"log":"x\n","MESSAGE":"\#(json)\r\n"}"#,
    #"{ "log" : "y\n", "a": [{}, -1.5e+3, null], "log" : "\#(json)\r\n" }"#,
    #"{"stream":"stdout","log":"\u0031\#(json.dropFirst())\n","time":"x"}"#,
    "2026-11-25T12:00:01.123456789Z stdout F \(line)", "2026-11-25T12:00:01Z stderr F:x \(line)",
    "web-1  | \(line)", "stack_web.1.id@node    |   \(line)", "[pod/web-1/nginx] \(line)",
    "web-7d4b nginx \(line)", "web-7d4b.example.org side-car shop.example.org:443 \(line)",
    // Colours.
    "\u{1B}[36mweb-1  | \u{1B}[0m\(line)", "\u{1B}[33mweb_1  |\u{1B}[0m \(line)",
    "\u{1B}[38;5;2mweb-7d4b\u{1B}[0m \u{1B}[36mnginx\u{1B}[0m \(line)",
    " \u{1B}[1m \u{1B}[38:2::1:2:3m\(line)\u{1B}[39m\u{1B}[m", "\u{1B}[32m\(line)",
    "\u{1B}[32m{\"log\":\"\(json)\\n\"}\u{1B}[0m",
    "Nov 25 12:00:01 \u{1B}[1mweb1 nginx:\u{1B}[0m \(line)",
    #"{"log":"\u001b[1m\#(json)\u001b[m\n"}"#,
    // One in another.
    "web-1 | Nov 25 12:00:01 web1 nginx: [pod/a/b] web-2 | \(line)",
    #"[pod/a/b] {"log":"2026-11-25T12:00:01Z stdout F \#(json)\n"}"#,
  ]

  @Test(arguments: Runner.allCases, wrapped)
  func aWrapperIsNoPartOfTheLine(runner: Runner, physical: String) throws {
    let figures = try runner.figures([physical])
    #expect(figures.hits == 1)
    let client = physical.contains(" host.example") ? "host.example.org" : "10.0.0.1"
    #expect(figures.clients == [client])
    #expect(figures.named("interval").first?["bytes"] as? Int == 512)
  }

  /// Lines that look as if they were wrapped, and their clients.
  static let bare: [(physical: String, client: String)] = [
    ("10.0.0.1 | \(line)", "10.0.0.1"), ("::1 nginx \(line)", "::1"),
    ("web1 - \(line.dropFirst(9))", "web1"), ("web1 nginx - \(line.dropFirst(9))", "web1"),
    ("web-1 nginx host.example.org \(line.dropFirst(9))", "web-1"),
    ("web_1 nginx \(line)", "web_1"), ("-web nginx \(line)", "-web"),
    ("web- nginx \(line)", "web-"), ("web-1 |\(line)", "|10.0.0.1"),
    ("nginx:x - \(line)", "nginx:x"), ("a: - \(line)", "a:"),
    ("a,b: - - \(line.dropFirst(13))", "a"), ("-web1 nginx: - \(line)", "-web1"),
    ("1.5 web_1 - \(line)", "1.5"), ("Thu 2026-11-26 x - \(line)", "Thu"),
    ("Nov 25 x - \(line)", "Nov"), ("nov 25 x - \(line)", "nov"),
    ("<1900>Nov 25 12:00:01 \(line)", "<1900>Nov"), ("[pod/a] x \(line)", "pod/a"),
    ("[pod/a/b/c] x \(line)", "pod/a/b/c"), ("{\"log\":\"x\\n\"} x \(line)", "{\"log\":\"x\\n\"}"),
    ("2026-11-25 x_y - \(line)", "2026-11-25"),
    ("\u{1B}[32x web \(line)", "\u{1B}[32x"),
  ]

  @Test(arguments: Runner.allCases, bare)
  func whatOnlyLooksLikeAWrapperStays(
    runner: Runner, example: (physical: String, client: String)
  ) throws {
    let figures = try runner.figures([example.physical]) { $0.format = "combined" }
    #expect(figures.clients == [example.client])
  }

  /// What is inside a wrapper is judged as it is: a name never becomes a client.
  @Test(
    arguments: Runner.allCases,
    [
      ("web-1 | - [23/Nov/2026:17:00:09 +0000] \"GET / HTTP/1.1\" 200 5", "shape"),
      ("web-1 | web-1 - - [x] \"GET / HTTP/1.1\" 200 5", "time"),
      ("Nov 25 12:00:01 web1 nginx: - [25/Nov/2026:12:00:02] \"GET /\" 200 5", "shape"),
      (#"{"log":"no line\n","stream":"stdout"}"#, "shape"), (#"{"MESSAGE":"a - - x"}"#, "shape"),
      ("[pod/a/b] - - [25/Nov/2026:12:00:02] \"GET / HTTP/1.1\" 20 5", "status"),
      ("2026-11-25T12:00:01Z stdout F - - [25/Nov/2026:12:00:02] \"GET /\" 200 x", "bytes"),
    ])
  func whatIsInsideIsRejectedWithItsReason(
    runner: Runner, example: (physical: String, reason: String)
  ) throws {
    let figures = try runner.figures([combined(), example.physical]) { $0.format = "combined" }
    #expect(figures.rejected(example.reason) == 1)
    #expect(figures.hits == 1)
  }

  @Test(
    arguments: Runner.allCases,
    [
      "web-1  | ", "web-1 |", "[pod/a/b]   ", "Nov 25 12:00:01 web1 nginx: ", "<1>1 - - - - - -",
      "2026-11-25T12:00:01Z stdout F ", "2026-11-25T12:00:01Z stdout F", #"{"log":"\n"}"#,
      #"{"MESSAGE":""}"#, #"{"MESSAGE":[]}"#, #"{"log":" \t\r\n"}"#, "\u{1B}[0m  ", "web-1 | \t ",
    ])
  func aBlankLineInAWrapperIsIgnored(runner: Runner, physical: String) throws {
    let figures = try runner.figures([combined(), physical])
    #expect(figures.ignored == 1)
    #expect(figures.hits == 1)
  }

  @Test(
    arguments: Runner.allCases,
    [
      #"{"log":"x\n"} "#, #"{"log":"x\n",}"#, #"{"log":"x\n"#, #"{"log":"a\#tb\n"}"#,
      #"{"log":"\x\n"}"#, #"{"log":"\u12G4\n"}"#, #"{"log":"x\n","a":01}"#,
      #"{"log":"x\n","a":.5}"#, #"{"log":"x\n","a":"\x"}"#, #"{"log":"x\n","a":tru}"#,
      #"{log:"x\n"}"#, #"[{"log":"x\n"}]"#, #"{"log":7}"#,
      #"{"MESSAGE":[256]}"#, #"{"MESSAGE":[1.0]}"#, #"{"MESSAGE":{}}"#, #"{"Log":"x\n"}"#,
    ])
  func whatIsNoJSONLineOfALogIsRejectedWhole(runner: Runner, physical: String) throws {
    // Read as a wrapper, it would be blank.
    let blank = physical.replacing("x\\n", with: "\\n")
    let figures = try runner.figures([combined(), blank])
    #expect(figures.rejected("shape") == 1)
  }

  @Test(arguments: Runner.allCases)
  func escapesInJSONAreDecodedAndOtherBytesKept(runner: Runner) throws {
    let text = #"10.0.0.1 - - [5] \"GET /\u00e9\ud83d\ude00\ud83dx\/y HTTP/1.1\" 200 5\n"#
    let figures = try runner.figures([#"{"log":"\#(text)"}"#])
    #expect(figures.sections == ["/é😀\u{FFFD}x"])
    let after = Array(#" - - [5] \"GET /\" 200 5\n"}"#.utf8)
    let raw = Array("{\"log\":\"".utf8) + [0xFF, 0xC3] + after
    #expect(try runner.figures(bytes: raw).clients == ["\u{FFFD}\u{FFFD}"])
  }

  @Test(arguments: Runner.allCases)
  func aKeyIsTheSameHoweverItIsWritten(runner: Runner) throws {
    let figures = try runner.figures([#"{"log":"x\n","\u006c\u006Fg":"\#(Self.json)\n"}"#])
    #expect(figures.clients == ["10.0.0.1"])
  }

  @Test(arguments: Runner.allCases)
  func aJournalMessageMayBeAnArrayOfBytes(runner: Runner) throws {
    let numbers = Array(combined().utf8).map { String($0) }.joined(separator: ", ")
    #expect(try runner.figures(["{\"MESSAGE\": [\(numbers)]}"]).clients == ["10.0.0.1"])
  }

  @Test(arguments: Runner.allCases, [(8, 1), (9, 0)])
  func atMostEightWrappersAreTakenOff(runner: Runner, example: (count: Int, hits: Int)) throws {
    let wrappers = String(repeating: "web-1 | ", count: example.count)
    let hit = try runner.figures([wrappers + combined()]) { $0.format = "combined" }
    #expect(hit.clients == [example.hits == 1 ? "10.0.0.1" : "web-1"])
  }

  @Test(arguments: Runner.allCases)
  func aRejectedLineThatBeganWithAColorIsReadWithoutAnyColor(runner: Runner) throws {
    let colored = combined().replacing(" 200 512", with: " \u{1B}[32m200\u{1B}[0m 512")
    let figures = try runner.figures([combined(), "\u{1B}[1m" + colored, colored])
    #expect(figures.hits == 2)
    #expect(figures.rejected("shape") + figures.rejected("status") == 1)
    let stern = "\u{1B}[1mweb\u{1B}[0m-1 nginx " + colored
    #expect(try runner.figures([combined(), stern]).clients == ["10.0.0.1"])
  }

  @Test(arguments: Runner.allCases)
  func aByteOrderMarkBeforeAMessageIsDroppedEveryTime(runner: Runner) throws {
    let header = "<190>1 - web1 nginx - - - "
    let figures = try runner.figures([
      header + combined(), header + "\u{FEFF}" + combined(), header + "\u{FEFF}" + combined(),
      header + combined(),
    ])
    #expect(figures.hits == 4)
    #expect(figures.clients == ["10.0.0.1"])
  }

  /// A colour that would be dropped only inside a wrapper of stern.
  @Test(arguments: Runner.allCases)
  func aColorAfterTwoWordsDoesNotLeadTheLine(runner: Runner) throws {
    let text = "host - - [23/Nov/2026:17:00:09 +0000] \"GET /a HTTP/1.1\" 200 512\u{1B}[0m"
    let figures = try runner.figures([combined(), "web-1 nginx \u{1B}[1m" + text])
    #expect(figures.rejected("bytes") == 1)
  }

  /// A line that only seems to be in a wrapper of stern does not decide the format of its name.
  @Test(arguments: Runner.allCases)
  func aHeaderAfterTwoWordsIsNotInAWrapper(runner: Runner) throws {
    let header = "web-1 nginx \"rfc931\",\"remotehost\",\"date\",\"status\""
    let figures = try runner.figures([header, "web-1 | " + combined()])
    #expect(figures.hits == 1)
    let alone = try runner.figures(["web-1 nginx \"remotehost\",\"date\",\"status\""])
    let sources = alone.named("start")[0]["sources"] as? [[String: Any]]
    #expect(sources?[0]["format"] is NSNull)
    #expect(alone.rejected("shape") == 1)
  }
}
