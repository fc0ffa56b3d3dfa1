import Foundation
import TerminalCanvas
import Testing

@testable import MonitorApp

struct RememberedViewTests {
  private func full() -> RememberedView {
    var view = RememberedView()
    view.theme = .sixteen
    view.mouse = true
    view.times = .utc
    view.setSort("hits", of: "sections")
    view.setSort("-5xx", of: "clients")
    return view
  }

  // MARK: - Text

  @Test func theTextHasALineForEachChoice() {
    let lines = full().text.split(separator: "\n")
    #expect(lines.first?.hasPrefix("# ") == true)
    #expect(
      lines.dropFirst() == [
        "theme 16", "mouse on", "times utc", "sort clients=-5xx", "sort sections=hits",
      ])
    #expect(RememberedView(text: full().text) == full())
    #expect(RememberedView(text: RememberedView().text) == RememberedView())
  }

  @Test(arguments: [
    "", "\n\n", "# theme dark", "theme", "theme pink", "theme dark light", "Theme dark", "mouse",
    "mouse 1", "times gmt", "sort", "sort sections", "sort =hits", "sort sections=", "sort a=b=c",
    "sort é=hits", "sort sections=\u{1B}[31m", "unknown 1", "themedark", "theme\tdark", "\0",
    "sort \(String(repeating: "x", count: 65))=hits", "sort a=\(String(repeating: "x", count: 65))",
  ])
  func whatIsUnknownOrInvalidIsIgnored(text: String) {
    #expect(RememberedView(text: text) == RememberedView())
    var expected = RememberedView()
    expected.theme = .light
    #expect(RememberedView(text: "theme light\n\(text)\n") == expected)
    #expect(RememberedView(text: "\(text)\ntheme light") == expected)
  }

  @Test func theLastLineCounts() {
    let view = RememberedView(
      text: "theme dark\r\ntheme light\r\nmouse on\nmouse off\nsort a=x\nsort a=y\ntimes log")
    #expect(view.theme == .light && view.mouse == false && view.times == .log)
    #expect(view.sort == ["a": "y"])
  }

  @Test func namesAndTheirNumberAreLimited() {
    var view = RememberedView()
    let longest = String(repeating: "x", count: 64)
    view.setSort(longest, of: longest)
    #expect(view.sort == [longest: longest])
    for name in ["", "a b", "a=b", "é", "a\n", longest + "x"] {
      view.setSort(name, of: "table")
      view.setSort("order", of: name)
    }
    #expect(view.sort.count == 1)
    for number in 0..<1_000 { view.setSort("hits", of: "table\(number)") }
    view.setSort("bytes", of: "table0")
    #expect(view.sort.count == 64 && view.sort["table0"] == "bytes")
    #expect(view.text.utf8.count < 16_384)
  }

  @Test(arguments: 0..<100)
  func randomTextDoesNoHarm(seed: Int) {
    let bytes = (0..<seed * 10).map { _ in UInt8.random(in: 0...255) }
    let view = RememberedView(text: String(decoding: bytes, as: UTF8.self))
    #expect(RememberedView(text: view.text) == view)
  }

  // MARK: - The file

  /// A temporary folder, which is removed with the object.
  private final class Folder {
    let path = NSTemporaryDirectory() + "lm2000-" + UUID().uuidString

    init() throws {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file() throws -> RememberedViewFile {
      try #require(RememberedViewFile(environment: ["XDG_STATE_HOME": path]))
    }

    func mode(_ path: String) throws -> Int {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      return try #require(attributes[.posixPermissions] as? Int)
    }
  }

  @Test(
    arguments: [
      (["XDG_STATE_HOME": "/s", "HOME": "/h"], "/s/lm2000/view"),
      (["HOME": "/h"], "/h/.local/state/lm2000/view"),
      (["XDG_STATE_HOME": "", "HOME": "/h"], "/h/.local/state/lm2000/view"),
      (["XDG_STATE_HOME": "s", "HOME": "/h"], "/h/.local/state/lm2000/view"),
      (["HOME": ""], nil), (["HOME": "h"], nil), ([:], nil),
    ] as [([String: String], String?)])
  func theFileIsInTheUsersFolder(environment: [String: String], path: String?) {
    #expect(RememberedViewFile(environment: environment)?.path == path)
  }

  @Test func choicesAreReadAgain() throws {
    let folder = try Folder()
    let file = try folder.file()
    #expect(file.read() == RememberedView())
    #expect(file.write(full()) == nil)
    #expect(file.read() == full())
    #expect(file.write(RememberedView()) == nil)
    #expect(file.read() == RememberedView())
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/lm2000")
    #expect(names == ["view"])
    #expect(try folder.mode(file.path) == 0o600)
    #expect(try folder.mode(folder.path + "/lm2000") == 0o700)
  }

  @Test func missingFoldersAreMade() throws {
    let folder = try Folder()
    let file = try #require(RememberedViewFile(environment: ["HOME": folder.path]))
    #expect(file.write(full()) == nil)
    #expect(file.read() == full())
  }

  @Test func aLinkInItsPlaceIsReplacedAndNotFollowed() throws {
    let folder = try Folder()
    let file = try folder.file()
    let victim = folder.path + "/victim"
    try "important".write(toFile: victim, atomically: true, encoding: .utf8)
    try FileManager.default.createDirectory(
      atPath: folder.path + "/lm2000", withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(
      atPath: file.path, withDestinationPath: victim)
    #expect(file.write(full()) == nil)
    #expect(try String(contentsOfFile: victim, encoding: .utf8) == "important")
    #expect(file.read() == full())
    let type = try FileManager.default.attributesOfItem(atPath: file.path)[.type]
    #expect(type as? FileAttributeType == .typeRegular)
  }

  @Test func afterAFailureTheReasonIsGivenAndTheFormerFileStays() throws {
    let folder = try Folder()
    let file = try folder.file()
    try "".write(toFile: folder.path + "/lm2000", atomically: true, encoding: .utf8)
    #expect(file.write(full()) == "could not be remembered in \(file.path): Not a directory")
    #expect(file.read() == RememberedView())

    try FileManager.default.removeItem(atPath: folder.path + "/lm2000")
    try FileManager.default.createDirectory(
      atPath: file.path + "/inside", withIntermediateDirectories: true)
    #expect(file.write(full()) == "could not be remembered in \(file.path): Is a directory")
    #expect(file.read() == RememberedView())
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/lm2000")
    #expect(names == ["view"])
    #expect(RememberedViewFile(environment: ["HOME": "/proc/none"])?.write(full()) != nil)
  }

  @Test func aFileThatIsTooLargeOrNotRegularCountsAsAbsent() throws {
    let folder = try Folder()
    let file = try folder.file()
    #expect(file.write(full()) == nil)
    let text = "theme dark\n" + String(repeating: "#", count: 16_384 - 11)
    try text.write(toFile: file.path, atomically: true, encoding: .utf8)
    #expect(file.read().theme == .dark)
    try (text + "#").write(toFile: file.path, atomically: true, encoding: .utf8)
    #expect(file.read() == RememberedView())
    for other in ["/dev/zero", "/dev/null", folder.path] {
      try FileManager.default.removeItem(atPath: file.path)
      try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: other)
      #expect(file.read() == RememberedView())
    }
    try FileManager.default.removeItem(atPath: file.path)
    #expect(mkfifo(file.path, 0o600) == 0)
    #expect(file.read() == RememberedView())
    #expect(file.write(full()) == nil)
    #expect(file.read() == full())
  }
}
