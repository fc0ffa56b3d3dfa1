import AccessLog
import Glibc
import Testing

@testable import LogInput

/// Logs that are replaced by a copy of themselves, or rewritten as one: reading continues where it
/// stopped.
struct ReplacementTests {
  let bench = Workbench()
  let clock = HandClock()

  func follow(tail: Int? = nil, watch: FileWatch? = nil) -> FollowedFile {
    let clock = clock
    return FollowedFile(path: bench.path("log"), tail: tail, watch: watch) { clock.now }
  }

  enum Way: CaseIterable {
    /// rsync, sed -i, mv
    case renaming
    /// cat t > log, before the log is read again
    case rewriting
    /// The same, but the empty file is read in between.
    case rewritingSlowly
    /// rm log; cp t log
    case deleting
    /// The old file is renamed, and deleted once the new one is written.
    case savingAside
  }

  /// Replaces the log by a file with a text.
  func replace(_ log: FollowedFile, with text: String, _ way: Way) throws -> String {
    var seen = ""
    switch way {
    case .renaming:
      bench.append(text, to: "new")
      bench.rename("new", "log")
    case .rewriting:
      bench.truncate("log")
      bench.append(text, to: "log")
    case .rewritingSlowly:
      bench.truncate("log")
      seen = try log.drain()
      bench.append(text, to: "log")
    case .deleting:
      bench.remove("log")
      seen = try log.drain()
      bench.append(text, to: "log")
    case .savingAside:
      bench.rename("log", "log~")
      bench.truncate("log")
      seen = try log.drain()
      bench.append(text, to: "log")
      bench.remove("log~")
    }
    return try seen + log.drain()
  }

  static let lines = (0..<300).map { "line \(1000 + $0)\n" }

  /// The texts are shorter than a sample, as long as one, or longer than both samples.
  @Test(arguments: Way.allCases, [1, 2, 90, 103, 250])
  func aLongerCopyIsReadFromWhereReadingStopped(way: Way, count: Int) throws {
    for watch in [FileWatch(), nil] {
      bench.remove("log")
      let text = Self.lines[..<count].joined()
      bench.append(text, to: "log")
      let log = follow(watch: watch)
      #expect(try log.drain() == text)
      // The boundary makes no difference, as the next line begins there anyway.
      var seen = try replace(log, with: text + "more\n", way)
      #expect(seen.filter { $0 != "|" } == "more\n")
      seen = try replace(log, with: text + "more\nand more\n", way)
      #expect(seen.filter { $0 != "|" } == "and more\n")
      bench.append("appended\n", to: "log")
      #expect(try log.drain() == "appended\n")
      #expect(log.state.replacements == (way == .rewriting ? 0 : 2))
      #expect(log.state.rotations == 0)
      #expect(log.state.truncations == 0)
      #expect(log.state.unreadFiles == 0)
    }
  }

  @Test(arguments: Way.allCases)
  func nothingIsReadOfACopyOfTheSameLength(way: Way) throws {
    let text = Self.lines.joined()
    bench.append(text, to: "log")
    let log = follow()
    _ = try log.drain()
    #expect(try replace(log, with: text, way).filter { $0 != "|" } == "")
    bench.append("new\n", to: "log")
    #expect(try log.drain() == "new\n")
  }

  /// A common beginning alone, or a common end alone, does not make a file a copy.
  @Test(arguments: Way.allCases, [0, 150, 299])
  func aFileThatDiffersInTheSamplesIsReadCompletely(way: Way, changed: Int) throws {
    let before = Self.lines
    var after = Self.lines + Self.lines
    // The bytes between the first and the last kilobyte are not compared.
    if changed == 150 { after[changed...].reverse() } else { after[changed] = "other 99\n" }
    bench.append(before.joined(), to: "log")
    let log = follow()
    #expect(try log.drain() == before.joined())
    #expect(try replace(log, with: after.joined(), way) == "|" + after.joined())
    #expect(log.state.replacements == 0)
    #expect(log.state.rotations + log.state.truncations == 1)
  }

  @Test(arguments: Way.allCases)
  func aShorterFileIsReadCompletely(way: Way) throws {
    let text = Self.lines.joined()
    bench.append(text, to: "log")
    let log = follow()
    _ = try log.drain()
    let half = Self.lines[..<100].joined()
    #expect(try replace(log, with: half, way) == "|" + half)
  }

