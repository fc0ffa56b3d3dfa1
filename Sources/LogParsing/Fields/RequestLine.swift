import AccessLog

/// The method and the target of a request line (RFC 9112 section 3), and the section of the site
/// that the target belongs to.
///
/// A section is the path up to its second slash, without path parameters (`;jsessionid=1`). A
/// malformed request line is still traffic: it counts in a section such as `(malformed)`.
struct RequestLine {
  nonisolated(unsafe) private static let noRequest = TextRange(constant: "(no request)")
  nonisolated(unsafe) private static let malformed = TextRange(constant: "(malformed)")
  nonisolated(unsafe) private static let connect = TextRange(constant: "(connect)")
  nonisolated(unsafe) private static let asterisk = TextRange(constant: "*")
  nonisolated(unsafe) private static let root = TextRange(constant: "/")

  /// `nil` if the request line is empty or a single word.
  let method: Method?
  /// What follows the method; the whole line if there is no method.
  private let rest: TextRange
  /// The method as it was sent; empty if there is none.
  let methodWord: TextRange

  /// - Parameter line: the request line, without escapes.
  @inline(__always)
  init(_ line: TextRange) {
    let word = UInt64(littleEndian: UnsafeRawPointer(line.start).loadUnaligned(as: UInt64.self))
    if word & 0xFFFF_FFFF == 0x2054_4547, line.count > 3 {
      // `GET `
      method = .get
      rest = line.from(4)
      methodWord = line.prefix(3)
      return
    }
    let methodEnd = Self.endOfWord(line, word)
    guard methodEnd < line.count else {
      method = nil
      rest = line
      methodWord = line.prefix(0)
      return
    }
    method = methodEnd < 8 ? Self.method(word, count: methodEnd) : .other
    methodWord = line.prefix(methodEnd)
    rest = line.from(methodEnd &+ 1)
  }

  /// The index of the first space, or `count` if there is none.
  ///
  /// - Parameter word: the first eight bytes.
  @inline(__always)
  private static func endOfWord(_ line: TextRange, _ word: UInt64) -> Int {
    // The lowest bit of the upper half of a byte that is found is that of a space.
    let others = word ^ 0x2020_2020_2020_2020
    let spaces = (others &- 0x0101_0101_0101_0101) & ~others & 0x8080_8080_8080_8080
    if spaces != 0 { return min(spaces.trailingZeroBitCount &>> 3, line.count) }
    return ByteSearch.first(.space, in: line.start, count: line.count)
  }

  /// The request of a log that has its parts in fields of their own.
  ///
  /// - Parameters:
  ///   - method: empty if the log has none, which counts as a request line of one word.
  ///   - target: without the protocol.
  init(method: TextRange, target: TextRange) {
    rest = target
    methodWord = method
    self.method = method.isEmpty ? nil : Self.method(method)
  }

  /// The name of the section.
  @inline(__always)
  var section: TextRange {
    guard let method else { return nameWithoutMethod }
    if rest.count > 1, rest.start[0] == .slash, rest.start[1] != .slash {
      let length = 1 &+ Self.segmentLength(rest.start + 1, count: rest.count &- 1)
      return rest.prefix(length)
    }
    return Self.unusualSection(rest.start, count: rest.count, method)
  }

  /// What stands for a request line that has no target.
  private var nameWithoutMethod: TextRange {
    let isMissing = rest.count == 0 || (rest.count == 1 && rest.start[0] == .hyphen)
    return isMissing ? Self.noRequest : Self.malformed
  }

  /// The path of the target, without query and fragment; where there is none, the section.
  var path: RequestPath {
    guard let method else { return RequestPath(nameWithoutMethod) }
    if let plainPath { return plainPath }
    switch Self.target(rest.start, count: rest.count, method) {
    case .name(let name): return RequestPath(name)
    case .path(let text): return RequestPath(text.prefix(Self.pathLength(text)))
    }
  }

  /// The path of a target that is nothing else, or is followed by a query; `nil` for any other.
  private var plainPath: RequestPath? {
    guard rest.count > 1, rest.start[0] == .slash, rest.start[1] != .slash else { return nil }
    let length = ByteSearch.endOfPath(in: rest.start, count: rest.count)
    guard length == rest.count || rest.start[length] != UInt8(ascii: ";") else { return nil }
    return RequestPath(plain: rest.prefix(length))
  }

  /// What follows the first `?` of the target; `nil` if there is none.
  var query: TextRange? {
    guard method != nil else { return nil }
    let target = rest.prefix(ByteSearch.first(.space, in: rest.start, count: rest.count))
    return target.firstIndex(of: UInt8(ascii: "?")).map { target.from($0 + 1) }
  }

  /// The number of bytes up to the query or the fragment.
  private static func pathLength(_ text: TextRange) -> Int {
    ByteSearch.first(UInt8(ascii: "?"), or: UInt8(ascii: "#"), in: text.start, count: text.count)
  }

