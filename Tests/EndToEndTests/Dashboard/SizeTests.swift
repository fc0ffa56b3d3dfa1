import Foundation
import TerminalCanvas
import TerminalKit
import Testing

/// The dashboard at every size of the terminal and after resizes, on a pseudo-terminal.
@Suite(.ownThreads, .serialized) struct SizeTests {
  private func fixture(
    _ size: Size, _ more: [String: String] = [:], log: String = Built.fixture
  ) throws -> TerminalProgram {
    let environment = TerminalProgram.usualEnvironment.merging(more) { _, other in other }
    return try TerminalProgram(
      [Built.program, "--no-follow", "--utc", log], environment: environment, size: size)
  }

  /// Waits until the screen equals that of a program started at the same size.
  private func expectLikeNew(
    _ program: TerminalProgram, _ size: Size, log: String = Built.fixture
  ) throws {
    let other = try fixture(size, log: log)
    try other.wait(for: "END")
    try program.waitUntilItLooks(like: other)
    try expectEnd(other)
  }

  private func expectEnd(_ program: TerminalProgram) throws {
    program.terminal.type("q")
    #expect(try program.waitForEnd() == .exited(0))
    #expect(program.picture.unknown.isEmpty, "\(program.picture.unknown)")
  }

  /// A log of 60,000 seconds, which takes a while to read.
  private func longLog(in folder: Folder) throws -> String {
    var text = ""
    for second in 0..<60_000 {
      for hit in 0..<(second % 7) {
        text += "10.0.0.\(second % 9),-,-,\(1_773_476_000 + second),"
        text += "GET /part\(second * hit % 23)/x HTTP/1.1,200,\(hit)\n"
      }
    }
    try folder.append(text, to: "long.csv")
    return folder.path("long.csv")
  }

  @Test func fiveHundredResizesWhileLoadingEndInTheFrameOfANewProgram() throws {
    let folder = try Folder()
    let log = try longLog(in: folder)
    let size = Size(rows: 40, columns: 120)
    let program = try fixture(size, log: log)
    try program.wait(for: "LOADING")
    for _ in 0..<500 {
      program.resize(to: Size(rows: .random(in: 1...300), columns: .random(in: 1...600)))
      program.read(waiting: 10)
      #expect(program.endingIfEnded() == nil)
    }
    program.resize(to: size)
    try expectLikeNew(program, size, log: log)
    program.terminal.type("q")
    #expect(try program.waitForEnd() == .exited(0))
  }

  @Test(arguments: [(1, 1), (1, 80), (24, 1), (2, 10), (500, 500)])
  func nothingIsDrawnOutsideTheScreen(rows: Int, columns: Int) throws {
    let program = try fixture(Size(rows: rows, columns: columns))
    try program.wait("it draws") { program.output.count > 100 ? true : nil }
    try expectEnd(program)
    #expect(!program.picture.movedOutside)
  }

  @Test func aTerminalWithoutASizeHasTheStandardOne() throws {
    let program = try fixture(Size(rows: 0, columns: 0))
    try expectLikeNew(program, Size(rows: 24, columns: 80))
  }

  @Test(arguments: [("99999999", "-1"), ("1", "1"), ("", "x")])
  func theEnvironmentDoesNotDetermineTheSize(columns: String, lines: String) throws {
    let size = Size(rows: 20, columns: 90)
    let program = try fixture(size, ["COLUMNS": columns, "LINES": lines])
    try expectLikeNew(program, size)
  }

  /// Wide characters, emoji sequences and runs of combining marks, truncated at every column.
  @Test func noContentOfALogMovesAColumn() throws {
    let folder = try Folder()
    let family = "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}"
    let paths = [
      "日本語日本語日本語日本語", family + family, "\u{1F1E9}\u{1F1EA}\u{1F1EF}\u{1F1F5}",
      "e" + String(repeating: "\u{300}", count: 60), "ｆｕｌｌｗｉｄｔｈ", "plain",
    ]
    for path in paths {
      try folder.append(
        "\(path) - - [23/Nov/2026:17:00:09 +0000] \"GET /\(path)/x HTTP/1.1\" 200 512\n",
        to: "wide.log")
    }
    let program = try fixture(Size(rows: 40, columns: 60), log: folder.path("wide.log"))
    try program.wait(for: "END")
    for columns in 60...130 {
      let size = Size(rows: 40, columns: columns)
      program.resize(to: size)
      try program.wait("every row has \(columns) columns") {
        let lines = program.picture.lines
        let framed = lines.filter { "╭│╰".contains($0.first ?? " ") }
        let isWhole = framed.allSatisfy { "╮│╯┃".contains($0.last ?? " ") }
        return framed.count > 30 && isWhole && program.picture.widths == size.rowWidths
          ? true : nil
      }
    }
    try expectEnd(program)
  }

  @Test func afterAStopTheDashboardIsDrawnAtTheNewSize() throws {
    let program = try fixture(Size(rows: 24, columns: 80))
    try program.wait(for: "END")
    let modes = program.terminal.modes
    program.send(SIGSTOP)
    try program.wait("it is stopped") { program.isStopped ? true : nil }
    // As a shell may do meanwhile.
    let size = Size(rows: 30, columns: 100)
    program.terminal.setModes(like: program.modesBefore)
    program.resize(to: size)
    program.send(SIGCONT)
    try expectLikeNew(program, size)
    #expect(program.terminal.modes == modes)
    try expectEnd(program)
    #expect(program.terminal.modes == program.modesBefore)
  }
}

extension Size {
  /// The width of each row.
  fileprivate var rowWidths: [Int] { Array(repeating: columns, count: rows) }
}
