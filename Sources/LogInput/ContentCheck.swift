import AccessLog

/// Looks at the first bytes of a file for what is certainly not a log in plain text.
package enum ContentCheck {
  /// How many bytes are enough to tell.
  package static let length = 16

  package enum Verdict: Equatable, Sendable {
    /// The file cannot be read as text, and why.
    case refused(InputFailure)
    /// Nothing speaks against it.
    case plain
    /// The bytes are too few to tell.
    case undecided
  }

  /// Judges a file by its first bytes. More of them never change a verdict.
  ///
  /// - Parameter isAll: there are no more, so that nothing stays undecided.
  package static func verdict(
    firstBytes: some Sequence<UInt8>, isAll: Bool = false
  ) -> Verdict {
    let bytes = Array(firstBytes.prefix(length))
    var isUndecided = bytes.isEmpty
    for signature in signatures {
      if bytes.starts(with: signature.bytes) { return .refused(signature.failure) }
      if signature.bytes.starts(with: bytes) { isUndecided = true }
    }
    switch utf16(bytes, isAll: isAll) {
    case .refused(let failure): return .refused(failure)
    case .undecided: isUndecided = true
    case .plain: break
    }
    return isUndecided && !isAll ? .undecided : .plain
  }

  /// Why the file that begins with these bytes cannot be read; nil where it can, or where they are
  /// too few to tell.
  package static func refusal(
    firstBytes: some Sequence<UInt8>, isAll: Bool = false
  ) -> InputFailure? {
    guard case .refused(let failure) = verdict(firstBytes: firstBytes, isAll: isAll) else {
      return nil
    }
    return failure
  }
}

// MARK: - Compressed files

extension ContentCheck {
  private struct Signature {
    let bytes: [UInt8]
    let failure: InputFailure
  }

  private static let signatures: [Signature] =
    [
      compressed(.gzip, [0x1F, 0x8B]),
      compressed(.xz, [0xFD] + "7zXZ".utf8 + [0x00]),
      compressed(.zstd, [0x28, 0xB5, 0x2F, 0xFD]),
    ] + bzip2 + zstdFrames

  /// Letters and a level that could begin a line, so the first block counts too; or where there is
  /// none, the end.
  private static let bzip2: [Signature] = (UInt8(ascii: "1")...UInt8(ascii: "9")).flatMap { level in
    [Array("1AY&SY".utf8), [0x17, 0x72, 0x45, 0x38, 0x50, 0x90]].map {
      compressed(.bzip2, "BZh".utf8 + [level] + $0)
    }
  }

  /// A file may begin with a frame that holds something else than data.
  private static let zstdFrames: [Signature] = (UInt8(0x50)...0x5F).map {
    compressed(.zstd, [$0, 0x2A, 0x4D, 0x18])
  }

  private static func compressed(_ how: Compression, _ bytes: [UInt8]) -> Signature {
    Signature(bytes: bytes, failure: .compressed(how))
  }
}

// MARK: - UTF-16

extension ContentCheck {
  /// How many characters must look so where there is no byte order mark and no more of them.
  private static let fewestCharacters = 4

  /// Text in UTF-16 has a NUL in every second place, as logs begin with characters of ASCII. Behind a
  /// byte order mark one such character is enough.
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

  /// Whether NULs stand in all even places (0) or all odd ones (1), and only there.
  private static func alternates(_ bytes: [UInt8], nulls: Int) -> Bool {
    bytes.indices.allSatisfy { (bytes[$0] == 0) == ($0 % 2 == nulls) }
  }
}
