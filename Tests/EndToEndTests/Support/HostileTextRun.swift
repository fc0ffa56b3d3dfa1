import Foundation
import TerminalCanvas
import TerminalKit
import Testing

/// How the program is started with a log of hostile texts.
struct HostileTextRun: Sendable, CustomTestStringConvertible {
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

// MARK: - What is harmless

extension HostileTextRun {
  /// Texts of similar number and length as the hostile ones, without any harm.
  private static let harmless = HostileText.all.indices.map { index in
    Array(String(repeating: "harmless", count: index % 4 + 1).utf8) + Array("\(index)".utf8)
  }

  /// Movements of the cursor and of rows, which depend on how similar two frames are.
  private static let moves: Set<String> = Set(
    ["[r", "[S", "[T", "[L", "[M", "M", "7", "8", "[X", "[K", "[b", "[A", "[B", "[C", "[D"].map {
      "\u{1B}" + $0
    }
      + ["C0 8", "C0 10", "C0 13"])

  /// The kinds of output that the terminal receives if nothing in the log is hostile.
  func harmlessKinds(_ folder: Folder) throws -> Set<String> {
    let path = try HostileLog.all(Self.harmless)[2].write(in: folder)
    let program = try start(["--no-follow", "--utc", path])
    var tour = DashboardTour(program)
    try tour.visitEverything()
    // With a badge and a progress bar, which otherwise only appear while a log is loaded.
    let replay = try start(["--replay", "--utc", Built.fixture])
    try replay.wait(for: "REPLAY")
    replay.terminal.type("q")
    #expect(try replay.waitForEnd() == .exited(0))
    // A log that consists mostly of garbage is reported as unreadable.
    let garbage = folder.path("garbage.log")
    try Data(String(repeating: "harmless\n", count: 100).utf8).write(to: URL(filePath: garbage))
    let unreadable = try start(["--no-follow", "--utc", garbage])
    try unreadable.wait(for: "unreadable")
    unreadable.terminal.type("q")
    #expect(try unreadable.waitForEnd() == .exited(1))
    return [program, replay, unreadable].reduce(into: Self.moves) { kinds, program in
      kinds.formUnion(TerminalBytes(program.output).kinds)
    }
  }
}

extension HostileLog {
  /// Writes the log to a file.
  ///
  /// - Returns: the path of the file.
  func write(in folder: Folder) throws -> String {
    let path = folder.path(format + ".log")
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }
}

// MARK: - What is unexpected

extension Set<String> {
  /// The kinds of output that are not among others. Which styles follow each other depends on when
  /// frames are drawn, and which colours of the palette a chart has on the traffic, so a sequence that
  /// sets styles is expected if each of its other styles is.
  func unexpected(among others: Set<String>) -> Set<String> {
    // Bold, and the ends of styles, may follow any frame.
    let ordinary: Set = ["0", "1", "39", "49"]
    let styles = others.reduce(into: ordinary) { $0.formUnion(Self.styles($1) ?? []) }
    return subtracting(others).filter { kind in
      Self.styles(kind).map { !styles.isSuperset(of: $0) } ?? true
    }
  }

  /// The styles that a sequence sets besides colours of the palette; nil for another sequence.
  private static func styles(_ sequence: String) -> Set<String>? {
    guard let match = sequence.wholeMatch(of: /\u{1B}\[([0-9;]*)m/) else { return nil }
    let others = match.output.1.replacing(/[34]8;5;\d+/, with: "")
    return Set(others.split(separator: ";").map(String.init))
  }
}
