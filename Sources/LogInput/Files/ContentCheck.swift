import AccessLog

/// Recognizes files that are compressed or certainly not plain text by their first bytes, whatever
/// their names.
package enum ContentCheck {
  /// The number of bytes that are enough for a verdict.
  package static let length = 16

  /// What the first bytes say about a file.
  package enum Verdict: Equatable, Sendable {
    /// The file is neither compressed nor plain text.
    case refused(InputFailure)
    /// The file is compressed.
    case compressed(Compression)
    /// The file may be plain text.
    case plain
    /// There are not enough bytes for a verdict.
    case undecided
  }

  /// The verdict on a file by its first bytes. Further bytes do not change a verdict other than
  /// `undecided`.
  ///
  /// - Parameter isAll: whether the file has no further bytes; then the verdict is never
  ///   `undecided`.
  package static func verdict(
    firstBytes: some Sequence<UInt8>, isAll: Bool = false
  ) -> Verdict {
    let bytes = Array(firstBytes.prefix(length))
    var isUndecided = bytes.isEmpty
    for signature in signatures {
      if bytes.starts(with: signature.bytes) { return .compressed(signature.method) }
      if signature.bytes.starts(with: bytes) { isUndecided = true }
    }
    switch utf16(bytes, isAll: isAll) {
    case .refused(let failure): return .refused(failure)
    case .undecided: isUndecided = true
    case .plain, .compressed: break
    }
    return isUndecided && !isAll ? .undecided : .plain
  }

  /// The reason why the file cannot be read as plain text; nil if it may be plain text, or if there
  /// are not enough bytes for a verdict.
  package static func refusal(
    firstBytes: some Sequence<UInt8>, isAll: Bool = false
  ) -> InputFailure? {
    verdict(firstBytes: firstBytes, isAll: isAll).refusal
  }
}

extension ContentCheck.Verdict {
  /// The reason why the file cannot be read as plain text.
  package var refusal: InputFailure? {
    switch self {
    case .refused(let failure): failure
    case .compressed(let method): .compressed(method)
    case .plain, .undecided: nil
    }
  }
}

// MARK: - Compressed files

extension ContentCheck {
  /// What the first bytes say about a member of a compressed file.
  enum MemberVerdict {
    /// A member begins with these bytes.
    case member
    /// The bytes end inside what a member begins with.
    case incomplete
    /// No member begins with these bytes.
    case other
  }

  /// Whether a member of a compressed file begins with `bytes`, the next ones of the file.
  static func memberVerdict(_ bytes: [UInt8], _ method: Compression) -> MemberVerdict {
    let candidates = signatures.filter { $0.method == method }
    if candidates.contains(where: { bytes.starts(with: $0.bytes) }) { return .member }
    return candidates.contains { $0.bytes.starts(with: bytes) } ? .incomplete : .other
  }

  private struct Signature {
    let bytes: [UInt8]
    let method: Compression
  }

  private static let signatures: [Signature] =
    [
      compressed(.gzip, [0x1F, 0x8B]),
      compressed(.xz, [0xFD] + "7zXZ".utf8 + [0x00]),
      compressed(.zstd, [0x28, 0xB5, 0x2F, 0xFD]),
    ] + bzip2 + zstdFrames

  /// The magic number of bzip2 could begin a line of text, so the signature includes the beginning
  /// of the first block, or of the trailer if there is no block.
  private static let bzip2: [Signature] = (UInt8(ascii: "1")...UInt8(ascii: "9")).flatMap { level in
    [Array("1AY&SY".utf8), [0x17, 0x72, 0x45, 0x38, 0x50, 0x90]].map {
      compressed(.bzip2, "BZh".utf8 + [level] + $0)
    }
  }

  /// A zstd file may begin with a skippable frame.
  private static let zstdFrames: [Signature] = (UInt8(0x50)...0x5F).map {
    compressed(.zstd, [$0, 0x2A, 0x4D, 0x18])
  }

  private static func compressed(_ method: Compression, _ bytes: [UInt8]) -> Signature {
    Signature(bytes: bytes, method: method)
  }
}

// MARK: - UTF-16

extension ContentCheck {
  /// The number of characters that must look like UTF-16 in a short file without a byte order mark.
  private static let fewestCharacters = 4

  /// Logs begin with ASCII characters, so in UTF-16 every second byte is NUL. After a byte order
  /// mark one such character is enough.
  private static func utf16(_ bytes: [UInt8], isAll: Bool) -> Verdict {
    switch bytes.prefix(2) {
    case [0xFF], [0xFE]: return .undecided
    case [0xFF, 0xFE]: return afterMark(bytes.dropFirst(2), nulls: 1)
    case [0xFE, 0xFF]: return afterMark(bytes.dropFirst(2), nulls: 0)
    default: break
    }
    guard [0, 1].contains(where: { alternates(bytes, nulls: $0) }) else { return .plain }
    let isEnough = bytes.count == length || isAll && bytes.count >= 2 * fewestCharacters
    return isEnough ? .refused(.utf16) : .undecided
  }

  private static func afterMark(_ bytes: ArraySlice<UInt8>, nulls: Int) -> Verdict {
    let character = Array(bytes.prefix(2))
    guard alternates(character, nulls: nulls) else { return .plain }
    return character.count == 2 ? .refused(.utf16) : .undecided
  }

  /// Whether exactly the bytes at even indices (0) or at odd indices (1) are NUL.
  private static func alternates(_ bytes: [UInt8], nulls: Int) -> Bool {
    bytes.indices.allSatisfy { (bytes[$0] == 0) == ($0 % 2 == nulls) }
  }
}
