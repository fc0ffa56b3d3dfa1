import AccessLog
import LogInput
import LogParsing

/// The bytes of a source in a reused block, and the batch that they are parsed into: what the
/// pipeline works on and does not own.
package final class BlockReader {
  /// Bytes read at a time; far above the line limit, so that every line that counts fits.
  package static let blockSize = 256 * 1024

  /// What stands behind the bytes that are there.
  enum Ending: Equatable {
    /// More can be read at once.
    case more
    /// Nothing now.
    case caughtUp
    /// The file ends here; another one follows.
    case boundary
    /// Nothing ever.
    case end
  }

  private let source: any ByteSource
  private let blockSize: Int
  /// Goes to an absolute offset, where the source can.
  private let seek: ((Int64) -> Void)?
  private let buffer: UnsafeMutablePointer<UInt8>
  private var filled = 0
  /// The offset in the stream of the first byte in the buffer.
  private var start: Int64 = 0
  let batch = RecordBatch()

  /// - Parameters:
  ///   - seek: how to go to an offset; `nil` for a stream that cannot go back.
  ///   - blockSize: longer than any line that counts.
  package init(
    source: any ByteSource, blockSize: Int = BlockReader.blockSize, seek: ((Int64) -> Void)? = nil
  ) {
    self.source = source
    self.blockSize = blockSize
    self.seek = seek
    buffer = .allocate(capacity: 2 * blockSize + LineBytes.padding)
    buffer.initialize(repeating: 0, count: 2 * blockSize + LineBytes.padding)
  }

  deinit { buffer.deallocate() }

  /// See `ByteSource.heading`.
  var heading: [UInt8] { source.heading }

  package var canGoBack: Bool { seek != nil }

  /// The bytes from `offset` on that are there after one more read.
  func bytes(
    at offset: Int64
  ) throws(InputFailure) -> (block: UnsafeBufferPointer<UInt8>, ending: Ending) {
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
    let room = UnsafeMutableRawBufferPointer(start: buffer + filled, count: free)
    var ending = Ending.more
    switch try source.read(into: room) {
    case .bytes(let count): filled += count
    case .caughtUp: ending = .caughtUp
    case .boundary: ending = .boundary
    case .end: ending = .end
    }
    return (UnsafeBufferPointer(start: buffer, count: filled), ending)
  }
}
