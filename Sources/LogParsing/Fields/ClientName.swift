import AccessLog

/// Finds the client in what servers write in its place: an address or a host name, with or without
/// quotes, brackets and a port, or a list of them (`X-Forwarded-For`).
enum ClientName {
  /// The client of a field.
  ///
  /// Of a list it is the leftmost part that names one; `-` if none does.
  ///
  /// - Complexity: O(bytes of the field).
  static func client(of field: TextRange) -> TextRange {
    guard field.firstIndex(of: .comma) == nil else { return client(ofList: field) }
    let client = withoutPort(field)
    return client.isEmpty ? .hyphen : client
  }

  /// The client of a list, which may have a single part.
  static func client(ofList field: TextRange) -> TextRange {
    var first = 0
    var comma = field.firstIndex(of: .comma) ?? field.count
    while true {
      let client = withoutPort(field[first..<comma].trimming(.space))
      if !client.isEmpty, !client.elementsEqual("-"), !client.elementsEqual("unknown") {
        return client
      }
      guard comma < field.count else { return .hyphen }
      first = comma + 1
      comma = field.firstIndex(of: .comma, from: first) ?? field.count
    }
  }

  /// The length of the address or host name that begins a text, if it is written without anything
  /// that has to be dropped; 0 if it is not, or may not be.
  ///
  /// - Complexity: O(the length).
  @inline(__always)
  static func plainLength(_ start: UnsafePointer<UInt8>, count: Int) -> Int {
    let length = ByteSearch.firstOutsideName(in: start, count: count)
    guard length < count, start[length] == .colon else { return length }
    return length < 5 ? plainVersion6Length(start, count: count) : 0
  }

  /// The same in a line that ends in a newline.
  @inline(__always)
  static func plainLength(_ start: UnsafePointer<UInt8>, inLine count: Int) -> Int {
    let length = LineSearch.firstOutsideName(in: start)
    guard start[length] == .colon else { return length }
    return length < 5 ? plainVersion6Length(start, count: count) : 0
  }

  /// The same for an address with colons, the first of which has at most four digits before it. With a
  /// single colon it would be a name with a port.
  private static func plainVersion6Length(_ start: UnsafePointer<UInt8>, count: Int) -> Int {
    // No address is longer than 45 bytes.
    let inside =
      addressBytes(start.lanes(0)) | addressBytes(start.lanes(16)) &<< 16
      | addressBytes(start.lanes(32)) &<< 32
    let colons = start.bits48(0) { $0 .== SIMD16(repeating: .colon) }
    let length = min((~inside).trailingZeroBitCount, count)
    guard length < 48 else { return 0 }
    let within = colons & ((1 &<< UInt64(truncatingIfNeeded: length)) &- 1)
    let hasSeveral = within & (within &- 1) != 0
    return hasSeveral && (length == count || start[length] <= .comma) ? length : 0
  }

  /// Bits for the bytes that may be part of an address of version 6.
  @inline(__always)
  private static func addressBytes(_ lanes: SIMD16<UInt8>) -> UInt64 {
    let digitsAndColon: ByteMask = (lanes &- SIMD16(repeating: .zero)) .< SIMD16(repeating: 11)
    let folded: SIMD16<UInt8> = lanes | SIMD16(repeating: 0x20)
    let letters: ByteMask =
      (folded &- SIMD16(repeating: UInt8(ascii: "a"))) .< SIMD16(repeating: 6)
    let dots: ByteMask = lanes .== SIMD16(repeating: .dot)
    return (digitsAndColon .| letters .| dots).bits
  }

  /// Whether the field, or the first part of a list, is an address, perhaps with quotes, brackets
  /// and a port.
  ///
  /// - Complexity: O(bytes of the field).
  static func isAddress(_ field: TextRange) -> Bool {
    if isVersion4(field) { return true }
    let text = withoutPort(field.prefix(field.firstIndex(of: .comma) ?? field.count))
    return isVersion4(text) || isVersion6(text)
  }

