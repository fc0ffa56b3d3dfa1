import Foundation
import TerminalCanvas
import TerminalKit
import Testing

/// Whatever a log holds, and whatever files are called, reaches the terminal as harmless text; looked
/// at in the bytes that the terminal is sent.
@Suite(.serialized) struct HostileTextTests {
  struct Way: Sendable, CustomTestStringConvertible {
    var size = Size(rows: 24, columns: 80)
    var options: [String] = []
    var locale = "C.UTF-8"

    var testDescription: String {
      "\(size.columns)x\(size.rows) \(options.joined(separator: " ")) \(locale)"
    }

    func start(_ arguments: [String]) throws -> TerminalProgram {
      var environment = TerminalProgram.usualEnvironment
      environment["LC_ALL"] = locale
      return try TerminalProgram(
        [Built.program] + options + arguments, environment: environment, size: size)
    }
  }

  private static let ways = [
    Way(), Way(size: Size(rows: 60, columns: 200)),
    Way(size: Size(rows: 60, columns: 200), options: ["--ascii"]), Way(locale: "C"),
  ]

  /// As long and as many as the hostile ones, but harmless.
  private static let harmless = HostileText.all.indices.map { index in
    Array(String(repeating: "harmless", count: index % 4 + 1).utf8) + Array("\(index)".utf8)
  }

  private func write(_ log: HostileLog, in folder: Folder) throws -> String {
    let path = folder.path(log.format + ".log")
    try Data(log.bytes).write(to: URL(filePath: path))
    return path
  }

  // MARK: - The dashboard

  /// Every pane, as it is and with the whole screen, to its last row; help; all that keys can show.
  ///
  /// - Returns: all the lines that were on the screen.
  private func lookEverywhere(_ program: TerminalProgram) throws -> Set<String> {
    var seen: Set<String> = []
    var turns = 0
    func press(_ keys: String...) throws {
      for key in keys {
        program.terminal.type(key)
        // Esc must be taken alone: with the key after it, it would be another one.
        try program.wait("the key is taken") { program.terminal.hasUnreadKeys ? nil : true }
        while program.read(waiting: 30) {}
        seen.formUnion(program.picture.lines)
      }
    }
    func turnZone() throws {
      turns += 1
      let zone = [" UTC ", " log ", " local "][turns % 3]
      program.terminal.type("T")
      try program.wait("the times are shown as\(zone)") {
        program.picture.lines[0].contains(zone) ? true : nil
      }
      seen.formUnion(program.picture.lines)
    }
    // Keys are taken in their order, so the frame with the zone shows what the keys before it did;
    // and it is out as a whole once the next one has begun.
    func settle() throws {
      try turnZone()
      try turnZone()
    }
    try program.wait(for: "END")
    let pageDown = "\u{1B}[6~"
    try press("?", "?", "r", "\u{1B}", "s", "S", "w", "W", "c")
    for pane in 1...5 {
      try press("\(pane)", "z", "g")
      try settle()
      var last: ArraySlice<String> = []
      while program.picture.lines.dropFirst() != last {
        last = program.picture.lines.dropFirst()
        try press(pageDown)
        try settle()
      }
      try press("G", "j", "k", "\r", "\u{1B}", "z", "\u{1B}")
    }
    try press("\u{C}", " ")
    program.terminal.type("\u{3}")
    #expect(try program.waitForEnd() == .died(ofSignal: SIGINT))
    return seen
  }

