import AccessLog
import LogInput

/// A followed source whose bytes arrive when the test says so.
package final class ArrivingSource: ByteSource {
  private var bytes: ArraySlice<UInt8> = []
  private var hasEnded = false

  package init() {}

  /// Appends bytes to what has not been read yet.
  ///
  /// - Parameter isLast: the source ends after them.
  package func append(_ more: some Sequence<UInt8>, isLast: Bool = false) {
    bytes += more
    hasEnded = isLast
  }

  package func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(InputFailure) -> ReadResult {
    guard !bytes.isEmpty else { return hasEnded ? .end : .caughtUp }
    let chunk = bytes.prefix(buffer.count)
    buffer.copyBytes(from: chunk)
    bytes = bytes.dropFirst(chunk.count)
    return .bytes(chunk.count)
  }
}
