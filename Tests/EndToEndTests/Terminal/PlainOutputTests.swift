import Foundation
import Testing

/// The built program without a terminal: its output, its error messages and its exit status.
@Suite(.ownThreads) struct PlainOutputTests {
  @Test func theTransitionsOfTheFixtureAreAtTheirSeconds() throws {
    let json = try Ended.running("\(Built.program) --output ndjson \(Built.fixture)")
    let times = json.output.split(separator: "\n").filter { $0.contains("\"event\":\"alert\"") }
      .compactMap { $0.firstMatch(of: /"state":"(\w+)","time":(\d+)/) }
      .map { "\($0.output.1) \($0.output.2)" }
    #expect(
      times == [
        "triggered 1773479020", "recovered 1773479119", "triggered 1773479286",
        "recovered 1773479401",
      ])
    let text = try Ended.running("\(Built.program) --output text \(Built.fixture)").output
    #expect(text.contains("09:03:40  ALERT     High traffic generated an alert - hits = 10.13"))
    #expect(text.contains("09:10:01  RECOVERED Traffic recovered - hits = 9.67"))
    #expect(text.contains("4951 lines: 4950 hits (0 late), 0 rejected, 1 ignored"))
  }

  @Test(arguments: [
    ("--stats-interval 0 x", 2, "lm2000: --stats-interval: "), ("--nonsense", 2, "lm2000: "),
    ("/", 1, "not a readable log: directory"),
    ("/nonexistent.log", 1, "No such file or directory; --follow waits for it to appear"),
    ("/bin/ls", 1, "lines match"), ("/dev/zero", 1, "not a readable log"),
    ("--replay --follow x", 2, "lm2000: "),
  ])
  func anErrorIsReportedInOneLine(arguments: String, status: Int32, message: String) throws {
    let ended = try Ended.running("\(Built.program) \(arguments)")
    #expect(ended.status == status)
    #expect(ended.errors.contains(message), "\(ended.errors)")
    #expect(ended.errors.split(separator: "\n").count == 1, "\(ended.errors)")
  }

  @Test func anEmptyLogIsNoErrorAndAnAlertCanBeOne() throws {
    #expect(try Ended.running("\(Built.program) /dev/null </dev/null").status != 2)
    let folder = try Folder()
    try folder.append("", to: "empty.log")
    #expect(try Ended.running("\(Built.program) \(folder.path("empty.log"))").status == 0)
    let failing = try Ended.running("\(Built.program) --fail-on-alert \(Built.fixture)")
    #expect(failing.status == 3)
  }

  @Test func aClosedPipeEndsQuietlyAndAFullDiskDoesNot() throws {
    let closed = try Ended.running(
      "(\(Built.program) --output ndjson \(Built.fixture); echo $? >&2) | head -1")
    #expect(closed.errors == "0\n")
    let help = try Ended.running("\(Built.program) --help > /dev/full")
    #expect(help.status == 1)
    let full = try Ended.running("\(Built.program) --output ndjson \(Built.fixture) > /dev/full")
    #expect(full.status == 1)
    #expect(full.errors.contains("No space left on device"))
  }

  @Test(arguments: ["TERM=", "TERM=nonexistent", "TERM=dumb"])
  func aTerminalWithoutTheNeededCapabilitiesIsReported(term: String) throws {
    let ended = try Ended.running(
      "\(term) script -qec '\(Built.program) --output dashboard \(Built.fixture)' /dev/null",
      environment: ["LANG": "C.UTF-8", "TERM": ""])
    #expect(ended.status == 2)
    #expect(ended.output.contains("--output text"), "\(ended.output)")
    #expect(!ended.output.contains("\u{1B}"))
  }

  /// Whether set-user-ID programs work: as root, on a file system that allows them. The leak check of the
  /// address sanitizer fails in such a program.
  private static let canSetUserID: Bool = {
    var system = statvfs()
    let folder = FileManager.default.temporaryDirectory.path(percentEncoded: false)
    return geteuid() == 0 && dlsym(nil, "__asan_init") == nil && statvfs(folder, &system) == 0
      && system.f_flag & UInt(ST_NOSUID) == 0
  }()

  @Test(.enabled(if: canSetUserID), arguments: ["u+s", "g+s"])
  func aSetUserIDProgramRefusesToRun(mode: String) throws {
    let folder = try Folder()
    let program = folder.path("lm2000")
    let prepare = "chmod 755 \(folder.path("")) && cp \(Built.program) \(program)"
    let ended = try Ended.running(
      "\(prepare) && chown 65534:65534 \(program) && chmod \(mode) \(program)"
        + " && \(program) --output text \(Built.fixture)")
    #expect(ended.status == 2)
    #expect(ended.errors == "lm2000: setuid: refusing to run with elevated privileges\n")
    #expect(ended.output.isEmpty)
  }

  @Test func aReplayWritesWhatAPlainRunWrites() throws {
    let plain = try Ended.running("\(Built.program) --output ndjson \(Built.fixture)")
    for speed in ["max", "2000"] {
      let replay = try Ended.running(
        "\(Built.program) --replay --speed \(speed) --output ndjson \(Built.fixture)")
      #expect(replay.output == plain.output, "speed \(speed)")
    }
  }

  @Test func aSignalEndsFollowingWithAReport() throws {
    let ended = try Ended.running(
      "timeout --preserve-status -s TERM 2 \(Built.program) -f --output ndjson \(Built.fixture)")
    #expect(ended.status == 143)
    #expect(ended.output.contains("\"event\":\"end\",\"lines\":4951,\"hits\":4950"))
  }
}
