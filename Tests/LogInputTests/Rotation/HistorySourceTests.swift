import AccessLog
import Testing

@testable import LogInput

/// Several generations of a log read as one stream.
@Suite struct HistorySourceTests {
  let bench = Workbench()

  /// A generation of a history: its bytes, and what may be wrong with it.
  private struct Part {
    var text: String
    var method: Compression?
    /// The compressed file lacks its last bytes.
    var isCut = false

    init(_ text: String, _ method: Compression? = nil, isCut: Bool = false) {
      (self.text, self.method, self.isCut) = (text, method, isCut)
    }
  }

  private func open(_ part: Part, _ name: String) throws -> any RewindableSource {
    var bytes = Array(part.text.utf8)
    if let method = part.method { bytes = method.compressed(bytes) }
    if part.isCut { bytes = bytes.dropLast(8) }
    bench.remove(name)
    LogWriter(bench.path(name)).write(bytes)
    return try RecordedLog.open(path: bench.path(name))
  }

  /// - Parameter parts: the oldest first.
  private func history(_ parts: [Part]) throws -> HistorySource {
    let sources = try parts.enumerated().map { try open($0.element, "log.\($0.offset)") }
    let newest = try #require(sources.last)
    return HistorySource(sources.dropLast(), newest, rewind: { newest.seek(to: $0) })
  }

  /// Reads all, with `|` for a boundary, `/` for a cut and `$` for the end.
  private func drain(_ source: HistorySource, block: Int = 1 << 16) throws -> String {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: block, alignment: 16)
    defer { buffer.deallocate() }
    var bytes: [UInt8] = []
    while true {
      switch try source.read(into: buffer) {
      case .bytes(let count): bytes += buffer[..<count]
      case .boundary: bytes.append(0x7C)
      case .cut: bytes.append(0x2F)
      case .caughtUp, .pending: return String(decoding: bytes, as: UTF8.self)
      case .end: return String(decoding: bytes + [0x24], as: UTF8.self)
      }
    }
  }

  private static let parts = [
    Part("one\ntwo\n", .gzip), Part("three\n", .zstd), Part(""), Part("four\nfi"),
    Part("six\n", .xz), Part("seven\nei"),
  ]
  private static let whole = "one\ntwo\n|three\n||four\nfi|six\n|seven\nei$"

  @Test(arguments: [1, 2, 3, 5, 7, 1 << 16])
  func theGenerationsFollowOneAnotherHoweverFewBytesAreRead(block: Int) throws {
    let source = try history(Self.parts)
    #expect(try drain(source, block: block) == Self.whole)
    #expect(!source.hasFailed)
    #expect(source.drainNotices().isEmpty)
  }

  /// The bytes of the stream are those of the generations, without the boundaries.
  @Test(arguments: [1, 4, 1 << 16])
  func readingContinuesAtAnyOffsetThatWasReached(block: Int) throws {
    let source = try history(Self.parts)
    let bytes = Self.whole.filter { $0 != "|" }
    _ = try drain(source, block: block)
    for offset in (0..<bytes.count).reversed() + Array(0..<bytes.count) {
      source.seek(to: Int64(offset))
      let rest = try drain(source, block: block)
      #expect(rest.filter { $0 != "|" } == bytes.dropFirst(offset), "from \(offset)")
      // Boundaries that lie ahead are met again.
      #expect(Self.whole.hasSuffix(rest), "from \(offset): \(rest)")
    }
  }

  @Test func readingContinuesWhereItWasBeforeTheEndWasReached() throws {
    let source = try history(Self.parts)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 3, alignment: 16)
    defer { buffer.deallocate() }
    var read = 0
    for _ in 0..<30 {
      if case .bytes(let count) = try source.read(into: buffer) { read += count }
      source.seek(to: Int64(read))
    }
    #expect(read == Self.whole.filter { $0 != "|" && $0 != "$" }.count)
  }

  @Test(arguments: Compression.allCases, [1, 6, 1 << 16])
  func aDamagedGenerationIsReadAsFarAsPossibleAndTheOthersCompletely(
    method: Compression, block: Int
  ) throws {
    let lines = String(decoding: SampleLog.lines(4_000), as: UTF8.self)
    let parts = [Part("one\n"), Part(lines, method, isCut: true), Part("two\n")]
    let source = try history(parts)
    let read = try drain(source, block: block)
    let pieces = read.split(separator: "/", omittingEmptySubsequences: false)
    // The lines themselves contain slashes: the last one is that of the cut.
    #expect(pieces.last == "two\n$")
    let damaged = read.dropLast("/two\n$".count)
    #expect(damaged.hasPrefix("one\n|"))
    #expect(lines.hasPrefix(damaged.dropFirst("one\n|".count)))
    #expect(source.hasFailed)
    let failure = InputFailure.undecodable(method, .unexpectedEnd)
    let notice = Notice.about(bench.path("log.1"), .input(.unreadable(failure)))
    #expect(source.drainNotices() == [notice])
    // Read again, it fails in the same way, which is not reported again.
    source.seek(to: 0)
    #expect(try drain(source, block: block) == read)
    #expect(source.drainNotices().isEmpty)
    #expect(source.hasFailed)
  }

  @Test func theHeadingIsThatOfTheGenerationThatIsRead() throws {
    let source = try history(Self.parts)
    #expect(source.heading.isEmpty)
    _ = try drain(source)
    #expect(source.state.path == bench.path("log.5"))
    #expect(source.state.phase == .ended)
  }

  @Test func theSizeIsThatOfAllGenerations() throws {
    let source = try history(Self.parts)
    #expect(source.size(ofNewest: nil) == nil)
    _ = try drain(source)
    let older = Self.parts.dropLast().reduce(0) { $0 + $1.text.utf8.count }
    #expect(source.size(ofNewest: 8) == Int64(older + 8))
  }

  /// What several threads have read of a generation is skipped.
  @Test func aPartThatWasReadInChunksIsSkipped() throws {
    let source = try history([Part("one\ntwo\n"), Part("three\nfour\n"), Part("five\n")])
    #expect(source.extent?.range == 0..<8)
    source.skip(to: 4, last: [])
    #expect(source.extent?.range == 4..<8)
    #expect(try drain(source) == "two\n|three\nfour\n|five\n$")
    source.seek(to: 8)
    source.skip(to: 6, last: [])
    #expect(try drain(source) == "four\n|five\n$")
    source.seek(to: 19)
    #expect(try drain(source) == "five\n$")
  }
}
