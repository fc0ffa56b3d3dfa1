import AccessLog
import LogInput
import LogParsing
import TrafficAnalysis

/// The part of a log that a worker reads: the lines that begin in it.
struct ChunkPlace: Sendable {
  /// As offsets in the file.
  var range: Range<Int64>
  /// Whether a line begins with the first byte. Otherwise the first line of the chunk begins behind
  /// the first newline from the byte before on.
  var beginsLine: Bool
}

/// A chunk that was read, parsed and counted.
struct ParsedChunk: Sendable {
  let summary: ChunkSummary
  /// What was parsed besides lines.
  var details: LineDetails
  /// The parser at the end of the chunk.
  var parser: LogParser
  /// The first line of the chunk and the end of its last, as offsets in the file.
  var lines: Range<Int64>
  /// The bytes before the first line and before the end, as they were read.
  var before: [UInt8]
  var last: [UInt8]
}

/// Reads, parses and counts chunks, one at a time, with memory that it uses again: a buffer, the
/// names of the records, and the summaries that come back to it.
///
/// How a line travels: `pread` copies a chunk into the buffer; the ends of its lines are found 8 KiB
/// ahead; the format finds the fields of each, usually in a loop that reads nothing but usual lines; the
/// batch replaces names by their IDs, those of 64 lines together; the counter groups the records by
/// second and counts the names of each. All that is left of a line are numbers in the summary of its
/// chunk.
final class ChunkReader: @unchecked Sendable {
  /// Bytes before the chunk that are read with it, by which a change of the file is detected.
  static let sampleLength = 1024
  /// What is read behind the chunk at first, for the rest of its last line.
  private static let usualRest = 1024
  /// The longest rest of a line. A longer one is left to the ordinary way.
  private static let longestRest = 2 * LogParser.lineLimit + 2
  /// The alignment at which the kernel copies fastest.
  private static let alignment = 4096

  private let buffer: UnsafeMutableRawPointer
  private let capacity: Int
  let batch = RecordBatch()
  /// The number of names of the batch that were handed on with a summary.
  private var handedOn = PerDimension(repeating: 0)
  private var generation: NameGeneration
  private var counter = ChunkCounter()

  /// - Parameter chunkSize: the length of the longest chunk in bytes.
  init(chunkSize: Int) {
    capacity = Self.alignment + Self.sampleLength + chunkSize + Self.longestRest
    buffer = .allocate(byteCount: capacity + LineBytes.padding, alignment: Self.alignment)
    buffer.initializeMemory(as: UInt8.self, repeating: 0, count: capacity + LineBytes.padding)
    generation = batch.generation
  }

  deinit { buffer.deallocate() }

  /// Notes that all names of the batch are known to the analysis.
  func markNamesHandedOn() {
    handedOn = batch.names.map { $0.count }
    generation = batch.generation
  }

  /// Reads a chunk.
  ///
  /// - Parameters:
  ///   - start: the parser before the chunk.
  ///   - summary: receives the lines and figures.
  /// - Returns: `nil` if the chunk cannot be read to the end of its last line, or has none.
  func read(
    _ place: ChunkPlace, of extent: FileExtent, with start: LogParser, _ options: ChunkOptions,
    into summary: ChunkSummary
  ) -> ParsedChunk? {
    guard let text = load(place, of: extent), let lines = lines(of: place, in: text) else {
      return nil
    }
    batch.removeAll()
    batch.want(start.wanted)
    if batch.generation != generation {
      generation = batch.generation
      handedOn = PerDimension(start.wanted.dimensions, repeating: 0)
    }
    var parser = start
    let consumed = parser.parse(
      UnsafeBufferPointer(start: text.byte(at: lines.lowerBound), count: lines.count),
      isLast: false, into: batch)
    guard consumed == lines.count else { return nil }
    let details = LineDetails(batch)
    summary.takeLines(of: batch, namesFrom: handedOn)
    handedOn = batch.names.map { $0.count }
    counter.count(summary, batch.names, options)
    return ParsedChunk(
      summary: summary, details: details, parser: parser,
      lines: text.offset(of: lines.lowerBound)..<text.offset(of: lines.upperBound),
      before: text.sample(before: lines.lowerBound), last: text.sample(before: lines.upperBound))
  }

  // MARK: - Bytes

  /// The bytes around a chunk.
  private struct Text {
    let start: UnsafePointer<UInt8>
    let count: Int
    /// The offset of the first byte in the file.
    let offset: Int64

    func byte(at index: Int) -> UnsafePointer<UInt8> { start + index }

    func offset(of index: Int) -> Int64 { offset + Int64(index) }

    func index(of place: Int64) -> Int { Int(place - offset) }

    /// The bytes before an index, as many as are there of a sample.
    func sample(before index: Int) -> [UInt8] {
      let first = max(0, index - ChunkReader.sampleLength)
      return Array(UnsafeBufferPointer(start: start + first, count: index - first))
    }

    /// The index behind the first newline from an index on.
    func lineStart(from index: Int) -> Int? {
      guard index < count else { return nil }
      let rest = UnsafeBufferPointer(start: start + index, count: count - index)
      return rest.firstIndex(of: UInt8(ascii: "\n")).map { index + $0 + 1 }
    }
  }

  /// Reads a chunk with the bytes before it, and behind it to the end of its last line.
  private func load(_ place: ChunkPlace, of extent: FileExtent) -> Text? {
    let first = max(0, place.range.lowerBound - Int64(Self.sampleLength))
    let end = place.range.upperBound
    // The place in the buffer has the alignment of the place in the file.
    let start = buffer + Int(first % Int64(Self.alignment))
    var count = 0
    for rest in [Self.usualRest, Self.longestRest] {
      let wanted = Int(min(end + Int64(rest), extent.range.upperBound) - first)
      let free = UnsafeMutableRawBufferPointer(start: start + count, count: wanted - count)
      guard extent.read(free, first + Int64(count)) == free.count else { return nil }
      count = wanted
      let text = Text(
        start: UnsafePointer(start.assumingMemoryBound(to: UInt8.self)), count: count,
        offset: first)
      if text.lineStart(from: text.index(of: end) - 1) != nil { return text }
    }
    return nil
  }

  /// The lines that begin in the chunk.
  private func lines(of place: ChunkPlace, in text: Text) -> Range<Int>? {
    let begin = text.index(of: place.range.lowerBound)
    guard let first = place.beginsLine ? begin : text.lineStart(from: begin - 1),
      let end = text.lineStart(from: text.index(of: place.range.upperBound) - 1), first < end
    else { return nil }
    return first..<end
  }
}
