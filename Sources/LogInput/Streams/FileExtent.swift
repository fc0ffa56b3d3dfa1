import AccessLog

/// A part of a log that several threads can read at once: from the position of its source to the
/// present end of the file.
package struct FileExtent: Sendable {
  /// Fills a buffer with the bytes from an offset in the file on, and returns how many there are;
  /// fewer than fit only at the end of the file, or if they cannot be read.
  package let read: @Sendable (UnsafeMutableRawBufferPointer, Int64) -> Int
  /// The first byte and the one behind the last, as offsets in the file.
  package var range: Range<Int64>
  /// The bytes before the extent, by which a change of the file is detected; `nil` if that is not
  /// the task of the reader.
  package var before: [UInt8]?

  package init(
    _ range: Range<Int64>, before: [UInt8]? = nil,
    read: @escaping @Sendable (UnsafeMutableRawBufferPointer, Int64) -> Int
  ) {
    self.range = range
    self.before = before
    self.read = read
  }

  init(_ file: OpenFile, _ range: Range<Int64>, before: [UInt8]? = nil) {
    self.init(range, before: before) { buffer, offset in
      // Whoever gets fewer bytes reads them again in the ordinary way, and sees the error.
      (try? file.fill(buffer, at: offset)) ?? 0
    }
  }
}
