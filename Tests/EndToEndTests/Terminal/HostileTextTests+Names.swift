import TerminalCanvas
import TerminalKit
import Testing

// Names of files and other arguments.

extension HostileTextTests {
  private static let names = HostileText.all.filter { !$0.bytes.contains(0) }

  private static let harmlessNameKinds = Result {
    let folder = try Folder()
    let kinds = try HostileTextRun().harmlessKinds(folder)
    return kinds.union(try HostileTextTests().follow(folder.path("harmless.log")).kinds)
  }

  /// Quoted for bash, which can express every byte.
  private func quoted(_ bytes: [UInt8]) -> String {
    "$'" + bytes.map { "\\x" + (($0 < 16 ? "0" : "") + String($0, radix: 16)) }.joined() + "'"
  }

  private func underBash(_ command: String) throws -> TerminalProgram {
    try TerminalProgram(["/bin/bash", "--norc", "-c", command], size: Size(rows: 24, columns: 160))
  }

  /// Follows a log from before it exists until it has been read.
  private func follow(_ name: String) throws -> TerminalBytes {
    let program = try underBash("exec \(Built.program) \(name)")
    try program.wait(for: "waiting for")
    let create = "cat \(Built.fixture) > \(name)"
    #expect(try Ended.running("/bin/bash -c \(Terminal.quoted(create))").status == 0)
    try program.wait(for: "4,950 hits")
    program.terminal.type("q")
    #expect(try program.waitForEnd() == .exited(0))
    return TerminalBytes(program.output)
  }

  /// The name of a missing log is in the notice, the name of an existing one in the header, and the name
  /// of an unreadable one in an error message.
  @Test(arguments: names) func hostileTextIsHarmlessInNamesOfFiles(text: HostileText) throws {
    let folder = try Folder()
    let name = quoted(Array(folder.path("x").utf8) + text.bytes)
    let bytes = try follow(name)
    #expect(bytes.strings.isEmpty)
    #expect(bytes.harmfulCharacters.isEmpty, "\(bytes.harmfulCharacters)")
    let unexpected = bytes.kinds.unexpected(among: try Self.harmlessNameKinds.get())
    #expect(unexpected.isEmpty, "\(unexpected)")
    for command in [
      "--no-follow \(name)y", "--output text \(name)y", "-v --output text \(name)",
      "--output text \(name) \(name)",
    ] {
      let program = try underBash("\(Built.program) \(command); exit 5")
      #expect(try program.waitForEnd() == .exited(5))
      expectPlain(program, isASCII: false)
    }
  }

  /// Wrong arguments, and a wrong terminal type.
  @Test(arguments: names) func hostileTextIsHarmlessInArguments(text: HostileText) throws {
    let name = quoted(text.bytes)
    for command in [
      "--format \(name) x", "--\(name)", "--top \(name) x", "--since \(name) x",
      "--demo \(name)",
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