  /// The text without quotes, brackets and port.
  static func withoutPort(_ text: TextRange) -> TextRange {
    let text = text.trimming(.quote)
    if let bracket = closingBracket(of: text) { return text[1..<bracket] }
    return text.prefix(portColon(of: text) ?? text.count)
  }

  /// Whether a client as `client(of:)` finds it is an address.
  static func isCleanAddress(_ client: TextRange) -> Bool {
    isVersion4(client) || isVersion6(client)
  }

  /// Whether the field is a name with a port: `host:443`, `[::1]:443`.
  static func namesPort(_ field: TextRange) -> Bool {
    let text = field.trimming(.quote)
    if let bracket = closingBracket(of: text) { return bracket + 1 < text.count }
    return portColon(of: text) != nil
  }

  /// The index of the bracket that closes `[...]` or `[...]:port`; `nil` for any other text.
  private static func closingBracket(of text: TextRange) -> Int? {
    guard text.first == .openingBracket, let closing = text.firstIndex(of: .closingBracket)
    else { return nil }
    let rest = text.from(closing + 1)
    return rest.isEmpty || (rest.first == .colon && isPort(rest.from(1))) ? closing : nil
  }

  /// The index of the colon before the port of a name without another colon.
  private static func portColon(of text: TextRange) -> Int? {
    guard let colon = text.firstIndex(of: .colon), colon > 0, isPort(text.from(colon + 1))
    else { return nil }
    return colon
  }

  private static func isPort(_ text: TextRange) -> Bool {
    (1...5).contains(text.count) && text.allSatisfy(\.isDigit)
  }

  /// Whether the text is four decimal numbers with dots between them.
  private static func isVersion4(_ text: TextRange) -> Bool {
    var dots = 0
    var digits = 0
    for index in 0..<text.count {
      if text[index].isDigit {
        digits += 1
      } else {
        guard text[index] == .dot, digits > 0 else { return false }
        dots += 1
        digits = 0
      }
    }
    return dots == 3 && digits > 0
  }

  /// Whether the text is an address of version 4, perhaps with a port, and nothing else.
  @inline(__always)
  static func isPlainVersion4(_ text: TextRange) -> Bool {
    var index = 0
    for part in 0..<4 {
      let digits = Numbers.digits(text.start + index)
      guard digits > 0, digits < 8 else { return false }
      index &+= digits
      guard index < text.count else { return part == 3 && index == text.count }
      if part < 3 {
        guard text.start[index] == .dot else { return false }
        index &+= 1
      }
    }
    guard text.start[index] == .colon else { return false }
    let port = Numbers.digits(text.start + index + 1)
    return port > 0 && port <= 5 && index &+ 1 &+ port == text.count
  }

  /// Whether the text is hexadecimal numbers with at least two colons between them, the last of
  /// which may be an address of version 4, and perhaps a scope (RFC 4007).
  private static func isVersion6(_ text: TextRange) -> Bool {
    var end = text.count
    if let percent = text.firstIndex(of: UInt8(ascii: "%")) {
      guard percent + 1 < text.count else { return false }
      end = percent
    }
    var colons = 0
    var group = 0
    for index in 0..<end {
      if text[index] == .colon {
        colons += 1
        group = index + 1
      } else if !text[index].isHexDigit {
        return colons >= 2 && isVersion4(text[group..<end])
      }
    }
    return colons >= 2
  }
}

extension RecordBatch {
  /// Whether the client of the last record is an address.
  var hasAddress: Bool {
    guard let client = records.last?.names[.client] else { return false }
    let bytes = name(client, in: .client).bytes
    let padded = bytes + [UInt8](repeating: 0, count: LineBytes.padding)
    return padded.withUnsafeBufferPointer { buffer in
      // Not empty: it holds the padding.
      ClientName.isCleanAddress(TextRange(start: buffer.baseAddress!, count: bytes.count))
    }
  }
}
