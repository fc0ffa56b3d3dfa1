import AccessLog
import Glibc
import Testing

@testable import LogInput

/// Recognizing files that are not plain text, however their bytes are split.
struct ContentCheckTests {
  let bench = Workbench()

  static let littleEndian: [UInt8] = "10.0.0.1".utf8.flatMap { [$0, 0] }
  static let bigEndian: [UInt8] = "10.0.0.1".utf8.flatMap { [0, $0] }

  static let refused: [([UInt8], InputFailure)] = [
    ([0xFF, 0xFE, 0x31, 0x00], .utf16), ([0xFE, 0xFF, 0x00, 0x31], .utf16),
    ([0xFF, 0xFE] + littleEndian, .utf16), (littleEndian, .utf16), (bigEndian, .utf16),
    ([0x1F, 0x8B, 0x08, 0x00], .compressed(.gzip)),
    (Array("BZh91AY&SY".utf8) + [0xE8], .compressed(.bzip2)),
    (
      Array("BZh1".utf8) + [0x17, 0x72, 0x45, 0x38, 0x50, 0x90, 0, 0, 0, 0],
      .compressed(.bzip2)
    ),
    ([0xFD] + Array("7zXZ".utf8) + [0, 0], .compressed(.xz)),
    ([0x28, 0xB5, 0x2F, 0xFD, 0x04], .compressed(.zstd)),
    ([0x5A, 0x2A, 0x4D, 0x18, 0x04], .compressed(.zstd)),
  ]

  static let plain: [[UInt8]] = [
    [0xFF, 0xFE], [0xFF, 0xFE, 0x61, 0x62], [0xFE, 0xFF, 0x31, 0x00], [0xFF], [0xFD], [0x1F, 0x20],
    Array("BZh91AY&S".utf8), Array("BZh01AY&SY".utf8), Array("(".utf8), Array("P".utf8),
    [0x31], [0x31, 0x00], [0x31, 0x00, 0x30, 0x00], [0x00, 0x31, 0x30], [0x00, 0x31, 0x00, 0x00],
    [UInt8](repeating: 0, count: 64), [0, 0] + littleEndian,
    [0] + littleEndian.dropLast(3) + [0x31],
    littleEndian.dropLast() + [0x31], [0x31, 0x31] + bigEndian,
  ]

  @Test(arguments: refused)
  func contentOtherThanPlainTextIsRefused(bytes: [UInt8], failure: InputFailure) throws {
    let path = bench.path("log")
    LogWriter(path).write(bytes)
    #expect(throws: failure) { try FileSource(path: path) }
    let followed = FollowedFile(path: path) { 0 }
    #expect(throws: failure) { try followed.start() }
    #expect(try followed.drain() == "")
    #expect(followed.state.phase == .failed(failure))
    bench.rotate("log", keep: 1)
    bench.append("good\n", to: "log")
    #expect(try followed.drain() == "|good\n")
    #expect(followed.state.phase == .following)
    let descriptor = open(bench.path("log.1").path, O_RDONLY)
    defer { close(descriptor) }
    let stream = try StreamSource(descriptor: descriptor)
    #expect(throws: failure) { try stream.drain() }
  }

  @Test func aSingleByteIsNotEnoughToRefuseAFile() throws {
    let writer = LogWriter(bench.path("log"))
    writer.write([0xFF])
    #expect(try FileSource(path: bench.path("log")).drain() == "\u{FFFD}$")
    let followed = FollowedFile(path: bench.path("log")) { 0 }
    #expect(try followed.drain() == "")
    writer.write([0x0A])
    #expect(try followed.drain() == "\u{FFFD}\n")
  }

  @Test(arguments: plain)
  func textThatBeginsLikeAnotherFormatIsRead(bytes: [UInt8]) throws {
    let path = bench.path("log")
    let writer = LogWriter(path)
    writer.write(bytes)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(try FileSource(path: path).drain() == text + "$")
    let descriptor = open(path.path, O_RDONLY)
    defer { close(descriptor) }
    #expect(try StreamSource(descriptor: descriptor).drain() == text + "$")
    let followed = FollowedFile(path: path) { 0 }
    try followed.start()
    writer.write(Array("\nline\n".utf8))
    #expect(try followed.drain() == text + "\nline\n")
  }

  @Test(arguments: refused)
  func theVerdictDoesNotDependOnHowTheBytesAreSplit(bytes: [UInt8], failure: InputFailure) throws {
    let told = (1...bytes.count).first {
      ContentCheck.refusal(firstBytes: bytes.prefix($0)) != nil
    }
    let needed = try #require(told)
    for count in 1...bytes.count {
      let verdict = ContentCheck.verdict(firstBytes: bytes.prefix(count))
      #expect((verdict == .undecided) == (count < needed))
      #expect(verdict.refusal == (count < needed ? nil : failure))
    }
    var ends: [Int32] = [0, 0]
    _ = pipe(&ends)
    defer { close(ends[0]) }
    let stream = try StreamSource(descriptor: ends[0])
    let followed = FollowedFile(path: bench.path("log")) { 0 }
    let writer = LogWriter(bench.path("log"))
    for byte in bytes.prefix(needed - 1) {
      _ = withUnsafeBytes(of: byte) { write(ends[1], $0.baseAddress, 1) }
      _ = try stream.drain()
      writer.write([byte])
      #expect(try followed.drain() == "")
    }
    _ = withUnsafeBytes(of: bytes[needed - 1]) { write(ends[1], $0.baseAddress, 1) }
    close(ends[1])
    #expect(throws: failure) { try stream.drain() }
    writer.write([bytes[needed - 1]])
    #expect(try followed.drain() == "")
    #expect(followed.state.phase == .failed(failure))
  }

  @Test func aShortTextInUTF16IsRefusedAtItsEnd() throws {
    let bytes = Array(Self.littleEndian.prefix(8))
    #expect(ContentCheck.verdict(firstBytes: bytes) == .undecided)
    #expect(ContentCheck.refusal(firstBytes: bytes, isAll: true) == .utf16)
    LogWriter(bench.path("log")).write(bytes)
    #expect(throws: InputFailure.utf16) { try FileSource(path: bench.path("log")) }
    let descriptor = open(bench.path("log").path, O_RDONLY)
    defer { close(descriptor) }
    let stream = try StreamSource(descriptor: descriptor)
    #expect(throws: InputFailure.utf16) { try stream.drain() }
  }
}
