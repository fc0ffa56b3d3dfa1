import ReferenceModel
import Testing

/// Faults in the bytes of a log, for the model and the product.
@Suite struct ModelComparisonBytesTests {
  private static let line = Array(combined().utf8)

  @Test(arguments: Runner.allCases)
  func anEmptyFileHasNoLines(runner: Runner) throws {
    #expect(try runner.figures(bytes: []).lines == 0)
  }

  @Test(arguments: Runner.allCases)
  func aLastLineWithoutItsEndCounts(runner: Runner) throws {
    #expect(try runner.figures(bytes: Self.line).hits == 1)
  }

  @Test(arguments: Runner.allCases)
  func aCarriageReturnBeforeTheEndIsDropped(runner: Runner) throws {
    #expect(try runner.figures(bytes: Self.line + [13, 10]).hits == 1)
    #expect(try runner.figures(["\(csv(5))\r"]).hits == 1)
  }

  @Test(arguments: Runner.allCases)
  func controlCharactersInAFieldDoNotEndIt(runner: Runner) throws {
    let figures = try runner.figures(["a\rb", "a\tb", "a\u{7F}b"].map { combined(agent: $0) })
    #expect(figures.hits == 3)
  }

  @Test(arguments: Runner.allCases)
  func aZeroByteIsPartOfThePath(runner: Runner) throws {
    let figures = try runner.figures([combined(request: "GET /a\0b/x"), combined()])
    #expect(figures.hits == 2)
    #expect(figures.sections == ["/a", "/a\0b"])
  }

  @Test(arguments: Runner.allCases)
  func aRunOfZeroBytesBeforeALineIsSkipped(runner: Runner) throws {
    let hole = [UInt8](repeating: 0, count: 200_000)
    let figures = try runner.figures(bytes: hole + Self.line + [10])
    #expect(figures.hits == 1)
    #expect(figures.malformed == 0)
    #expect(figures.lines == 1)
  }

