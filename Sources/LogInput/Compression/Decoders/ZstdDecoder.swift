import AccessLog
import CZstd

/// Decompresses zstd frames with libzstd, which checks their checksums and passes over skippable
/// frames.
final class ZstdDecoder: MemberDecoder {
  /// The binary logarithm of the longest window; `zstd --ultra` and `zstd --long` stay within it.
  private static let windowLogLimit: Int32 = 27
  /// The length of the header of the next block, which `hint` includes while a block is read.
  private static let blockHeaderLength = 3

  private let context: OpaquePointer
  /// The number of bytes that the library asks for.
  private var hint = 1

  init() throws(DecompressionFault) {
    guard let context = ZSTD_createDCtx() else { throw .excessiveMemory }
    self.context = context
    _ = ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, Self.windowLogLimit)
  }

  deinit { ZSTD_freeDCtx(context) }

  func beginMember() throws(DecompressionFault) {
    _ = ZSTD_DCtx_reset(context, ZSTD_reset_session_only)
    hint = 1
  }

  /// Decompresses at most one block: a call that fails does not tell how much it wrote before, so it
  /// must not have begun with a good block.
  func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> DecodingStep {
    let most = hint > Self.blockHeaderLength ? hint - Self.blockHeaderLength : hint
    var source = ZSTD_inBuffer(src: input.baseAddress, size: min(most, input.count), pos: 0)
    var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let code = ZSTD_decompressStream(context, &target, &source)
    if ZSTD_isError(code) == 0 { hint = code }
    return DecodingStep(read: source.pos, written: target.pos, result: Self.result(code))
  }

  private static func result(_ code: Int) -> DecodingStep.Result {
    if code == 0 { return .memberEnd }
    guard ZSTD_isError(code) != 0 else { return .unfinished }
    switch ZSTD_getErrorCode(code) {
    case ZSTD_error_checksum_wrong: return .failed(.checksumMismatch)
    case ZSTD_error_memory_allocation, ZSTD_error_frameParameter_windowTooLarge:
      return .failed(.excessiveMemory)
    case ZSTD_error_version_unsupported, ZSTD_error_frameParameter_unsupported,
      ZSTD_error_dictionary_wrong:
      return .failed(.unsupported)
    default: return .failed(.invalidData)
    }
  }
}
