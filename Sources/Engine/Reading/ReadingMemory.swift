import AccessLog
import LogParsing
import TrafficAnalysis

/// The memory into which blocks are read, parsed and counted. The readers of all sources share it,
/// since one block is read at a time: it costs the same for one log and for a hundred.
package final class ReadingMemory {
  let blockSize: Int
  /// Two blocks: what is left of the last one, and the next one behind it.
  let buffer: UnsafeMutablePointer<UInt8>
  /// Reused for each block.
  let batch = RecordBatch()
  let chunk = ChunkSummary()
  var counter = ChunkCounter()
  /// Used where the source is a file that several threads can read.
  let chunkReaders: ChunkReaders
  /// The reader whose bytes are in the buffer.
  private(set) weak var user: BlockReader?

  /// - Parameter blockSize: the size of a read in bytes, which must be longer than any line that
  ///   counts.
  package init(blockSize: Int = BlockReader.blockSize, forking: Forking = Forking()) {
    self.blockSize = blockSize
    chunkReaders = ChunkReaders(forking)
    buffer = .allocate(capacity: 2 * blockSize + LineBytes.padding)
    buffer.initialize(repeating: 0, count: 2 * blockSize + LineBytes.padding)
  }

  deinit { buffer.deallocate() }

  /// Lets a reader use the buffer; the reader that used it before sets its bytes aside.
  ///
  /// - Returns: whether the bytes of the reader are still in the buffer.
  func lend(to reader: BlockReader) -> Bool {
    guard user !== reader else { return true }
    user?.setBytesAside()
    user = reader
    return false
  }
}
