import Foundation
import ReceiverKit
import Testing

@testable import Actions

@Suite struct FileSenderTests {
  private let folder: Folder
  private var path: String { folder.path("alerts") }

  init() throws { folder = try Folder() }

  private var lines: [Substring] { folder.text("alerts").split(separator: "\n") }

  @Test func appendsWholeLinesThatOnlyTheUserMayRead() throws {
    let sender = FileSender(path, origin: testOrigin)
    #expect(sender.send(sample(at: 1)) == .sent)
    #expect(sender.send(sample(at: 2)) == .sent)
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { JSONReader.value(of: Array($0.utf8))?["host"]?.text == "web1" })
    #expect(try folder.mode("alerts") == 0o600)
  }

  @Test(arguments: [true, false])
  func writesToTheNewFileOnceTheOldOneIsGone(isRenamed: Bool) throws {
    let sender = FileSender(path, origin: testOrigin)
    #expect(sender.send(sample(at: 1)) == .sent)
    if isRenamed { rename(path, folder.path("alerts.1")) } else { unlink(path) }
    #expect(sender.send(sample(at: 2)) == .sent)
    #expect(lines.count == 1)
  }

  @Test func removesPartOfALineThatAnEarlierRunHasLeft() throws {
    try folder.write("{\"event\":\"alert\"}\n{\"event\":\"al", to: "alerts")
    #expect(FileSender(path, origin: testOrigin).send(sample()) == .sent)
    #expect(lines.count == 2 && lines[1].hasSuffix("}"))
    try folder.write("something else", to: "alerts")
    #expect(FileSender(path, origin: testOrigin).send(sample()) == .sent)
    #expect(lines.count == 2 && lines[0] == "something else")
  }

  @Test func aFullDiskIsAFailureAndLeavesNoPartOfALine() throws {
    #expect(
      FileSender("/dev/full", origin: testOrigin).send(sample())
        == .failed("No space left on device"))
  }

  @Test func followsNoSymbolicLinkAndWritesToNoUnsafeFolder() throws {
    try folder.write("victim", to: "victim")
    symlink(folder.path("victim"), path)
    #expect(
      FileSender(path, origin: testOrigin).send(sample()) == .failed("is a symbolic link"))
    #expect(folder.text("victim") == "victim")
    unlink(path)
    chmod(folder.path(""), 0o777)
    #expect(
      FileSender(path, origin: testOrigin).send(sample())
        == .failed("unsafe directory: others may write to it"))
    #expect(
      FileSender(folder.path("none/x"), origin: testOrigin).send(sample())
        == .failed("No such file or directory"))
  }
}
