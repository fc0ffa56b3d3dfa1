import AccessLog

/// A pattern for a whole text: `*` stands for any text, `?` for one character, and `\*` and `\?` for the
/// bare character. The case of ASCII letters does not matter.
///
/// A character is one of UTF-8, or a byte that belongs to none.
struct Glob {
  /// What stands between two stars. All but the first begin with a byte.
  private let segments: UnsafeBufferPointer<GlobSegment>
  /// Whether any text may follow the last segment.
  private let isOpenEnded: Bool

  /// - Parameter memory: owns what the pattern is compiled to.
  init(_ pattern: [UInt8], _ memory: ConstantMemory) {
    var segments: [[GlobElement]] = [[]]
    var isBehindStar = false
    var index = 0
    while index < pattern.count {
      let byte = pattern[index]
      index += 1
      switch byte {
      case UInt8(ascii: "*"): isBehindStar = true
      // It does not matter on which side of a star it stands; before it, nothing is searched for it.
      case UInt8(ascii: "?"): segments[segments.count - 1].append(.anyCharacter)
      default:
        var literal = byte
        if byte == .backslash, index < pattern.count,
          pattern[index] == UInt8(ascii: "*") || pattern[index] == UInt8(ascii: "?")
        {
          literal = pattern[index]
          index += 1
        }
        if isBehindStar { segments.append([]) }
        isBehindStar = false
        segments[segments.count - 1].append(GlobElement(literal.lowercased))
      }
    }
    isOpenEnded = isBehindStar
    self.segments = memory.copy(segments.map { GlobSegment(memory.copy($0)) })
  }

  /// Whether it matches the whole text.
  ///
  /// - Complexity: O(bytes of the text) for a pattern of up to 64 bytes, and for most others; never
  ///   more than that for every 64 bytes of the pattern.
  func matches(_ text: TextRange) -> Bool {
    guard var index = segments[0].end(in: text, from: 0) else { return false }
    let last = segments.count - 1
    if last == 0 { return isOpenEnded || index == text.count }
    for number in 1..<(isOpenEnded ? last + 1 : last) {
      guard let end = segments[number].endOfFirst(in: text, from: index) else { return false }
      index = end
    }
    return isOpenEnded || segments[last].ends(text, from: index)
  }
}

/// A part of a pattern that stands for one character.
struct GlobElement: Equatable {
  /// A lower-case byte, or 256.
  private let number: UInt16

  /// Any character.
  static let anyCharacter = GlobElement(number: 256)

  private init(number: UInt16) { self.number = number }

  init(_ byte: UInt8) { number = UInt16(byte) }

  var isAny: Bool { number == 256 }

  /// The byte, in lower case; 0 for any character.
  var byte: UInt8 { UInt8(truncatingIfNeeded: number) }

  /// Whether it stands for the byte.
  @inline(__always)
  func accepts(_ byte: UInt8) -> Bool { number == UInt16(byte.lowercased) }
}

extension UInt8 {
  /// The lower-case letter of an ASCII letter; any other byte itself.
  var lowercased: UInt8 {
    @inline(__always) get { self &- UInt8(ascii: "A") < 26 ? self | 0x20 : self }
  }

  /// Whether it continues a character of UTF-8.
  var isContinuation: Bool { self & 0xC0 == 0x80 }
}
