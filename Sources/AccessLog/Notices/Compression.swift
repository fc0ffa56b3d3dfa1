/// A compression format, recognized by the first bytes of a file.
package enum Compression: String, CaseIterable, Sendable {
  case gzip, bzip2, xz, zstd
}

/// Why compressed bytes cannot be decompressed.
package enum DecompressionFault: Error, CaseIterable, Sendable {
  /// The file ends too soon.
  case unexpectedEnd
  /// The decompressed bytes are not those that were compressed.
  case checksumMismatch
  case invalidData
  /// Something else follows the compressed bytes.
  case trailingGarbage
  /// The method, a filter or a dictionary that was used to compress is not supported.
  case unsupported
  /// Decompressing needs more memory than allowed, or than there is.
  case excessiveMemory
}
