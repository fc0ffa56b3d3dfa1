import Foundation
import TerminalCanvas
import TerminalKit
import Testing

/// A slow terminal, and one with a great deal of input.
@Suite(.ownThreads, .serialized) struct BusyTerminalTests {
  /// At 1 kB/s, frames are skipped and not queued; the whole log is read all the same.
  @Test func aSlowTerminalCostsOnlyFrames() throws {
    let folder = try Folder()
    try folder.append("", to: "access.log")
    let size = Size(rows: 50, columns: 160)
    let program = try TerminalProgram(
      [Built.program, "--utc", folder.path("access.log")], size: size)
    try program.wait(for: "following")
    var second = 1_773_476_000
    let start = monotonicSeconds()
    for round in 1...30 {
      var text = ""
      for hit in 0..<5_000 {
        if hit % 500 == 0 { second += 1 }
        text += "10.0.0.\(hit % 200),-,-,\(second),GET /part\(hit * round % 97)/x HTTP/1.1,200,5\n"
      }
      try folder.append(text, to: "access.log")
      while monotonicSeconds() - start < Double(round) / 10 {
        program.read(atMost: 20)
        usleep(20_000)
      }
    }
    // The bytes that were already queued and one more frame, not thirty.
    let before = program.output.count
    try program.wait(for: "150,000 hits")
    #expect(program.output.count - before < 100_000)
    let end = monotonicSeconds() + 1
    while monotonicSeconds() < end { program.read(atMost: 20) }
    program.terminal.type("q")
    try program.waitForEndSlowly()
    #expect(program.endingIfEnded() == .exited(0))
    #expect(program.terminal.modes == program.modesBefore)
  }

  private func finished() throws -> TerminalProgram {
    let program = try TerminalProgram([Built.program, "--no-follow", "--utc", Built.fixture])
    try program.wait(for: "END")
    return program
  }

  /// Keys are handled in order: when the help is open, everything typed before has been read.
  private func expectUntouched(_ program: TerminalProgram) throws {
    #expect(program.endingIfEnded() == nil)
    program.terminal.type("?")
    try program.wait(for: "this help")
    program.terminal.type("?")
    try program.waitUntilItLooks(like: try finished())
    program.terminal.type("q")
    #expect(try program.waitForEnd() == .exited(0))
  }

  /// Any bytes except those that the terminal turns into signals.
  @Test func aHugePasteActsAsNoKey() throws {
    let program = try finished()
    var bytes = (0..<1 << 20).map { _ in UInt8.random(in: 0...255) }
    bytes = bytes.map { [3, 26, 28].contains($0) ? 0x71 : $0 }
    try program.typeAll(Array("\u{1B}[200~".utf8) + bytes + Array("\u{1B}[201~".utf8))
    try expectUntouched(program)
  }

  /// Random bytes without our keys, but with single Esc and partial sequences.
  @Test func aMebibyteOfRandomBytesActsAsNoKey() throws {
    let program = try finished()
    let unused = Array("beilmovxyBEHIJKLMQRUVXYZ!#$%&'()*+,:;@^_`|~\u{1}\u{5}\u{7}\u{B}".utf8)
    let bytes = (0..<1 << 20).map { _ -> UInt8 in
      switch Int.random(in: 0..<10) {
      case 0: 0x1B
      case 1...4: .random(in: 0x80...0xFF)
      default: unused.randomElement()!
      }
    }
    try program.typeAll(bytes + Array("\u{7}\u{1B}\\".utf8))
    try expectUntouched(program)
  }
}

extension TerminalProgram {
  /// Waits for the end and reads 1 kB/s meanwhile.
  fileprivate func waitForEndSlowly() throws {
    let end = monotonicSeconds() + 60
    while endingIfEnded() == nil, monotonicSeconds() < end {
      read(atMost: 20)
      usleep(20_000)
    }
  }
}
