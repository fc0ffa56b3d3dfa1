import Foundation
import ReceiverKit
import Testing

@testable import Actions

@Suite struct ExecSenderTests {
  // As the program itself does.
  init() { signal(SIGPIPE, SIG_IGN) }

  private func send(
    _ arguments: [String], _ notification: ActionNotification = sample(),
    timeout: Double = 30,
    environment: [String: String] = ["PATH": "/usr/bin:/bin", "HOME": "/root", "SECRET": "x"]
  ) -> SendResult {
    ExecSender(
      arguments, environment: environment, origin: testOrigin,
      limits: quickLimits(timeout: timeout),
      monotonic: testClock().monotonic
    ).send(notification)
  }

  @Test(arguments: [
    "\";touch PLACE;#", "$(touch PLACE)", "`touch PLACE`", "--help", "\n~!touch PLACE", "a\0b",
    "\u{1B}]0;x\u{7}",
  ])
  func textFromALogIsNeverInterpreted(text: String) throws {
    let folder = try Folder()
    let key = text.replacing("PLACE", with: folder.path("touched"))
    let script = try folder.script("cat > '\(folder.path("input"))'; env > '\(folder.path("env"))'")
    #expect(send(["/bin/sh", script], sample(key: key)) == .sent)
    #expect(!folder.names().contains("touched"))
    let input = Array(folder.text("input").utf8)
    #expect(JSONReader.value(of: input)?["key"]?.text == key)
    #expect(JSONReader.value(of: input)?["id"]?.text == sample(key: key).id)
    #expect(!folder.text("env").contains("\u{1B}"))
  }

  @Test func theEnvironmentIsCleanAndHoldsTheFacts() throws {
    let folder = try Folder()
    let script = try folder.script(
      "env > '\(folder.path("env"))'; echo \"$1\" > '\(folder.path("arg"))'")
    #expect(
      send(["/bin/sh", script, "$HOME {{key}}"], sample(key: "/a", state: .recovered)) == .sent)
    let names = folder.text("env").split(separator: "\n").map { $0.split(separator: "=")[0] }
    let expected = [
      "DURATION", "HITS", "HOST", "ID", "KEY", "LIMIT", "MESSAGE", "RULE", "STATE", "TIME", "VALUE",
      "VERSION", "WINDOW",
    ]
    #expect(
      Set(names.map(String.init)).subtracting(["PWD", "OLDPWD", "SHLVL", "_"])
        == Set(expected.map { "LM2000_" + $0 } + ["PATH", "HOME"]))
    for line in ["LM2000_KEY=/a", "LM2000_VALUE=10.05", "LM2000_STATE=recovered"] {
      #expect(folder.text("env").contains(line + "\n"))
    }
    #expect(folder.text("arg") == "$HOME {{key}}\n")
  }

  /// What a program writes that is run with arguments.
  private func output(_ arguments: String...) -> String {
    let (ending, output) = ChildProgram(
      path: arguments[0], arguments: arguments, environment: [], input: [], timeout: 20, grace: 1,
      now: testClock().monotonic
    ).run { _ in }
    #expect(ending == .exited(0))
    return String(decoding: output, as: UTF8.self)
  }

  @Test func theProgramHasOnlyItsOwnDescriptorsAndNoTerminal() throws {
    let leaked = open("/dev/null", O_RDONLY)
    defer { close(leaked) }
    // The last one is the folder that is being listed.
    #expect(output("/bin/ls", "/proc/self/fd") == "0\n1\n2\n3\n")
    let stat = output("/bin/cat", "/proc/self/stat").split(separator: " ")
    #expect(stat[0] == stat[4] && stat[0] == stat[5] && stat[6] == "0")
    let status = output("/bin/cat", "/proc/self/status")
    #expect(status.contains("SigBlk:\t0000000000000000"))
    // The C library itself has ignored two signals of its own.
    let ignored = ["SigIgn:\t0000000000000000", "SigIgn:\t0000000180000000"]
    #expect(ignored.contains { status.contains($0) })
  }

  @Test func saysWhyAProgramCannotBeRun() throws {
    let folder = try Folder()
    #expect(send([folder.path("missing")]) == .refused("No such file or directory"))
    try folder.write("#!/bin/sh\n", to: "plain", mode: 0o644)
    #expect(send([folder.path("plain")]) == .refused("Permission denied"))
    try folder.write("#!/bin/sh\n", to: "open", mode: 0o777)
    #expect(send([folder.path("open")]) == .refused("unsafe program: others may write to it"))
    try folder.write("#!/nowhere/sh\n", to: "bad", mode: 0o700)
    // While another test starts a program, the file may be busy.
    #expect(poll { send([folder.path("bad")]) == .failed("No such file or directory") })
    #expect(send(["/bin"]) == .refused("not a program"))
    let shared = folder.path("shared")
    try FileManager.default.createDirectory(atPath: shared, withIntermediateDirectories: false)
    try folder.write("#!/bin/sh\n", to: "shared/x", mode: 0o700)
    chmod(shared, 0o777)
    #expect(send([shared + "/x"]) == .refused("unsafe directory: others may write to it"))
  }

  @Test func aStatusOtherThanZeroIsAFailure() throws {
    let folder = try Folder()
    let script = try folder.script("printf 'no\\033 route\\nmore'; exit 3")
    #expect(send(["/bin/sh", script]) == .failed("exit status 3: no\\x1B route"))
  }

  @Test func aProgramThatDoesNotEndIsKilledWithItsChildren() throws {
    let folder = try Folder()
    let script = try folder.script(
      "trap '' TERM; echo $$ > '\(folder.path("pid"))'; while :; do sleep 60; done")
    #expect(send(["/bin/sh", script], timeout: 1) == .failed("timed out after 1 s"))
    let pid = try #require(
      pid_t(folder.text("pid").trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(poll { kill(-pid, 0) != 0 })
    var status: Int32 = 0
    #expect(waitpid(pid, &status, WNOHANG) == -1)
  }

  @Test func aLargeOutputIsReadAndMostlyForgotten() throws {
    let (ending, output) = ChildProgram(
      path: "/usr/bin/head", arguments: ["head", "-c", "100000000", "/dev/zero"],
      environment: [], input: [],
      timeout: 20, grace: 1, now: testClock().monotonic
    ).run { _ in }
    #expect(ending == .exited(0))
    #expect(output.count == ChildProgram.outputLimit)
  }

  @Test func aDaemonThatKeepsTheOutputOpenIsNotWaitedFor() throws {
    let folder = try Folder()
    let script = try folder.script("(sleep 2; exit) & exit 0")
    #expect(send(["/bin/sh", script]) == .sent)
  }

  @Test func aProgramNeedNotReadItsInput() throws {
    let key = String(repeating: "x", count: 1_000_000)
    #expect(send(["/bin/true"], sample(key: key)) == .sent)
  }
}
