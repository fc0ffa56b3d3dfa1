import AccessLog
import Testing

@testable import MonitorApp

/// Command lines with `syslog:[ADDRESS:]PORT`.
@Suite struct ListenerOptionTests {
  private static func parse(_ line: String) throws -> Options {
    try Options.parse(line.split(separator: " ").map { Array($0.utf8) })
  }

  @Test(arguments: [
    "syslog:5514", "syslog:[::1]:5514 access.log", "--listen-any syslog:0.0.0.0:514",
    "--follow syslog:5514", "--tail 10 syslog:5514 access.log",
  ])
  func aListenerIsASource(line: String) throws {
    #expect(try Self.parse(line).hasListener)
  }

  @Test func aPathThatBeginsOtherwiseIsAFile() throws {
    #expect(try !Self.parse("./syslog:5514 access.log").hasListener)
  }

  /// Each says what to write instead.
  @Test(arguments: [
    (
      "syslog:0.0.0.0:5514",
      "syslog:0.0.0.0:5514: other machines can reach that address: add --listen-any if they may "
        + "send lines"
    ),
    (
      "syslog:[2001:db8::1]:5514",
      "syslog:[2001:db8::1]:5514: other machines can reach that address: add --listen-any if they "
        + "may send lines"
    ),
    ("syslog:x", "syslog:x: expected a port from 1 to 65535, as in syslog:5514"),
    ("syslog:99999", "syslog:99999: expected a port from 1 to 65535, as in syslog:5514"),
    (
      "syslog:localhost:514",
      "syslog:localhost:514: expected an address, as in syslog:127.0.0.1:5514 or "
        + "syslog:[::1]:5514"
    ),
    ("--replay syslog:5514", "syslog:5514: cannot be replayed: leave out --replay"),
    ("--no-follow syslog:5514", "syslog:5514: is always followed: leave out --no-follow"),
  ])
  func mistakesAreExplained(line: String, message: String) {
    let error = #expect(throws: UsageError.self) { try Self.parse(line) }
    #expect(error.map { "\($0.object): \($0.reason)" } == message)
  }

  /// Who may write the file must not make the program reachable from elsewhere.
  @Test func aConfigFileThatListensMustBeSafe() throws {
    let rule = try #require(OptionTable.all.first { $0.name == "listen-any" })
    #expect(rule.isPowerful(""))
  }

  /// A file that is meant for logs does not forbid a listener.
  @Test(arguments: ["no-follow", "replay"])
  func whatTheConfigFileSaysOfLogsDoesNotCount(text: String) throws {
    let line = ["syslog:5514"].map { Array($0.utf8) }
    let options = try Options.parse(line) { _ in
      ConfigText(path: Name("config"), Array(text.utf8))
    }
    #expect(options.follow != false && !options.replay)
  }
}
