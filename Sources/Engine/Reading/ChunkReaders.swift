import AccessLog
import LogInput
import LogParsing
import TrafficAnalysis

/// How a log is read by several threads.
package struct Forking: Sendable {
  /// The number of threads, at least 1.
  package var workers: Int
  /// The length of a chunk in bytes.
  package var chunkSize: Int
  /// The number of bytes of a chunk that are read at once: few, so that they are still in the second
  /// cache of a processor when they are parsed, beside the tables of names.
  package var pieceSize: Int

  /// More threads would only wait for the one that merges the chunks.
  package static let mostWorkers = 16

  /// The names of a second of a longer chunk might be too many to be merged.
  private static let greatestChunk = 4 << 20

  package init(workers: Int = 1, chunkSize: Int = 2 << 20, pieceSize: Int = 256 << 10) {
    self.workers = max(1, min(workers, Self.mostWorkers))
    self.chunkSize = max(1, min(chunkSize, Self.greatestChunk))
    self.pieceSize = max(1, min(pieceSize, Self.greatestChunk))
  }
}

/// The readers of chunks, which are made when a log is first read by several threads, and the
/// summaries that they use.
final class ChunkReaders {
  /// Fewer chunks than this are read in the ordinary way.
  private static let fewestChunks = 2

  let forking: Forking
  private(set) lazy var readers = (0..<forking.workers).map { _ in
    ChunkReader(pieceLength: forking.pieceSize)
  }
  private var summaries: [ChunkSummary] = []

  init(_ forking: Forking) {
    self.forking = forking
  }

  /// The chunks of an extent.
  ///
  /// - Parameter start: the offset in the file of the line that is next.
  /// - Returns: `nil` if there are too few.
  func places(in extent: FileExtent, from start: Int64) -> ChunkPlaces? {
    let places = ChunkPlaces(start..<extent.range.upperBound, length: forking.chunkSize)
    return places.count >= Self.fewestChunks ? places : nil
  }

  /// Begins to read chunks.
  ///
  /// - Parameter parser: the parser before the first of them.
  func begin(
    _ extent: FileExtent, _ places: ChunkPlaces, _ parser: LogParser, _ options: ChunkOptions
  ) -> ForkedReading {
    let reading = ForkedReading(readers, extent, places, parser, options, summaries: summaries)
    summaries = []
    return reading
  }

  /// Ends reading.
  func end(_ reading: ForkedReading) { summaries = reading.stop() }
}

/// How often a log is read in the ordinary way before chunks are tried again, if the last ones were
/// read in vain: where many lines do not match, what precedes a chunk may matter.
struct ChunkPause {
  private var remaining = 0
  /// The next pause, if a chunk cannot be used again.
  private var next = first
  private static let first = 1
  private static let longest = 1024

  /// Whether chunks are to be tried now.
  mutating func isOver() -> Bool {
    guard remaining > 0 else { return true }
    remaining -= 1
    return false
  }

  /// Notes whether a chunk could be used.
  mutating func note(hasAdvanced: Bool) {
    remaining = hasAdvanced ? 0 : next
    next = hasAdvanced ? Self.first : min(2 * next, Self.longest)
  }
}
