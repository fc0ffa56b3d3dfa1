/// Why a source cannot be read. The `Messages` target words it and suggests a remedy.
package enum InputFailure: Error, Equatable, Sendable {
  /// A system call failed with this errno.
  case system(code: Int32)

  // What the path refers to.
  case directory
  case socket
  case device
  /// A FIFO or terminal where a regular file is required.
  case notRegular

  // What the file contains.
  case compressed(Compression)
  case utf16

  // What happened to the file while it was read.
  /// The file now has `remaining` bytes, fewer than the `of` bytes it had before.
  case truncated(remaining: Int64, of: Int64)
  /// Bytes that were already read have changed.
  case overwritten
}

/// A compression format, recognized by the first bytes of a file.
package enum Compression: String, CaseIterable, Sendable {
  case gzip, bzip2, xz, zstd
}
