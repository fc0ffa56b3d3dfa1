import Foundation
import Testing

/// Files that must not be used as a history, or that lack one.
@Suite(.ownThreads) struct HistoryNameTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
    chmod(folder.path(""), 0o700)
  }

  private func run(_ command: String) throws -> Ended {
    try Ended.running(
      "cd '\(folder.path(""))' && { \(command)\n}", path: Built.folder + ":/usr/bin:/bin")
  }

  /// It would be set aside as a damaged history.
  @Test(arguments: [
    ("--history log", "log"), ("--history ./log other", "log"), ("--history log", "linked"),
    ("--history log", "hard"), ("--history log", "folder/log"), ("--history log", "'l?g'"),
    ("--history log", "- < log"), ("--history log", "< log"), ("--history new", "-f new"),
    ("--history new", "-f folder/new"), ("--history linked-folder/log", "log"),
    ("--config config", "log"),
  ])
  func aLogIsNoHistory(options: String, log: String) throws {
    let line = "h,-,-,1700000000,\"GET /a HTTP/1.0\",200,1\n"
    try folder.append(line, to: "log")
    try folder.append(line, to: "other")
    try folder.append("history log\n", to: "config")
    let ended = try run(
      """
      chmod 600 *; ln -s log linked; ln -s . folder; ln -s . linked-folder
      [ \(log) = hard ] && ln log hard
      lm2000 --output text \(options) \(log); echo $?; ls
      """)
    let words = ended.output.split(separator: "\n")
    let expected = ["config", "folder", "linked", "linked-folder", "log", "other"]
    #expect(words.first == "2", "\(ended.errors)")
    #expect(words.dropFirst().filter { $0 != "hard" } == expected[...].map { $0[...] })
    #expect(ended.errors.contains("too: name another file"), "\(ended.errors)")
    #expect(try String(contentsOfFile: folder.path("log"), encoding: .utf8) == line)
  }

  @Test(arguments: ["link", "folder/h.db"])
  func aLinkIsNotShown(path: String) throws {
    let ended = try run(
      """
      lm2000 --output text --history h.db '\(Built.fixture)' > /dev/null || exit
      ln -s h.db link; ln -s . folder
      lm2000 --show-history --history \(path)
      """)
    #expect(ended.status == 1)
    #expect(ended.errors == "lm2000: \(path): is a symbolic link\n")
  }
}