  /// The section of a target that is not an ordinary path.
  @inline(never)
  private static func unusualSection(
    _ start: UnsafePointer<UInt8>, count: Int, _ method: Method
  ) -> TextRange {
    switch target(start, count: count, method) {
    case .name(let name): return name
    case .path(let path):
      return path.prefix(1 + segmentLength(path.start + 1, count: path.count - 1))
    }
  }

  /// What a target names.
  private enum Target {
    /// A path, which begins with a single slash, with what follows it.
    case path(TextRange)
    /// What stands for a target that has no path.
    case name(TextRange)
  }

  private static func target(
    _ start: UnsafePointer<UInt8>, count: Int, _ method: Method
  ) -> Target {
    var path = start
    var length = ByteSearch.first(.space, in: start, count: count)
    if let authority = authorityOfURI(start, count: length) {
      let skipped =
        authority + ByteSearch.endOfAuthority(in: start + authority, count: length - authority)
      path += skipped
      length -= skipped
      guard length > 0, path[0] == .slash else { return .name(root) }
    } else if length == 1, path[0] == UInt8(ascii: "*") {
      return .name(asterisk)
    } else if length == 0 || path[0] != .slash {
      return .name(method == .connect ? connect : malformed)
    }
    // Leading slashes collapse to one.
    while length > 1, path[1] == .slash {
      path += 1
      length -= 1
    }
    return .path(TextRange(start: path, count: length))
  }

  /// The number of bytes up to the next slash, path parameter, query, fragment or space.
  @inline(__always)
  private static func segmentLength(_ start: UnsafePointer<UInt8>, count: Int) -> Int {
    var length = 0
    while length < count {
      let end = ByteSearch.endOfSegment(
        in: UnsafeRawPointer(start).loadUnaligned(fromByteOffset: length, as: SIMD16<UInt8>.self))
      if end < 16 { return min(length &+ end, count) }
      length &+= 16
    }
    return count
  }

  /// The index of the authority in `scheme://authority/path` (RFC 3986 section 3). The scheme must
  /// consist of letters.
  static func authorityOfURI(_ start: UnsafePointer<UInt8>, count: Int) -> Int? {
    let word = UInt64(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
    if count > 8 {
      // `http://` and `https://`, as nearly all are.
      if word & 0x00FF_FFFF_FFFF_FFFF == 0x002F_2F3A_7074_7468 { return 7 }
      if word == 0x2F2F_3A73_7074_7468 { return 8 }
    }
    var letters = 0
    while letters < count, (start[letters] | 0x20) &- UInt8(ascii: "a") < 26 { letters += 1 }
    guard letters > 0, letters + 3 <= count, start[letters] == UInt8(ascii: ":"),
      start[letters + 1] == .slash, start[letters + 2] == .slash
    else { return nil }
    return letters + 3
  }

  private static func method(_ text: TextRange) -> Method {
    guard text.count < 8 else { return .other }
    let word = UnsafeRawPointer(text.start).loadUnaligned(as: UInt64.self)
    return method(UInt64(littleEndian: word), count: text.count)
  }

  /// The method that a word of less than eight bytes names.
  @inline(never)
  private static func method(_ word: UInt64, count: Int) -> Method {
    // The length makes a difference where the word ends in zero bytes.
    switch word & (1 &<< UInt64(8 &* count) &- 1) | UInt64(count) &<< 56 {
    case packed("GET"): return .get
    case packed("HEAD"): return .head
    case packed("POST"): return .post
    case packed("PUT"): return .put
    case packed("DELETE"): return .delete
    case packed("CONNECT"): return .connect
    case packed("OPTIONS"): return .options
    case packed("TRACE"): return .trace
    case packed("PATCH"): return .patch
    default: return .other
    }
  }

  /// The bytes of a word as a number, and their count in the last byte.
  @inline(__always)
  private static func packed(_ name: StaticString) -> UInt64 {
    var word = UInt64(name.utf8CodeUnitCount) << 56
    for index in 0..<name.utf8CodeUnitCount {
      word |= UInt64(name.utf8Start[index]) << UInt64(8 * index)
    }
    return word
  }
}

/// The path of a target, as it stands there. Its name has no path parameters: in each segment, what
/// follows a `;` is left out.
struct RequestPath {
  let text: TextRange
  /// Whether its name is not the text itself.
  let hasParameters: Bool

  init(_ text: TextRange) {
    self.text = text
    hasParameters = text.firstIndex(of: UInt8(ascii: ";")) != nil
  }

  /// - Parameter text: has no parameters.
  init(plain text: TextRange) {
    (self.text, hasParameters) = (text, false)
  }

  /// Writes its name, which is no longer than the text.
  ///
  /// - Returns: the number of bytes.
  func writeWithoutParameters(to output: UnsafeMutablePointer<UInt8>) -> Int {
    var count = 0
    var isParameter = false
    for byte in text.bytes {
      if byte == .slash { isParameter = false }
      if byte == UInt8(ascii: ";") { isParameter = true }
      if !isParameter {
        output[count] = byte
        count += 1
      }
    }
    return count
  }
}
