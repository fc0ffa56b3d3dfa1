import AccessLog
import LogInput
import LogParsing
import TrafficAnalysis

/// Reads a source block by block into a buffer that it shares with other readers. A pipeline uses a
/// reader but does not own it, so that copies of the pipeline can share one.
package final class BlockReader {
  /// The size of a read, in bytes: far above the line limit, so that every line that counts fits.
  package static let blockSize = 256 * 1024

  /// What follows a block.
  enum Ending: Equatable {
    /// More bytes, which can be read at once.
    case more
    /// Nothing yet; the source may grow.
    case caughtUp
    /// Nothing for now, before its end.
    case pending
    /// The end of a file, and then another file.
    case boundary
    /// The rest of a file cannot be read, and then another file.
    case cut
    /// Nothing: the source has ended.
    case end
  }

  package let memory: ReadingMemory
  private let source: any ByteSource
  /// Moves the source to an offset in the stream; `nil` where it cannot be rewound.
  private let seek: ((Int64) -> Void)?
  /// The number of bytes in the buffer, or set aside.
  private var filled = 0
  /// The offset in the stream of the first of them.
  private var start: Int64 = 0
  /// The first offset that is needed again, if only one pipeline reads.
  private var needed: Int64 = 0
  /// The bytes from there on, while another reader uses the buffer.
  private var setAside: [UInt8] = []
  var chunkPause = ChunkPause()

  /// - Parameters:
  ///   - memory: shared by readers that do not read at the same time.
  ///   - seek: moves the source to an offset in the stream; `nil` for a stream that cannot be
  ///     rewound.
  package init(
    source: any ByteSource, memory: ReadingMemory, seek: ((Int64) -> Void)? = nil
  ) {
    self.memory = memory
    self.source = source
    self.seek = seek
  }

  /// A reader with memory of its own.
  package convenience init(
    source: any ByteSource, blockSize: Int = BlockReader.blockSize, forking: Forking = Forking(),
    seek: ((Int64) -> Void)? = nil
  ) {
    self.init(
      source: source, memory: ReadingMemory(blockSize: blockSize, forking: forking), seek: seek)
  }

  /// See `ByteSource.heading`.
  var heading: [UInt8] { source.heading }

  /// See `ByteSource.place`. It is that of `end`.
  var place: SavedPlace? { source.place }

  /// Whether the source can be rewound.
  package var canRewind: Bool { seek != nil }

  /// Reads once, and returns all bytes from `offset` on that are in the buffer then. They are valid
  /// until the next call.
  ///
  /// - Throws: `InputFailure` where the source cannot be read.
  func bytes(
    at offset: Int64
  ) throws(InputFailure) -> (block: UnsafeBufferPointer<UInt8>, ending: Ending) {
    let (buffer, blockSize) = (memory.buffer, memory.blockSize)
    if !memory.lend(to: self) { takeBack() }
    let keep = Int(offset - start)
    if keep >= 0, keep <= filled {
      buffer.update(from: buffer + keep, count: filled - keep)
      filled -= keep
    } else {
      seek?(offset)
      filled = 0
    }
    start = offset
    let free = min(blockSize, 2 * blockSize - filled)
    let unused = UnsafeMutableRawBufferPointer(start: buffer + filled, count: free)
    var ending = Ending.more
    switch try source.read(into: unused) {
    case .bytes(let count): filled += count
    case .caughtUp: ending = .caughtUp
    case .pending: ending = .pending
    case .boundary: ending = .boundary
    case .cut: ending = .cut
    case .end: ending = .end
    }
    return (UnsafeBufferPointer(start: buffer, count: filled), ending)
  }

  // MARK: - Sharing the buffer

  /// The offset in the stream behind the bytes that were read.
  var end: Int64 { start + Int64(filled) }

  /// Notes that no byte before an offset is needed again.
  func keepBytes(from offset: Int64) { needed = offset }

  /// Keeps the bytes that are needed again, because another reader will use the buffer.
  func setBytesAside() {
    let first = max(0, min(filled, Int(needed - start)))
    setAside = Array(UnsafeBufferPointer(start: memory.buffer + first, count: filled - first))
    start += Int64(first)
    filled -= first
  }

  private func takeBack() {
    setAside.withUnsafeBufferPointer { bytes in
      if let first = bytes.baseAddress { memory.buffer.update(from: first, count: bytes.count) }
    }
    setAside = []
  }

  // MARK: - Several threads

  /// The part of the file from `offset` on, if the source is a file that several threads can read.
  func fork(at offset: Int64) -> ChunkRun? {
    let rest = start + Int64(filled) - offset
    guard offset >= start, rest >= 0, let extent = source.extent else { return nil }
    return ChunkRun(extent, at: extent.range.lowerBound - rest)
  }

  /// Continues behind what several threads have read.
  ///
  /// - Parameter offset: the offset in the stream.
  func join(_ run: ChunkRun, at offset: Int64) {
    guard run.hasAdvanced else { return }
    source.skip(to: run.place, last: run.last ?? [])
    start = offset
    filled = 0
  }
}
