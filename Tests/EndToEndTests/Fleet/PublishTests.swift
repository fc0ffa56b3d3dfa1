import Foundation
import Testing

/// `--publish -`, and runs that analyze what it wrote.
@Suite(.ownThreads) struct PublishTests {
  private static let log = "Fixtures/two-alerts.csv"
  private static let program = "\(Built.program) --no-config"

  private let folder: EndToEndTests.Folder

  init() throws { folder = try EndToEndTests.Folder() }

  private var reports: String { folder.path("reports") }

  private func events(_ command: String) throws -> [String] {
    let ended = try Ended.running(command)
    #expect(ended.status == 0, "\(ended.errors)")
    return ended.output.split(separator: "\n").dropFirst().map(String.init)
  }

  private func publish(_ options: String = "", _ log: String = log) throws {
    let ended = try Ended.running("\(Self.program) --publish - \(options) \(log) >'\(reports)'")
    #expect(ended.status == 0 && ended.errors == "", "\(ended.errors)")
  }

  @Test(arguments: [
    "", "--rank path,status --totals", "--alert 'a: rate > 2 over 30s by section'",
    "--alert 'e: share(status=5xx) > 1 over 60s min 20'", "--filter section=/api",
    "--filter 'not status=2xx' --totals",
  ])
  func reportsGiveTheEventsOfTheLog(options: String) throws {
    try publish("--rank path,status")
    let wanted = try events("\(Self.program) --output ndjson \(options) \(Self.log)")
    var read = try events("\(Self.program) --output ndjson \(options) '\(reports)'")
    var piped = try events("cat '\(reports)' | \(Self.program) --output ndjson \(options) -")
    #expect(read == piped)
    // Of a name, the classes without errors and the methods are not known.
    guard !options.contains("--filter") else {
      #expect(read.count == wanted.count)
      (read, piped) = (read.map(hits), wanted.map(hits))
      return #expect(read == piped)
    }
    #expect(read == wanted)
  }

  private func hits(_ event: String) -> String {
    event.firstMatch(of: /"hits":\d+/).map { String($0.output) } ?? event
  }

  @Test func everyReportIsAJSONObjectWithTheDocumentedMembers() throws {
    try publish("--sender 'web \"1\"'")
    let lines = try String(contentsOfFile: reports, encoding: .utf8).split(separator: "\n")
    #expect(lines.count > 600)
    for (index, line) in lines.enumerated() {
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(object["event"] as? String == "second")
      #expect(object["sender"] as? String == "web \"1\"")
      #expect(object["sequence"] as? Int == index + 1)
      #expect(Data(base64Encoded: object["data"] as? String ?? "-") != nil)
    }
  }

  @Test func severalPipesJoinInOneRun() throws {
    let names = ["a", "b"]
    let parts = names.map { "'\(folder.path($0))'" }
    let senders = zip(names, parts).map { name, fifo in
      "\(Self.program) --publish - --sender \(name) \(Self.log) >\(fifo) & "
    }
    let joined = try events(
      "mkfifo \(parts.joined(separator: " ")); \(senders.joined())"
        + "\(Self.program) --output ndjson \(parts.joined(separator: " "))")
    let doubled = folder.path("copy.csv")
    let wanted = try events(
      "cp \(Self.log) '\(doubled)'; \(Self.program) --output ndjson \(Self.log) '\(doubled)'")
    #expect(joined == wanted)
  }

  @Test func whatIsNoReportIsCountedAndSaid() throws {
    try publish()
    let ended = try Ended.running(
      """
      { sed 50q '\(reports)'; echo nonsense; echo '{"event":"second","version":99}'; \
      sed 1,50d '\(reports)'; } | \(Self.program) --output ndjson -
      """)
    #expect(ended.status == 0)
    #expect(ended.errors.contains("2 messages are no reports"), "\(ended.errors)")
    #expect(ended.output.contains(#""lines":4951,"hits":4950"#))
  }

  @Test(arguments: [false, true])
  func aRunFailsWhereNothingIsAReport(isPiped: Bool) throws {
    try folder.append(
      "{\"event\":\"second\",\"version\":99}\n{\"event\":\"second\",garbage\n", to: "reports")
    let ended = try Ended.running(
      "\(Self.program) --output ndjson \(isPiped ? "- <" : "")'\(reports)'")
    #expect(ended.status == 1)
    #expect(ended.errors.contains("2 messages are no reports"), "\(ended.errors)")
    #expect(ended.errors.contains("version 99 is not known"), "\(ended.errors)")
  }

  /// A pipe has no next run to which open seconds could be left.
  @Test func whatAStoppedRunHasReadIsPublished() throws {
    let log = folder.path("log")
    try folder.append("", to: "log")
    let publisher = try Watcher("--no-config --follow --publish - '\(log)'")
    _ = try poll("the log is open") { try publisher.waits(for: log) }
    let lines = (0..<30).map { "web,-,-,\(1_773_478_800 + $0 / 3),GET /a HTTP/1.1,200,1\n" }
    try folder.append(lines.joined(), to: "log")
    try poll("seconds have closed") { publisher.events("second").isEmpty ? nil : true }
    try publisher.stop()
    #expect(publisher.errors == "")
    try folder.append(publisher.output, to: "reports")
    let program = "\(Self.program) --output ndjson"
    #expect(try events("\(program) '\(reports)'") == events("\(program) '\(log)'"))
  }

  @Test func aMissingReportIsSaidAndARepeatedOneCountsOnce() throws {
    try publish()
    let ended = try Ended.running(
      "{ sed 100d '\(reports)'; cat '\(reports)'; } | \(Self.program) --output ndjson -")
    #expect(ended.errors.contains("1 report never came"), "\(ended.errors)")
    #expect(!ended.output.contains(#""hits":4950"#))
    let repeated = try events("cat '\(reports)' '\(reports)' | \(Self.program) --output ndjson -")
    #expect(repeated == (try events("\(Self.program) --output ndjson \(Self.log)")))
  }

  @Test(arguments: [
    ("--filter 'section=/api status=5xx'", "a condition may have one term only"),
    ("--filter 'bytes>1k'", "they do not say how many hits had which bytes"),
    ("--alert 'a: rate > 1 where section=/api status=200'", "a condition may have one term only"),
  ])
  func whatReportsCannotAnswerIsRefused(options: String, reason: String) throws {
    try publish()
    let ended = try Ended.running("\(Self.program) --output text \(options) '\(reports)'")
    #expect(ended.status == 2)
    #expect(ended.errors.contains(reason), "\(ended.errors)")
    #expect(ended.output == "")
  }

  @Test(arguments: ["--output ndjson", "--alert 'a: rate > 1'", "--history h.db", "--bell"])
  func whatTheOtherRunDoesIsRefusedBesidePublishing(option: String) throws {
    let ended = try Ended.running("\(Self.program) --publish - \(option) \(Self.log)")
    #expect(ended.status == 2)
    #expect(ended.errors.contains("leave out --"), "\(ended.errors)")
  }
}
