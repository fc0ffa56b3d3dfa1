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
/// How a line travels: `pread` copies a piece of a chunk into the buffer; the ends of its lines are
/// found 8 KiB ahead; the format finds the fields of each, usually in a loop that reads nothing but usual
/// lines; the batch replaces names by their IDs, those of 64 lines together; the counter groups the
/// records of the chunk by second and counts the names of each. All that is left of a line are numbers
/// in the summary of its chunk.
final class ChunkReader: @unchecked Sendable {
  private var text: ChunkText
  let batch = RecordBatch()
  /// The number of names of the batch that were handed on with a summary.
  private var handedOn = PerDimension(repeating: 0)
  private var generation: NameGeneration
  private var counter = ChunkCounter()

  /// - Parameter pieceLength: the number of bytes that are read at once.
  init(pieceLength: Int) {
    text = ChunkText(pieceLength: pieceLength)
    generation = batch.generation
  }

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
    guard let begin = findFirstLine(of: place, in: extent) else { return nil }
    let before = text.sample(before: begin)
    batch.removeAll()
    batch.want(start.wanted)
    if batch.generation != generation {
      generation = batch.generation
      handedOn = PerDimension(start.wanted.dimensions, repeating: 0)
    }
    var parser = start
    guard let end = parse(with: &parser, from: begin, to: place.range.upperBound, of: extent) else {
      return nil
    }
    let details = LineDetails(batch)
    summary.takeLines(of: batch, namesFrom: handedOn)
    handedOn = batch.names.map { $0.count }
    counter.count(summary, batch.names, options)
    return ParsedChunk(
      summary: summary, details: details, parser: parser,
      lines: begin..<end, before: before, last: text.sample(before: end))
  }

  /// Reads pieces until one has the beginning of the first line of a chunk.
  ///
  /// - Returns: `nil` if there is none, or if it cannot be read.
  private func findFirstLine(of place: ChunkPlace, in extent: FileExtent) -> Int64? {
    let (begin, limit) = (place.range.lowerBound, place.range.upperBound)
    let first = max(0, begin - Int64(ChunkText.sampleLength))
    text.move(to: first)
    while text.end < limit, text.readOn(extent, keepingFrom: first, to: limit) {
      guard text.end >= begin else { continue }
      if place.beginsLine { return begin }
      if let line = text.lineStart(from: begin - 1) { return line < limit ? line : nil }
    }
    return nil
  }

  /// Parses the lines that begin in a chunk, piece by piece.
  ///
  /// - Parameters:
  ///   - begin: where the first of them begins, of which a piece was read.
  ///   - limit: the end of the chunk.
  /// - Returns: the end of the last line; `nil` if it is not complete or cannot be read.
  private func parse(
    with parser: inout LogParser, from begin: Int64, to limit: Int64, of extent: FileExtent
  ) -> Int64? {
    var next = begin
    while true {
      let last = text.end < limit ? nil : text.lineStart(from: limit - 1)
      let piece = text.bytes(next..<(last ?? text.end))
      next += Int64(parser.parse(piece, isLast: false, into: batch))
      if let last { return next == last ? last : nil }
      // The last line may be longer than any that counts, and be dropped while it is read.
      guard next < limit, text.readOn(extent, keepingFrom: next, to: limit) else { return nil }
    }
  }
}
