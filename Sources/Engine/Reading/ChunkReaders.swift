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

  /// More threads would only wait for the one that merges the chunks.
  package static let mostWorkers = 16

  package init(workers: Int = 1, chunkSize: Int = 1 << 20) {
    self.workers = max(1, min(workers, Self.mostWorkers))
    self.chunkSize = chunkSize
  }
}

/// The readers of chunks, which are made when a log is first read by several threads, and the
/// summaries that they use.
final class ChunkReaders {
  /// Fewer chunks than this are read in the ordinary way.
  private static let fewestChunks = 2

  let forking: Forking
  private(set) lazy var readers = (0..<forking.workers).map { _ in
    ChunkReader(chunkSize: forking.chunkSize)
  }
  private var summaries: [ChunkSummary] = []

  init(_ forking: Forking) {
    self.forking = forking
  }

  /// Begins to read an extent.
  ///
  /// - Parameters:
  ///   - start: the offset in the file of the line that is next.
  ///   - parser: the parser before that line.
  /// - Returns: `nil` if the extent is too short.
  func begin(
    _ extent: FileExtent, at start: Int64, _ parser: LogParser, _ options: ChunkOptions
  ) -> ForkedReading? {
    let places = ChunkPlaces(start..<extent.range.upperBound, length: forking.chunkSize)
    guard places.count >= Self.fewestChunks else { return nil }
    let reading = ForkedReading(readers, extent, places, parser, options, summaries: summaries)
    summaries = []
    return reading
  }

  func end(_ reading: ForkedReading) { summaries = reading.stop() }
}
