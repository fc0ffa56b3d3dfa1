import Foundation
import Testing

/// A log that its server writes in blocks, with the built program and real clocks.
@Suite(.ownThreads, .serialized) struct BlockWritingTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  /// Ten hits in each of the seconds.
  private static func lines(_ seconds: Range<Int>) -> String {
    seconds.map { second in
      String(repeating: "10.0.0.1,-,-,\(second),GET /a HTTP/1.0,200,1\n", count: 10)
    }.joined()
  }

  /// Short blocks without any grace make hits late within a few seconds.
  @Test func blockWritingIsReportedInEveryOutputWhileItRuns() throws {
    let options = "--idle-grace 0 --lateness 0 --follow"
    let log = folder.path("access.log")
    try folder.append("", to: "access.log")
    let text = try Watcher("\(options) --output text '\(log)'")
    let json = try Watcher("\(options) --output ndjson '\(log)'")
    let dashboard = try Terminal("\(Built.program) \(options) '\(log)'")
    try dashboard.wait(for: "0 hits")
    var written = Int(Date().timeIntervalSince1970)
    try poll("both reports have a notice") {
      let now = Int(Date().timeIntervalSince1970)
      if now - written >= 3 {
        try folder.append(Self.lines(written..<now), to: "access.log")
        written = now
      }
      let errors = [text.errors, json.errors]
      return errors.allSatisfy { $0.contains("access.log: written in blocks up to ") } ? true : nil
    }
    #expect(text.errors.contains(" s apart, so hits came late: --idle-grace "))
    try dashboard.wait(for: "written in blocks up to ")
    try dashboard.type("q")
    try dashboard.wait(for: "exit=0")
    for watcher in [text, json] { try watcher.stop() }
    #expect(!json.events("interval").isEmpty)
  }
}
