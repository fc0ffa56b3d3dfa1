import AccessLog
import LogParsing
import Testing

/// Lines that begin like a wrapper, and hosts before lines that begin with no client.
@Suite struct SeemingWrapperTests {
  private static let object =
    #""time":"2026-03-14T08:26:53Z","remote_addr":"203.0.113.5","request":"GET /a HTTP/1.1","#
    + #""status":200}"#

  private static let objects = [
    #"{"log":"access","#, #"{"log":"","#, #"{"MESSAGE":"access","#, #"{"stream":"x","log":"a\n","#,
  ]

  /// What is in a member like that of a wrapper is no line, but the whole object is.
  @Test(arguments: objects)
  func anObjectMayHaveAMemberOfThatName(beginning: String) {
    let plain = "{" + Self.object + "\n"
    for text in [beginning + Self.object, plain + beginning + Self.object] {
      let parsed = ParsedLog(text)
      #expect(parsed.clients.allSatisfy { $0 == "203.0.113.5" })
      #expect(parsed.rejected == [:] && parsed.ignored == 0)
      #expect(parsed.format == "json" && parsed.wrappers == [])
    }
  }

  @Test func suchAnObjectMayBeInAWrapperItself() {
    let inside = (Self.objects[0] + Self.object).replacing("\"", with: "\\\"")
    let parsed = ParsedLog(#"{"log":"\#(inside)\n","stream":"stdout","time":"x"}"#)
    #expect(parsed.clients == ["203.0.113.5"] && parsed.wrappers == [.docker])
  }

  /// An object that is no line counts as what is inside of it.
  @Test func anObjectThatIsNoLineIsJudgedByWhatIsInside() {
    let line = "{" + Self.object + "\n"
    #expect(ParsedLog(line + #"{"log":"x","status":200}"#).rejected == [.shape: 1])
    #expect(ParsedLog(line + #"{"log":"","status":200}"#).ignored == 1)
  }

  @Test(arguments: [
    (
      "$host | $remote_addr | [$time_local] | \"$request\" | $status",
      "shop | 203.0.113.5 | [14/Mar/2026:09:26:53 +0100] | \"GET /a HTTP/1.1\" | 200", "203.0.113.5"
    ),
    (
      "$remote_addr | [$time_local] | \"$request\" | $status",
      "h.example.net | [14/Mar/2026:09:26:53 +0100] | \"GET /a HTTP/1.1\" | 200", "h.example.net"
    ),
    (
      "access: $remote_addr [$time_local] \"$request\" $status",
      "access: 203.0.113.5 [14/Mar/2026:09:26:53 +0100] \"GET /a HTTP/1.1\" 200", "203.0.113.5"
    ),
    (
      "[$server_name/$hostname/x] $remote_addr [$time_local] \"$request\" $status",
      "[a/b/x] 203.0.113.5 [14/Mar/2026:09:26:53 +0100] \"GET /a HTTP/1.1\" 200", "203.0.113.5"
    ),
    (
      #"{"log":"$request","ip":"$remote_addr","t":"$time_iso8601","s":$status}"#,
      #"{"log":"GET /a HTTP/1.1","ip":"203.0.113.5","t":"2026-03-14T08:26:53Z","s":200}"#,
      "203.0.113.5"
    ),
  ])
  func aCustomFormatMayBeginLikeAWrapper(format: String, line: String, client: String) throws {
    var parser = LogParser(format: try NamedFormat(custom: format))
    let batch = RecordBatch()
    parser.parse(Array("\(line)\n\(line)\nMar 14 09:26:53 web1 nginx: \(line)".utf8), into: batch)
    let clients = batch.records.map { batch.name($0.names[.client], in: .client).description }
    #expect(clients == [client, client, client])
  }

  /// syslog may write a host without a tag before any line.
  @Test(arguments: FormatCatalog.all.map(\.name))
  func aHostBeforeALineIsItsSource(format: String) throws {
    let example = try #require(FormatCatalog.format(named: format)).example
    var options = ParsingOptions()
    options.wanted = DimensionSet(.source)
    let alone = ParsedLog(example, options)
    for prefix in ["<13>Mar 14 09:26:53 vm ", "2026-03-14T09:26:53Z vm "] {
      // The host of a virtual host before an address cannot be told from it.
      guard format != "vcombined" else { continue }
      var parser = LogParser(options)
      let batch = RecordBatch(options.wantedFacts)
      parser.parse(Array((prefix + example).utf8), into: batch)
      #expect(parser.format == alone.format)
      #expect(batch.records.count == 1)
      #expect(batch.records.first?.time == alone.times.first)
      let sources = batch.withFacts { facts in
        facts.names(at: 0).map { batch.name($0, in: .source).description }
      }
      #expect(sources == ["vm"])
    }
  }
}
