import AccessLog

/// The bytes of a log from any origin, as one stream.
///
/// A source never waits for a writer: it returns the bytes that are available. If a followed file is
/// rotated or truncated, the stream continues with the new file; the boundary between two files is
/// reported between two reads, never inside one.
package protocol ByteSource: AnyObject {
  /// Reads the next bytes of the stream, at most as many as fit into the buffer.
  ///
  /// - Throws: `InputFailure` once the source can no longer be read.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFailure) -> ReadResult

  /// The first complete lines of the log if reading begins after them, because they may contain a
  /// header. They are not part of the stream. Known once the first bytes have been read.
  var heading: [UInt8] { get }

  /// The place of the next byte that `read` delivers, in a form from which a later run can continue;
  /// `nil` if it cannot, or not from here.
  var place: SavedPlace? { get }

  /// The part of the current file that has not been read, if several threads can read it at once.
  var extent: FileExtent? { get }

  /// Continues behind a part of `extent` that was read.
  ///
  /// - Parameters:
  ///   - offset: the offset in the file of the next byte to be read, where a line begins.
  ///   - last: the bytes before it, as they were read: a kilobyte, or all of the file.
  func skip(to offset: Int64, last: [UInt8])
}

extension ByteSource {
  /// Empty, for a source that is read from its beginning.
  package var heading: [UInt8] { [] }

  /// `nil`, for a source that cannot be continued.
  package var place: SavedPlace? { nil }

  /// `nil`, for a source that is read in order.
  package var extent: FileExtent? { nil }

  package func skip(to offset: Int64, last: [UInt8]) {}
}
