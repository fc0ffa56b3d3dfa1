/// Why a source cannot be read; `Messages` has the words, and what to try.
package enum InputFailure: Error, Equatable, Sendable {
  /// A system call failed with this errno.
  case system(code: Int32)

  // What the name stands for.
  case directory
  case socket
  case device
  /// A FIFO or terminal where only a regular file will do.
  case notRegular

  // What stands in the file.
  case compressed(Compression)
  case utf16

  // What became of the file while it was read.
  /// Fewer bytes are left than were there.
  case cutShort(left: Int64, of: Int64)
  case overwritten
}

/// How a file is compressed.
package enum Compression: String, CaseIterable, Sendable {
  case gzip, bzip2, xz, zstd
}
