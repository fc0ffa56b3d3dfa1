import AccessLog
import LogInput

/// Bytes in memory as a source that can be rewound, read in chunks of chosen sizes.
package final class MemorySource: ByteSource {
  private let bytes: [UInt8]
  private var chunks: ArraySlice<Int>
  private var position = 0
  /// Whether several threads may read the rest.
  private let isShared: Bool

  /// - Parameter chunks: the size of each read in bytes; the read after the last one gives the
  ///   rest.
  package init(_ bytes: [UInt8], chunks: [Int] = [], isShared: Bool = false) {
    self.bytes = bytes
    self.isShared = isShared
    self.chunks = chunks[...]
  }

  package var extent: FileExtent? {
    guard isShared else { return nil }
    let bytes = bytes
    return FileExtent(Int64(position)..<Int64(bytes.count)) { buffer, offset in
      let part = bytes[min(Int(offset), bytes.count)...].prefix(buffer.count)
      buffer.copyBytes(from: part)
      return part.count
    }
  }

  package func skip(to offset: Int64, last: [UInt8]) { position = Int(offset) }

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
