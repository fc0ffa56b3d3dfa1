/// A name from a log (a section, a client) as its bytes: compared as bytes, not as text, and made
/// safe only where it leaves the program.
@frozen public struct Name: Hashable, Sendable {
  /// Most names are short, and lie in the value itself: a report of many costs no allocation.
  @usableFromInline @frozen enum Storage: Hashable, Sendable {
    /// Up to 15 bytes, the rest zero, and their number in the last byte.
    case short(UInt64, UInt64)
    case long([UInt8])
  }

  @usableFromInline static var shortLimit: Int { 15 }

  @usableFromInline let storage: Storage

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

  package init(_ bytes: [UInt8]) {
    self = bytes.withUnsafeBufferPointer { Name($0) }
  }

  package init(_ text: String) {
    self.init(Array(text.utf8))
  }

  package var bytes: [UInt8] { withBytes { Array($0) } }

  /// The bytes of a name of up to 15, as two words in the order of memory with zeros behind them, and
  /// their number; `nil` for a longer name.
  @inlinable public var words: (first: UInt64, second: UInt64, count: Int)? {
    @inline(__always) get {
      guard case .short(let first, let second) = storage else { return nil }
      let last = UInt64(littleEndian: second)
      let kept = last & 0x00FF_FFFF_FFFF_FFFF
      return (first, UInt64(littleEndian: kept), Int(last &>> 56))
    }
  }

  /// Hands on the bytes where they lie.
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
