import AccessLog
import Testing

@testable import LogInput

/// Files that hold the same bytes as others.
@Suite struct FileCopiesTests {
  let bench = Workbench()

  private func write(_ bytes: [UInt8], _ name: String) {
    bench.remove(name)
    LogWriter(bench.path(name)).write(bytes)
  }

  /// The copies among the files a, b, c and so on: `b=a`.
  private func copies(_ contents: [[UInt8]]) -> [String] {
    let names = "abcdefgh".map(String.init).prefix(contents.count)
    for (name, bytes) in zip(names, contents) { write(bytes, name) }
    return FileCopies.find(names.map { bench.path($0) }).map {
      let names = [$0.copy, $0.original].map { String(decoding: $0.bytes.suffix(1), as: UTF8.self) }
      return names.joined(separator: "=")
    }
  }

  private static let log = SampleLog.lines(3_000)
  /// Longer than what is compared at once.
  private static let long = SampleLog.long

  private static func changed(_ bytes: [UInt8], at index: Int) -> [UInt8] {
    var bytes = bytes
    bytes[index] ^= 1
    return bytes
  }

  @Test func aFileWithTheSameBytesIsACopyOfTheFirstOne() {
    #expect(copies([Self.log, Self.log]) == ["b=a"])
    #expect(copies([Self.log, Self.long, Self.log, Self.long, Self.log]) == ["c=a", "d=b", "e=a"])
  }

  @Test(arguments: [0, 4_095, 4_096, 50_000, 1 << 20, 1_500_000])
  func aFileOfTheSameSizeThatDiffersAnywhereIsNoCopy(index: Int) throws {
    try #require(index < Self.long.count)
    #expect(copies([Self.long, Self.changed(Self.long, at: index)]).isEmpty)
    #expect(copies([Self.long, Self.changed(Self.long, at: Self.long.count - 1 - index)]).isEmpty)
  }

  @Test func aFileThatIsLongerIsNoCopy() {
    #expect(copies([Self.log, Self.log + Array("more\n".utf8)]).isEmpty)
  }

  @Test func emptyFilesAreNoCopies() {
    #expect(copies([[], [], [1], [1]]) == ["d=c"])
  }

  @Test func filesThatCannotBeReadAreNoCopies() {
    write(Self.log, "a")
    let paths = [bench.path("a"), bench.path("none"), bench.directory, Name("-")]
    #expect(FileCopies.find(paths).isEmpty)
  }

  // MARK: - Compressed copies

  private func isCompressedCopy(_ compressed: [UInt8], of plain: [UInt8]) -> Bool {
    write(compressed, "log.1.gz")
    write(plain, "log.1")
    return FileCopies.isCompressed(bench.path("log.1.gz"), copyOf: bench.path("log.1"))
  }

  @Test(arguments: Compression.allCases)
  func aCompressedCopyIsRecognizedCompleteAndHalfWritten(method: Compression) {
    let compressed = method.compressed(Self.long)
    #expect(isCompressedCopy(compressed, of: Self.long))
    #expect(isCompressedCopy(Array(compressed.dropLast(8)), of: Self.long))
    #expect(isCompressedCopy(Array(compressed.prefix(compressed.count / 2)), of: Self.long))
    // The log may have grown since.
    #expect(isCompressedCopy(compressed, of: Self.long + Array("more\n".utf8)))
  }

  @Test(arguments: Compression.allCases, [0, 5_000, 1_500_000])
  func aCompressedFileWithOtherBytesIsNoCopy(method: Compression, index: Int) {
    let compressed = method.compressed(Self.changed(Self.long, at: index))
    #expect(!isCompressedCopy(compressed, of: Self.long))
    #expect(!isCompressedCopy(Array(compressed.dropLast(8)), of: Self.long))
  }

  @Test func aCompressedFileThatHoldsMoreIsNoCopy() {
    #expect(!isCompressedCopy(Compression.gzip.compressed(Self.long), of: Self.log))
  }

  @Test func whatIsNotCompressedOrEmptyIsNoCopy() {
    #expect(!isCompressedCopy(Self.log, of: Self.log))
    #expect(!isCompressedCopy([], of: Self.log))
    #expect(!isCompressedCopy(Compression.gzip.compressed([]), of: Self.log))
    #expect(
      !isCompressedCopy(Array(Compression.gzip.compressed(Self.log).prefix(12)), of: Self.log))
    bench.remove("log.1")
    #expect(!FileCopies.isCompressed(bench.path("log.1.gz"), copyOf: bench.path("log.1")))
  }
}
