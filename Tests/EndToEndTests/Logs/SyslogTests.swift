import Foundation
import Testing

/// The built program with the log of a real nginx that passes through a real rsyslogd, as in the README.
@Suite(.ownThreads, .serialized, .enabled(if: SyslogServer.isExpected))
struct SyslogTests {
  @Test func everyAnsweredRequestIsAHitThroughSyslog() throws {
    let syslog = try SyslogServer()
    let server = try WebServer(logTo: syslog.target)
    let watchers = try SyslogServer.layouts.keys.map { layout in
      try Watcher("--follow --output ndjson '\(syslog.log(layout))'")
    }
    var answered = 0
    var sections: [String: Int] = [:]
    // A datagram that finds no room is lost: few are on their way at a time.
    for part in 0..<20 {
      let section = "/part\(part % 7)"
      let hits = try server.load(90 + part, path: "\(section)/\(part)").answered
      answered += hits
      sections[section, default: 0] += hits
      try syslog.wait(forLines: answered)
    }
    #expect(answered > 1800)
    for watcher in watchers {
      try watcher.wait(forHits: answered)
      try watcher.stop()
      #expect(try watcher.end["hits"] as? Int == answered)
      #expect(try watcher.end["lines"] as? Int == answered)
      #expect(watcher.sum("sections") == sections)
      #expect(watcher.sum("clients") == ["127.0.0.1": answered])
    }
    // Line by line, the log says the same as the one that nginx wrote to a file itself.
    let direct = try report(server.log)
    for layout in SyslogServer.layouts.keys {
      #expect(try report(syslog.log(layout)) == direct)
    }
  }

  private func report(_ log: String) throws -> String {
    let ended = try Ended.running(
      "\(Built.program) --output ndjson --stats-interval 1 - < '\(log)'")
    #expect(ended.status == 0, "\(ended.errors)")
    return ended.output
  }
}
