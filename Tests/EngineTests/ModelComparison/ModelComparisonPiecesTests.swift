import ReferenceModel
import Testing

/// Lines that come in pieces, and logs of several names, for the model and the product.
@Suite struct ModelComparisonPiecesTests {
  private static let line = combined()

  private static func docker(_ text: some StringProtocol, _ stream: String = "stdout") -> String {
    let escaped = String(text).replacing("\"", with: #"\""#).replacing("\n", with: #"\n"#)
    return #"{"log":"\#(escaped)","stream":"\#(stream)"}"#
  }

  private static func runtime(
    _ text: some StringProtocol, _ flag: String, _ stream: String = "stdout"
  ) -> String {
    "2026-11-25T12:00:01Z \(stream) \(flag) \(text)"
  }

  @Test(arguments: Runner.allCases)
  func piecesAreOneLine(runner: Runner) throws {
    let (start, rest) = (Self.line.prefix(20), Self.line.dropFirst(20))
    let (middle, end) = (rest.prefix(9), rest.dropFirst(9))
    let figures = try runner.figures([
      Self.docker(start), Self.docker(middle), Self.docker(end + "\n"),
      Self.runtime(start, "P"), Self.runtime(middle, "P:x"), Self.runtime(end, "F"),
      Self.docker(Self.line), Self.docker("\n"), Self.runtime(Self.line, "P"),
      Self.runtime("", "F"),
    ])
    #expect(figures.hits == 4)
    #expect(figures.lines == 4)
  }

  @Test(arguments: Runner.allCases)
  func thePiecesOfOneStreamBelongTogether(runner: Runner) throws {
    let (start, end) = (Self.line.prefix(33), Self.line.dropFirst(33))
    let figures = try runner.figures([
      Self.docker(start), Self.docker("x", "stderr"), Self.docker(end + "\n"),
      Self.docker("y\n", "stderr"), Self.runtime("x", "P", "stderr"), Self.runtime(start, "P"),
      Self.runtime("y", "F", "stderr"), Self.runtime(end, "F"),
      "web-1 | " + Self.docker(start), "web-2 | " + Self.docker(start),
      "web-1 | " + Self.docker(end + "\n"), "web-2 | " + Self.docker(end + "\n"),
    ])
    #expect(figures.hits == 4)
    #expect(figures.rejected("shape") == 2)
    #expect(figures.lines == 6)
  }

  @Test(arguments: Runner.allCases)
  func piecesWithoutTheLastOneAreALineAtTheEnd(runner: Runner) throws {
    let figures = try runner.figures([
      Self.docker(Self.line), Self.runtime(Self.line, "P"), Self.docker("x", "stderr"),
      Self.docker("x", "stderr"),
    ])
    #expect(figures.hits == 2)
    #expect(figures.rejected("shape") == 1)
    #expect(figures.lines == 3)
    let wrapped = try runner.figures([
      Self.docker("web-1 | " + Self.line), Self.runtime("[pod/a/b] " + Self.line, "P"),
    ])
    #expect(wrapped.clients == ["10.0.0.1"])
    #expect(wrapped.hits == 2)
  }

  @Test(arguments: Runner.allCases)
  func piecesMayBeginWithASpaceAndEndInACarriageReturn(runner: Runner) throws {
    let (start, end) = (Self.line.prefix(8), Self.line.dropFirst(8))
    #expect(end.first == " ")
    let figures = try runner.figures([
      Self.runtime(start, "P"), Self.runtime(end, "F"),
      Self.docker(start), Self.docker(end), #"{"log":"\r","stream":"stdout"}"#, Self.docker("\n"),
    ])
    #expect(figures.clients == ["10.0.0.1"])
    #expect(figures.hits == 2)
  }

  /// Two words that could be a pod and a container.
  @Test(arguments: Runner.allCases)
  func aJoinedLineIsReadWholeWhateverItBeginsWith(runner: Runner) throws {
    let text = "web dana [23/Nov/2026:17:00:09 +0000] \"GET /a HTTP/1.1\" 200 512"
    let figures = try runner.figures([
      Self.docker(text.prefix(50)), Self.docker(text.dropFirst(50) + "\n"),
      Self.runtime(text.prefix(50), "P"), Self.runtime(text.dropFirst(50), "F"),
    ])
    #expect(figures.clients == ["web"])
    #expect(figures.hits == 2)
  }

  @Test(arguments: Runner.allCases)
  func piecesMayBeInPieces(runner: Runner) throws {
    let (start, end) = (Self.line.prefix(33), Self.line.dropFirst(33))
    let inner = [Self.runtime(start, "P"), Self.runtime(end, "F")]
    let innermost = [Self.docker(start), Self.docker(end + "\n")]
    let figures = try runner.figures(
      inner.map { Self.docker($0 + "\n") } + inner.map { Self.runtime($0, "F") }
        + innermost.map { Self.docker($0.replacing("\\", with: "\\\\") + "\n") }
        + innermost.flatMap {
          [Self.runtime($0.prefix(9), "P"), Self.runtime($0.dropFirst(9), "F")]
        })
    #expect(figures.hits == 4)
    #expect(figures.lines == 4)
  }

  @Test(arguments: Runner.allCases)
  func colorsAroundAPieceAreNoPartOfIt(runner: Runner) throws {
    let pieces = [
      Self.runtime(Self.line.prefix(48), "P"), Self.runtime(Self.line.dropFirst(48), "F"),
    ]
    let figures = try runner.figures(pieces.map { "\u{1B}[32m\($0)\u{1B}[0m" })
    #expect(figures.clients == ["10.0.0.1"])
    #expect(figures.sections == ["/a"])
  }

  /// The limit holds for the line inside, and for the pieces together.
  @Test(arguments: Runner.allCases, [(0, 2), (1, 0)])
  func aLineInsideOfExactlyTheLimitCounts(
    runner: Runner, example: (over: Int, hits: Int)
  ) throws {
    let length = 65_536 - Self.line.utf8.count + 2 + example.over
    let long = combined(agent: String(repeating: "a", count: length))
    let figures = try runner.figures([
      "web-1      | \(long)", Self.docker(long.prefix(30_000)),
      Self.docker(long.dropFirst(30_000) + "\n"),
    ])
    #expect(figures.hits == example.hits)
    #expect(figures.rejected("oversize") == 2 - example.hits)
  }

  @Test(arguments: Runner.allCases)
  func aPhysicalLineOfTwiceTheLimitIsReadAndALongerOneIsNot(runner: Runner) throws {
    func wrapped(_ length: Int) -> String {
      let object = Self.docker(Self.line + "\n")
      return String(object.dropLast())
        + ",\"x\":\"" + String(repeating: "x", count: length - object.utf8.count - 7) + "\"}"
    }
    #expect(wrapped(1000).utf8.count == 1000)
    let figures = try runner.figures([wrapped(131_072), wrapped(131_073)])
    #expect(figures.hits == 1)
    #expect(figures.rejected("oversize") == 1)
  }

  @Test(arguments: Runner.allCases)
  func eachNameHasAFormatOfItsOwn(runner: Runner) throws {
    let figures = try runner.figures([
      "web-1 | " + combined(), "db-1 | date,status,remotehost", "db-1 | 1795453209,200,10.0.0.2",
      "web-1 | 1795453209,200,10.0.0.2", "db-2 | " + csv(1_795_453_209), "db-1 | " + csv(5),
      csv(1_795_453_209), combined(),
    ])
    #expect(figures.hits == 4)
    #expect(figures.ignored == 1)
    #expect(figures.rejected("shape") == 3)
    let sources = figures.named("start")[0]["sources"] as? [[String: Any]]
    #expect(sources?[0]["format"] as? String == "combined")
  }

  /// Until a line has matched, lines have the reason of the first format that is found; afterwards
  /// the one of the format that got furthest.
  @Test(arguments: Runner.allCases)
  func aLineOfANameWithoutAFormatHasTheReasonOfTheFormatThatGotFurthest(runner: Runner) throws {
    let badTime = "a,b,c,x,GET /,200,5"
    let badStatus = combined(status: "20")
    let figures = try runner.figures([
      "db-1 | " + badTime, "db-1 | " + badStatus, "web-1 | " + combined(), "db-1 | " + badTime,
      "db-1 | " + badStatus, "web-1 | " + badTime,
    ])
    #expect(figures.hits == 1)
    #expect(figures.rejected("shape") == 2)
    #expect(figures.rejected("time") == 1)
    #expect(figures.rejected("status") == 2)
  }

  @Test(arguments: Runner.allCases)
  func theOutermostNameCounts(runner: Runner) throws {
    let figures = try runner.figures([
      "web-1 | [pod/a/b] " + combined(), "[pod/a/b] web-2 | " + csv(1_795_453_209),
      "web-1 | [pod/c/d] " + csv(1_795_453_209), "web-2 | " + combined(),
    ])
    #expect(figures.hits == 3)
    #expect(figures.rejected("shape") == 1)
  }
}
