import Foundation
import Testing

/// The built program is killed while it saves, and what it calls is made to fail.
@Suite(.ownThreads, .serialized) struct HistoryCrashTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
    chmod(folder.path(""), 0o700)
  }

  private func run(_ command: String) throws -> Ended {
    try Ended.running(
      "cd '\(folder.path(""))' && { \(command)\n}", path: Built.folder + ":/usr/bin:/bin")
  }

  /// A log in which an alert changes every second.
  private func writeLog(seconds: Int, to name: String) throws {
    _ = try run(
      """
      awk 'BEGIN { for (s = 0; s < \(seconds); s += 2) for (i = 0; i < 3; i++)
        print "h,-,-," 1700000000 + s ",\\"GET /a HTTP/1.0\\",200,1" }' > \(name)
      """)
  }

  private static let rule = "--high-traffic-interval 1 --high-traffic-threshold 1"

  /// The program is killed at random moments (two hundred times with LM2000_KILLS=200).
  @Test(.enabled(if: hasSQLite, "sqlite3 is not installed"))
  func whatWasShownAsSavedIsThereAfterAKill() throws {
    try writeLog(seconds: 60_000, to: "log")
    let kills = ProcessInfo.processInfo.environment["LM2000_KILLS"].flatMap(Int.init) ?? 20
    var saved = 0
    for kill in 0..<kills {
      // With a new file, alerts are saved that are not there yet.
      if kill % 4 == 0 { _ = try run("rm -f h.db*") }
      let delay = Double.random(in: 0...0.4)
      let ended = try run(
        """
        lm2000 -v --history h.db --output ndjson \(Self.rule) log >events 2>errors & pid=$!
        for i in $(seq 600); do grep -q 'saved up to' errors && break; sleep 0.05; done
        sleep \(delay); kill -9 $pid; wait $pid 2>/dev/null
        [ -e h.db ] || exit 0
        sqlite3 h.db 'PRAGMA integrity_check'
        date -u -d "$(sed -n 's/.*saved up to //p' errors | tail -n 1)" +%s
        sqlite3 h.db 'SELECT count(*), ifnull(max(time), 0) FROM alerts'
        cat errors >&2
        """)
      guard !ended.output.isEmpty else { continue }
      let lines = ended.output.split(separator: "\n")
      try #require(lines.first == "ok", "\(ended.output)")
      // Without such a line, date(1) prints the time of today.
      guard ended.errors.contains("saved up to"), let time = Int(lines[1]) else { continue }
      saved += 1
      let seconds = time - 1_700_000_000
      let fields = lines[2].split(separator: "|").compactMap { Int($0) }
      #expect(fields[0] >= seconds && fields[1] >= time, "\(ended.output)")
      #expect(!ended.errors.contains("damaged"))
    }
    #expect(saved > 0)
  }

  /// The files are those that a kill leaves after each call that writes.
  @Test(.enabled(if: hasStrace, "strace is not installed"))
  func theFileOpensWhateverWriteWasTheLast() throws {
    try writeLog(seconds: 30, to: "log")
    let expected = try run("lm2000 --output ndjson \(Self.rule) log | grep -c '\"alert\"'")
    let count = try #require(Int(expected.output.dropLast()))
    var call = 1
    while call < 400 {
      let ended = try run(
        """
        rm -f h.db*
        strace -f -qq -o trace -e trace=pwrite64,write,ftruncate,rename,renameat,unlink,unlinkat \
          -e inject=pwrite64:signal=KILL:when=\(call) \
          lm2000 --history h.db --output ndjson \(Self.rule) log >/dev/null; echo $?
        [ -e h.db ] || exit 0
        sqlite3 h.db 'PRAGMA integrity_check' 'SELECT count(*), min(id), max(id) FROM alerts' \
          'SELECT count(*) FROM (SELECT time, lag(time) OVER (ORDER BY id) AS before FROM alerts)
             WHERE time <= before'
        """)
      let lines = ended.output.split(separator: "\n").map(String.init)
      if lines.count > 1 {
        try #require(lines[1] == "ok", "call \(call): \(ended.output) \(ended.errors)")
        let alerts = lines[2].split(separator: "|").compactMap { Int($0) }
        // The first ones, and none left out.
        #expect(alerts[0] <= count && (alerts[0] == 0 || alerts[2] == alerts[0]), "call \(call)")
        #expect(lines[3] == "0")
      }
      if lines.first == "0" { break }
      call += 1
    }
    #expect(call > 12 && call < 400)
  }

  /// A call that writes fails, once.
  @Test(
    .enabled(if: hasStrace, "strace is not installed"),
    arguments: ["fsync,fdatasync", "pwrite64"], [3, 6])
  func aFailedWriteIsTriedAgain(calls: String, number: Int) throws {
    try writeLog(seconds: 30, to: "log")
    let ended = try run(
      """
      strace -f -qq -o trace -e trace=\(calls) -e inject=\(calls):error=EIO:when=\(number) \
        lm2000 --history h.db --output ndjson \(Self.rule) log >events; echo $?
      grep -c INJECTED trace; sqlite3 h.db 'PRAGMA integrity_check'
      sqlite3 h.db 'SELECT count(*) FROM alerts'; grep -c '"alert"' events
      """)
    let lines = ended.output.split(separator: "\n")
    try #require(lines.count == 5, "\(ended.output) \(ended.errors)")
    #expect(lines[0] == "0" && lines[2] == "ok" && lines[3] == lines[4], "\(ended.output)")
    if number == 3 { #expect(lines[1] != "0") }
  }

  /// The error is reported while the run continues.
  @Test(.enabled(if: hasStrace, "strace is not installed"))
  func anErrorThatLastsIsReported() throws {
    try writeLog(seconds: 30, to: "log")
    let ended = try run(
      """
      lm2000 --history h.db --output text '\(Built.fixture)' >/dev/null
      strace -f -qq -o trace -e trace=pwrite64 -e inject=pwrite64:error=EIO:when=2+ \
        lm2000 --history h.db --output ndjson \(Self.rule) log | tail -n 1
      sqlite3 h.db 'PRAGMA integrity_check' 'SELECT count(*) FROM alerts'
      """)
    #expect(ended.errors.contains("not saved: Input/output error"), "\(ended.errors)")
    #expect(ended.output.contains("\"event\":\"end\"") && ended.output.hasSuffix("ok\n4\n"))
  }
}

let hasStrace = FileManager.default.isExecutableFile(atPath: "/usr/bin/strace") && hasSQLite