  /// What the terminal is told where nothing in the log is harmful.
  private func kindsOfHarmless(_ way: Way, _ folder: Folder) throws -> Set<String> {
    let path = try write(HostileLog.all(Self.harmless)[2], in: folder)
    let program = try way.start(["--no-follow", "--utc", path])
    _ = try lookEverywhere(program)
    // With a badge and a bar of progress, which a log shows only while it is read.
    let replay = try way.start(["--replay", "--utc", Built.fixture])
    try replay.wait(for: "REPLAY")
    replay.terminal.type("q")
    #expect(try replay.waitForEnd() == .exited(0))
    // A log of which most lines are garbage is called unreadable.
    let garbage = folder.path("garbage.log")
    try Data(String(repeating: "harmless\n", count: 100).utf8).write(to: URL(filePath: garbage))
    let unreadable = try way.start(["--no-follow", "--utc", garbage])
    try unreadable.wait(for: "unreadable")
    unreadable.terminal.type("q")
    #expect(try unreadable.waitForEnd() == .exited(1))
    return [program, replay, unreadable].reduce(into: Self.moves) { kinds, program in
      kinds.formUnion(TerminalBytes(program.output).kinds)
    }
  }

  /// How the cursor gets about and rows are moved depends on how alike two frames are.
  private static let moves: Set<String> = Set(
    ["[r", "[S", "[T", "[L", "[M", "M", "7", "8", "[X", "[K", "[b", "[A", "[B", "[C", "[D"].map {
      "\u{1B}" + $0
    }
      + ["C0 8", "C0 10", "C0 13"])

  @Test(arguments: ways) func b23NoScreenTellsTheTerminalAnythingOfALog(way: Way) throws {
    let folder = try Folder()
    let known = try kindsOfHarmless(way, folder)
    let isWhole = way.size.columns == 200 && way.options.isEmpty
    for log in HostileLog.all(HostileText.all.map(\.bytes)).suffix(isWhole ? 4 : 2) {
      let program = try way.start(["--no-follow", "--utc", try write(log, in: folder)])
      let seen = try lookEverywhere(program)
      let bytes = TerminalBytes(program.output)
      #expect(bytes.strings.isEmpty)
      #expect(bytes.harmfulCharacters.isEmpty, "\(bytes.harmfulCharacters)")
      #expect(bytes.kinds.subtracting(known).isEmpty, "\(bytes.kinds.subtracting(known))")
      #expect(program.picture.unknown.isEmpty, "\(program.picture.unknown)")
      if way.locale == "C" || way.options == ["--ascii"] {
        #expect(program.output.allSatisfy { $0 < 0x80 })
      }
      if isWhole { expectDrawn(seen, log.format) }
    }
  }

  /// Not by being left out: sections are made of paths up to a `;`, and each text was drawn in one, and
  /// as a client where that may hold a bracket.
  private func expectDrawn(_ seen: Set<String>, _ format: String) {
    for text in HostileText.all where text.bytes.allSatisfy({ $0 != 0x22 && $0 != 0x2F }) {
      let section = "/" + text.drawn.prefix { $0 != ";" }
      #expect(seen.contains { $0.contains(section) }, "\(section)")
      guard format == "csv" || !text.bytes.contains(0x5B) else { continue }
      #expect(seen.contains { $0.contains(text.drawn) }, "\(text.drawn)")
    }
  }

  // MARK: - Reports and messages