  @Test(arguments: Way.allCases)
  func ifNothingWasReadTheNewFileIsReadCompletely(way: Way) throws {
    bench.truncate("log")
    let log = follow()
    #expect(try log.drain() == "")
    #expect(try replace(log, with: "1\n2\n", way).filter { $0 != "|" } == "1\n2\n")
    #expect(log.state.replacements == 0)
  }

  @Test(arguments: Way.allCases)
  func anIncompleteLineIsCompletedFromTheCopy(way: Way) throws {
    bench.append("one\nha", to: "log")
    let log = follow()
    #expect(try log.drain() == "one\n")
    #expect(try replace(log, with: "one\nhalf\n", way).filter { $0 != "|" } == "half\n")
    clock.now += 6
    #expect(try log.drain() == "")
    clock.now += 100
    _ = try log.drain()
    #expect(log.logFiles.count == 1)
  }

  @Test func aCopyIsNotReadWhileItIsBeingWritten() throws {
    let text = Self.lines.joined()
    bench.append(text, to: "log")
    let log = follow()
    _ = try log.drain()
    bench.truncate("log")
    for part in [text.prefix(1), text.dropFirst(1).prefix(1500), text.dropFirst(1501)] {
      bench.append(String(part), to: "log")
      clock.now += 1.5
      #expect(try log.drain() == "")
    }
    bench.append("new\n", to: "log")
    #expect(try log.drain() == "new\n")
    #expect(log.state.truncations == 0)
    #expect(log.state.replacements == 1)
  }

  @Test func aCopyThatIsNeverCompletedIsReadAsANewFile() throws {
    bench.append(Self.lines.joined(), to: "log")
    let log = follow()
    _ = try log.drain()
    bench.truncate("log")
    bench.append(Self.lines[0] + "line", to: "log")
    #expect(try log.drain() == "")
    clock.now += 2
    #expect(try log.drain() == "|" + Self.lines[0])
    bench.append("s\n", to: "log")
    #expect(try log.drain() == "lines\n")
    #expect(log.state.truncations == 1)
  }

  @Test func aNewFileThatBeginsLikeARenamedOneIsNotItsCopy() throws {
    bench.append("same\n", to: "log")
    let log = follow()
    #expect(try log.drain() == "same\n")
    bench.rotate("log", keep: 2)
    bench.append("same\nmore\n", to: "log")
    #expect(try log.drain() == "|same\nmore\n")
    bench.copy("log", "log.1")
    bench.truncate("log")
    bench.append("same\n", to: "log")
    #expect(try log.drain() == "|same\n")
    #expect(log.state.replacements == 0)
    #expect(log.state.rotations == 1)
    #expect(log.state.truncations == 1)
  }

  @Test func linesAppendedToTheReplacedFileAreRead() throws {
    let writer = LogWriter(bench.path("log"))
    writer.write("1\n")
    let log = follow()
    #expect(try log.drain() == "1\n")
    // The log grows after it was copied and before it is replaced.
    bench.copy("log", "new")
    writer.write("2\n")
    bench.append("3\n", to: "new")
    bench.rename("new", "log")
    #expect(try log.drain() == "2\n3\n")
    writer.write("4\n")
    bench.append("5\n", to: "log")
    #expect(try log.drain() == "4\n5\n")
    #expect(log.state.replacements == 1)
  }

  @Test func copiesThatReplaceEachOtherBetweenTwoChecksAreNotMissed() throws {
    bench.append("0\n", to: "log")
    let log = follow(watch: FileWatch())
    #expect(try log.drain() == "0\n")
    var text = "0\n"
    for number in 1...3 {
      text += "\(number)\n"
      bench.append(text, to: "new")
      bench.rename("new", "log")
    }
    #expect(try log.drain() == "1\n2\n3\n")
    #expect(log.state.unreadFiles == 0)
    bench.rotate("log", keep: 1)
    bench.append("4\n", to: "log")
    #expect(try log.drain() == "|4\n")
    #expect(log.state.rotations == 1)
  }

  @Test func aCopyIsAlsoRecognizedIfOnlyTheLastLinesWereRead() throws {
    let text = Self.lines.joined()
    bench.append(text, to: "log")
    let log = follow(tail: 2)
    #expect(try log.drain() == Self.lines[298...].joined())
    #expect(try replace(log, with: text + "more\n", .renaming) == "more\n")
  }
}
