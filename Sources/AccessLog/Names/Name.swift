/// A name from a log, such as a section or client. It is stored and compared as raw bytes; outputs
/// are responsible for escaping it.
@frozen public struct Name: Hashable, Sendable {
  /// Short names, which most are, are stored inline and need no allocation.
  @usableFromInline @frozen enum Storage: Hashable, Sendable {
    /// Up to 15 bytes, zero-padded, with their count in the last byte.
    case short(UInt64, UInt64)
    case long([UInt8])
  }

  @usableFromInline static var shortLimit: Int { 15 }

  @usableFromInline let storage: Storage

  /// Copies the bytes.
  @inlinable
  public init(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count <= Self.shortLimit else {
      storage = .long(Array(bytes))
      return
    }
    var words: (UInt64, UInt64) = (0, 0)
    withUnsafeMutableBytes(of: &words) { word in
      word.copyBytes(from: bytes)
      word[Self.shortLimit] = UInt8(bytes.count)
    }
    storage = .short(words.0, words.1)
  }

  /// A name of up to 15 bytes, whose key is its bytes and their count.
  init(_ key: NameKey) {
    storage = .short(key.first.littleEndian, key.second.littleEndian)
  }

  package init(_ bytes: [UInt8]) {
    self = bytes.withUnsafeBufferPointer { Name($0) }
  }

  /// The UTF-8 bytes of the text.
  package init(_ text: String) {
    self.init(Array(text.utf8))
  }

  /// A copy of the bytes.
  package var bytes: [UInt8] { withBytes { Array($0) } }

  /// The bytes of a name of up to 15 as two zero-padded words in memory order, and their count;
  /// `nil` for a longer name.
  @inlinable public var words: (first: UInt64, second: UInt64, count: Int)? {
    @inline(__always) get {
      guard case .short(let first, let second) = storage else { return nil }
      let last = UInt64(littleEndian: second)
      let kept = last & 0x00FF_FFFF_FFFF_FFFF
      return (first, UInt64(littleEndian: kept), Int(last &>> 56))
    }
  }

  /// Calls the body with the bytes, without copying long names.
  @inlinable
  public func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    switch storage {
    case .long(let bytes): return bytes.withUnsafeBufferPointer(body)
    case .short(let first, let second):
      return withUnsafeBytes(of: (first, second)) { word in
        let count = Int(word[Self.shortLimit])
        return body(UnsafeBufferPointer(rebasing: word.bindMemory(to: UInt8.self)[..<count]))
      }
    }
  }
}

extension Name: Comparable {
  public static func < (left: Name, right: Name) -> Bool {
    left.withBytes { left in right.withBytes { left.lexicographicallyPrecedes($0) } }
  }
}

extension Name: CustomStringConvertible {
  public var description: String { withBytes { String(decoding: $0, as: UTF8.self) } }
}