  @Test(arguments: Runner.allCases)
  func brokenUTF8IsAHitAndValidJSON(runner: Runner) throws {
    let broken: [[UInt8]] = [
      [0xFF, 0xFE], [0xC3, 0x28], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xE2, 0x82],
    ]
    let lines = broken.flatMap { bytes in
      Array("10.0.0.1 - - [23/Nov/2026:17:00:09 +0000] \"GET /".utf8) + bytes
        + Array("/x HTTP/1.1\" 200 512\n".utf8)
    }
    let figures = try runner.figures(bytes: lines)
    #expect(figures.hits == 5)
    #expect(figures.sections.count == 5)
  }

  @Test(arguments: Runner.allCases)
  func aByteOrderMarkIsNotPartOfTheHost(runner: Runner) throws {
    let figures = try runner.figures(bytes: [0xEF, 0xBB, 0xBF] + Self.line)
    #expect(figures.clients == ["10.0.0.1"])
  }

  @Test(arguments: Runner.allCases)
  func aGiantLineIsOversizeAndTheNextOneCounts(runner: Runner) throws {
    let giant = [UInt8](repeating: UInt8(ascii: "A"), count: 1_000_000)
    let figures = try runner.figures(bytes: giant + [10] + Self.line + [10])
    #expect(figures.rejected("oversize") == 1)
    #expect(figures.hits == 1)
    #expect(figures.malformed == 0)
  }

  @Test(arguments: Runner.allCases, [(0, 1), (1, 0)])
  func aLineOfExactlyTheLimitCounts(runner: Runner, example: (over: Int, hits: Int)) throws {
    let agent = String(repeating: "a", count: 65_536 - Self.line.count + 2 + example.over)
    for end in ["", "\r"] {
      let figures = try runner.figures(["\0\0" + combined(agent: agent) + end])
      #expect(figures.hits == example.hits)
      #expect(figures.rejected("oversize") == 1 - example.hits)
    }
  }

  @Test(arguments: Runner.allCases)
  func anEscapedQuoteStandsForAQuote(runner: Runner) throws {
    let figures = try runner.figures([
      combined(request: #"GET /a\"b/x HTTP/1.1"#), combined(request: #"GET /a\x22b/x HTTP/1.1"#),
    ])
    #expect(figures.sections == [#"/a"b"#, #"/a\x22b"#])
  }

  @Test(arguments: Runner.allCases)
  func anUnclosedQuoteSpoilsOneLineOnly(runner: Runner) throws {
    var common = [String](repeating: combined(), count: 1006)
    common[5] = #"10.0.0.1 - - [23/Nov/2026:17:00:09 +0000] "GET /a 200 512 - ua"#
    var comma = [String](repeating: csv(5), count: 1006)
    comma[5] = #""10.0.0.1","-","-",5,"GET / HTTP/1.0,200,1"#
    for lines in [common, comma] {
      let figures = try runner.figures(lines)
      #expect(figures.malformed == 1)
      #expect(figures.hits == 1005)
    }
  }

  @Test(arguments: Runner.allCases)
  func aMalformedRequestIsStillAHit(runner: Runner) throws {
    let requests = ["-", "GET /", "", "\u{16}\u{3}\u{1}\u{2}"]
    let figures = try runner.figures(requests.map { combined(request: $0, status: "400") })
    #expect(figures.hits == 4)
    #expect(figures.sections == ["(no request)", "(malformed)", "/"])
  }

  @Test(arguments: Runner.allCases)
  func numbersThatAreMalformedAreRejected(runner: Runner) throws {
    let numbers = ["-", "18446744073709551616", "-1", "1e3", "１２"].map { combined(bytes: $0) }
    let figures = try runner.figures(
      numbers + ["99999", "20", "abc"].map { combined(status: $0) })
    #expect(figures.hits == 1)
    #expect(figures.rejected("bytes") == 4)
    #expect(figures.rejected("status") == 3)
  }

  @Test(arguments: Runner.allCases)
  func sumsOfBytesStayAtTheGreatestNumber(runner: Runner) throws {
    let figures = try runner.figures(
      [String](repeating: combined(bytes: "9223372036854775807"), count: 3))
    #expect(figures.named("interval")[0]["bytes"] as? Int64 == Int64.max)
  }

  @Test(
    arguments: Runner.allCases,
    [
      ("//", "/"), ("/", "/"), ("*", "*"), ("http://h/a/x", "/a"), ("/a?b/c", "/a"),
      ("/a#x", "/a"), (String(repeating: "/", count: 1000), "/"),
      ("/" + String(repeating: "p", count: 60_000), "/" + String(repeating: "p", count: 60_000)),
    ])
  func oddPathsHaveASection(runner: Runner, example: (String, String)) throws {
    let figures = try runner.figures([combined(request: "GET \(example.0) HTTP/1.1")])
    #expect(figures.sections == [example.1])
  }

  @Test(arguments: Runner.allCases)
  func randomBytesAreCountedAndNothingMore(runner: Runner) throws {
    for seed in 0..<20 {
      let noise = Self.noise(5000, seed: seed)
      #expect(try runner.figures(bytes: [0] + noise) { $0.format = "combined" }.lines > 0)
    }
  }

  /// A thousand seeds, of a megabyte each where many logs are asked for.
  @Test(arguments: 0..<8)
  func aThousandSeedsOfNoiseAddUp(share: Int) throws {
    let size = ModelSeeds.logs >= 20_000 ? 1 << 20 : 1 << 12
    for seed in stride(from: share, to: 1000, by: 8) {
      let noise = Self.noise(size, seed: seed)
      let newlines = noise.count { $0 == 10 } + (noise.last == 10 ? 0 : 1)
      let figures = try Runner.product.figures(bytes: noise) { $0.format = "combined" }
      #expect(figures.lines == newlines)
      #expect(figures.hits == 0)
    }
  }

  private static func noise(_ count: Int, seed: Int) -> [UInt8] {
    var random = RandomSource(seed: UInt64(seed))
    return (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
  }

  @Test(arguments: Runner.allCases)
  func aHeaderInTheMiddleIsIgnored(runner: Runner) throws {
    let header = #""remotehost","rfc931","authuser","date","request","status","bytes""#
    let figures = try runner.figures([header, csv(1), csv(2), header, csv(3)])
    #expect(figures.ignored == 2)
    #expect(figures.malformed == 0)
    #expect(figures.hits == 3)
  }
}
