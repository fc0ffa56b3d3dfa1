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
  /// It is compressed where plain text is required.
  case compressed(Compression)
  /// It is compressed, and cannot be decompressed from some byte on.
  case undecodable(Compression, DecompressionFault)
  case utf16

  /// What the log comes from cannot be used. The reason may come from there.
  case service(reason: Name)

  // What happened to the file while it was read.
  /// The file now has `remaining` bytes, fewer than the `of` bytes it had before.
  case truncated(remaining: Int64, of: Int64)
  /// Bytes that were already read have changed.
  case overwritten
}
