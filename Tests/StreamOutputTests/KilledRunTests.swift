import AccessLog
import Foundation
import PrivateFiles
import ReceiverKit
import Testing

@testable import StreamOutput

/// Runs that end at any moment, and disks that fail.
@Suite struct KilledRunTests {
  private let folder: Folder
  private let path: String

  init() throws {
    folder = try Folder()
    path = folder.path("spool")
  }

  /// What a folder holds, by name.
  private func files() throws -> [String: Data] {
    let base = path + "/" + folder.stream
    var files: [String: Data] = [:]
    for name in folder.streamFiles {
      files[name] = try Data(contentsOf: URL(filePath: base + "/" + name))
    }
    return files
  }

  private func put(_ files: [String: Data], in other: Folder) throws -> String {
    let base = other.path("spool/" + folder.stream)
    try FileManager.default.createDirectory(
      atPath: base, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    for (name, data) in files { try data.write(to: URL(filePath: base + "/" + name)) }
    return other.path("spool")
  }

  /// The folder as a kill leaves it between any two of the steps of each turn: a batch is written, then
  /// how far the run has come, then the batch is sent, then its file is removed.
  @Test func aRunThatIsKilledAtAnyStepIsContinuedExactly() throws {
    let away = FakeCarrier { $0.isAway = true }
    let stream = try SpooledStream(context(path), away)
    var states = [try files()]
    for second in 1...4 {
      stream.add(turn(Int64(second)))
      #expect(poll { stream.hasNothingQueued })
      states.append(try files())
    }
    stream.finish()
    for (index, after) in states.enumerated().dropFirst() {
      let before = states[index - 1]
      // The batch is there, and nobody knows of it.
      var between = after
      between["state"] = before["state"]
      // The broker has it, and the file is still there.
      for (files, isSent) in [(before, false), (between, false), (after, false), (after, true)] {
        let other = try Folder()
        let carrier = FakeCarrier()
        let next = try SpooledStream(context(try put(files, in: other)), carrier)
        let reached = next.checkpoints[testPath].flatMap {
          Int64(String(decoding: $0, as: UTF8.self))
        }
        for second in ((reached ?? 0) + 1)...6 { next.add(turn(second)) }
        #expect(poll { next.state.waiting == 0 && !carrier.arrived.isEmpty })
        next.finish()
        let expected = Array(1...Int64(6))
        #expect(carrier.counted == expected, "turn \(index), sent \(isSent)")
        #expect(carrier.reports.map(\.sequence) == Array(1...6))
        if !isSent { continue }
        // What had arrived before the kill has the same numbers as what arrives again.
        let former = try #require(
          StreamBatch.messages(decoding: [UInt8](after[batchName(index)] ?? Data())))
        #expect(former == [carrier.arrived[index - 1]])
      }
    }
  }

  /// A folder in the place of a file cannot be overwritten.
  @Test(arguments: [".new-state", ".new-0000000000000003.1"])
  func whatCannotBeWrittenIsSentFromMemoryInAnotherSeries(obstacle: String) throws {
    let carrier = FakeCarrier()
    let stream = try SpooledStream(context(path), carrier)
    for second in 1...2 {
      stream.add(turn(Int64(second)))
      #expect(poll { carrier.arrived.count == second })
    }
    let blocked = path + "/" + folder.stream + "/" + obstacle
    #expect(mkdir(blocked, 0o700) == 0)
    stream.add(turn(3))
    #expect(poll { carrier.arrived.count == 3 })
    #expect(stream.state.spoolProblem != nil)
    #expect(stream.state.notice(time: \.iso8601)?.text.hasPrefix("not kept on disk: ") == true)
    // The next run may continue the first series with other reports.
    #expect(Set(carrier.reports.map(\.series)).count == 2)
    #expect(carrier.reports.last?.sequence == 1)
    #expect(rmdir(blocked) == 0)
    stream.add(turn(4))
    #expect(poll { carrier.arrived.count == 4 && stream.state.spoolProblem == nil })
    stream.finish()
    #expect(carrier.counted == [1, 2, 3, 4])
    #expect(carrier.reports.map(\.sequence) == [1, 2, 1, 2])
  }

  @Test func withoutAFolderTheLatestAreInMemory() throws {
    let carrier = FakeCarrier { $0.isAway = true }
    var limits = quickLimits()
    limits.spool.memoryCapacity = 2_000
    limits.loadBytes = 1
    let stream = try SpooledStream(context(nil, limits: limits), carrier)
    for second in 1...50 {
      stream.add(turn(Int64(second)))
      #expect(poll { stream.hasNothingQueued })
    }
    let lost = stream.state.lost
    #expect(lost > 0 && stream.state.waiting == 50 - lost)
    carrier.isAway = false
    #expect(poll { stream.state.waiting == 0 })
    stream.finish()
    #expect(carrier.reports.count == 50 - lost && carrier.counted.last == 50)
  }

  /// A file system that is full, and later has room.
  @Test(.enabled(if: Mounted.isPossible, "only root can mount"))
  func aFullDiskLosesNothingThatMemoryHolds() throws {
    let mounted = try Mounted(size: "256k")
    let carrier = FakeCarrier { $0.isAway = true }
    let stream = try SpooledStream(context(mounted.path), carrier)
    var second: Int64 = 0
    #expect(
      poll {
        for _ in 0..<20 {
          second += 1
          stream.add(turn(second))
        }
        return stream.state.spoolProblem != nil
      })
    #expect(stream.state.spoolProblem == "No space left on device")
    try mounted.resize("64m")
    second += 1
    stream.add(turn(second))
    #expect(poll { stream.hasNothingQueued && stream.state.spoolProblem == nil })
    carrier.isAway = false
    #expect(poll { stream.state.waiting == 0 })
    let state = stream.finish()
    #expect(state.lost == 0)
    #expect(carrier.counted == Array(1...second))
  }

  @Test func twoProcessesDoNotSendAsTheSameSender() throws {
    let stream = try SpooledStream(context(path), FakeCarrier())
    #expect(throws: InstanceLock.Problem.inUse(pid: Int(getpid()))) {
      _ = try SpooledStream(context(path), FakeCarrier())
    }
    stream.finish()
  }
}

/// A file system of its own, until the object is released.
private final class Mounted {
  static let isPossible =
    geteuid() == 0 && (try? Mounted(size: "64k")) != nil

  let path: String

  init(size: String) throws {
    path =
      FileManager.default.temporaryDirectory.path(percentEncoded: false)
      + "/lm2000-mount-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try Self.run("mount -t tmpfs -o size=\(size),mode=700 none '\(path)'")
  }

  deinit {
    try? Self.run("umount -l '\(path)'")
    rmdir(path)
  }

  func resize(_ size: String) throws { try Self.run("mount -o remount,size=\(size) '\(path)'") }

  private struct Failure: Error {}

  private static func run(_ command: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command + " 2>/dev/null"]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure() }
  }
}