  /// What a text for people may tell the terminal: to begin a line.
  private func expectPlain(_ program: TerminalProgram, isASCII: Bool) {
    let bytes = TerminalBytes(program.output)
    #expect(bytes.kinds.isSubset(of: ["C0 10", "C0 13"]), "\(bytes.kinds)")
    #expect(bytes.harmfulCharacters.isEmpty, "\(bytes.harmfulCharacters)")
    if isASCII { #expect(program.output.allSatisfy { $0 < 0x80 }) }
  }

  @Test(arguments: 0..<4, [("text", "C.UTF-8"), ("text", "C"), ("ndjson", "C.UTF-8")])
  func b23NoReportOrMessageDoes(format: Int, way: (output: String, locale: String)) throws {
    let folder = try Folder()
    let log = HostileLog.all(HostileText.all.map(\.bytes))[format]
    let program = try Way(options: ["-v", "--top", "1000"], locale: way.locale).start([
      "--no-follow", "--output", way.output, try write(log, in: folder),
    ])
    #expect(try program.waitForEnd() == .exited(0))
    expectPlain(program, isASCII: way.locale == "C" || way.output == "ndjson")
    let text = String(decoding: program.output, as: UTF8.self)
    #expect(text.contains("rejected, shape"))
    #expect(text.contains("PWNED"))
  }

  /// The first rejected lines alone are told, so each text has its turn.
  @Test(arguments: HostileText.all) func b23NoRejectedLineDoes(text: HostileText) throws {
    let folder = try Folder()
    let path = folder.path("access.log")
    try Data(text.bytes + Array(" garbage\n".utf8)).write(to: URL(filePath: path))
    for locale in ["C.UTF-8", "C"] {
      let program = try Way(options: ["-v", "--no-follow"], locale: locale).start([
        "--output", "text", "--format", "combined", path,
      ])
      #expect(try program.waitForEnd() == .exited(1))
      expectPlain(program, isASCII: locale == "C")
      let words = String(decoding: program.output, as: UTF8.self)
      #expect(locale == "C" || words.contains(text.drawn) || words.contains("looks like UTF-16"))
    }
  }

  // MARK: - Names

  /// In the manner of bash, which can name every byte.
  private func quoted(_ bytes: [UInt8]) -> String {
    "$'" + bytes.map { "\\x" + (($0 < 16 ? "0" : "") + String($0, radix: 16)) }.joined() + "'"
  }

  private func underBash(_ command: String) throws -> TerminalProgram {
    try TerminalProgram(["/bin/bash", "--norc", "-c", command], size: Size(rows: 24, columns: 160))
  }

  private static let names = HostileText.all.filter { !$0.bytes.contains(0) }

  private func watch(_ name: String) throws -> TerminalBytes {
    let program = try underBash("exec \(Built.program) \(name)")
    try program.wait(for: "waiting for")
    let show = "cat \(Built.fixture) > \(name)"
    #expect(try Ended.running("/bin/bash -c \(Terminal.quoted(show))").status == 0)
    try program.wait(for: "4,950 hits")
    program.terminal.type("q")
    #expect(try program.waitForEnd() == .exited(0))
    return TerminalBytes(program.output)
  }

  private static let kindsOfHarmlessName = Result {
    let folder = try Folder()
    let tests = HostileTextTests()
    let kinds = try tests.kindsOfHarmless(Way(), folder)
    return kinds.union(try tests.watch(folder.path("harmless.log")).kinds)
  }

  /// A log that is not there is waited for, one that is there stands in the header, and of one that
  /// cannot be read it is said.
  @Test(arguments: names) func b23f30NoNameOfAFileDoes(text: HostileText) throws {
    let folder = try Folder()
    let name = quoted(Array(folder.path("x").utf8) + text.bytes)
    let bytes = try watch(name)
    #expect(bytes.strings.isEmpty)
    #expect(bytes.harmfulCharacters.isEmpty, "\(bytes.harmfulCharacters)")
    let unknown = bytes.kinds.subtracting(try Self.kindsOfHarmlessName.get())
    #expect(unknown.isEmpty, "\(unknown)")
    for command in ["--no-follow \(name)y", "--output text \(name)y", "-v --output text \(name)"] {
      let program = try underBash("\(Built.program) \(command); exit 5")
      #expect(try program.waitForEnd() == .exited(5))
      expectPlain(program, isASCII: false)
    }
  }

  /// Arguments that are wrong, and a type of terminal.
  @Test(arguments: names) func b23NoWrongArgumentDoes(text: HostileText) throws {
    let name = quoted(text.bytes)
    for command in [
      "--format \(name) x", "--\(name)", "--top \(name) x", "--since \(name) x",
      "--output dashboard \(name) \(name)",
    ] {
      let program = try underBash("exec \(Built.program) \(command)")
      #expect(try program.waitForEnd() == .exited(2), "\(command)")
      expectPlain(program, isASCII: false)
    }
    let program = try underBash("TERM=\(name) exec \(Built.program) \(Built.fixture)")
    #expect(try program.waitForEnd() == .exited(2))
    expectPlain(program, isASCII: false)
  }
}
