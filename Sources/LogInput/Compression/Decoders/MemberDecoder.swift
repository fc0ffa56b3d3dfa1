import AccessLog

/// Decompresses the members of a file one after the other: gzip calls them members, zstd frames, and
/// xz and bzip2 streams. The bytes of a member may come in parts of any sizes.
protocol MemberDecoder: AnyObject {
  /// Prepares for the first byte of a member.
  func beginMember() throws(DecompressionFault)

  /// Decompresses as many bytes as possible. With no input, what was decompressed before and did not
  /// fit is still written.
  ///
  /// - Parameter output: not empty.
  func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> DecodingStep
}

/// What one call of a decoder did.
struct DecodingStep {
  enum Result: Equatable {
    /// There is more to decompress, or to write.
    case unfinished
    /// The member has ended, and everything was written.
    case memberEnd
    case failed(DecompressionFault)
  }

  /// The number of bytes of the input that were read.
  var read: Int
  /// The number of bytes that were written, even before a failure.
  var written: Int
  var result: Result
}

extension Compression {
  /// A decoder for this format.
  func makeDecoder() throws(DecompressionFault) -> any MemberDecoder {
    switch self {
    case .gzip: try GzipDecoder()
    case .bzip2: Bzip2Decoder()
    case .xz: XzDecoder()
    case .zstd: try ZstdDecoder()
    }
  }
}
