import AccessLog
import LogInput

/// Bytes in memory as a source that can be rewound, read in chunks of chosen sizes.
package final class MemorySource: ByteSource {
  private let bytes: [UInt8]
  private var chunks: ArraySlice<Int>
  private var position = 0

  /// - Parameter chunks: the size of each read in bytes; the read after the last one gives the
  ///   rest.
  package init(_ bytes: [UInt8], chunks: [Int] = []) {
    self.bytes = bytes
    self.chunks = chunks[...]
  }

  package func seek(to offset: Int64) { position = Int(offset) }

  package func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(InputFailure) -> ReadResult {
    guard position < bytes.count else { return .end }
    let limit = max(1, chunks.popFirst() ?? Int.max)
    let count = min(limit, buffer.count, bytes.count - position)
    buffer.copyBytes(from: bytes[position..<position + count])
    position += count
    return .bytes(count)
  }
}
