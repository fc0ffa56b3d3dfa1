/// A JSON value. Bytes in strings that are not UTF-8 are kept as they are.
enum ModelJSONValue: Equatable {
  case object([Member])
  case array([ModelJSONValue])
  case string([UInt8])
  /// A number as it is written.
  case number([UInt8])
  case literal(String)

  struct Member: Equatable {
    var key: [UInt8]
    var value: ModelJSONValue
  }

  /// Parses a text that is one value from its first byte to its last; `nil` if it is not valid.
  init?(_ text: [UInt8]) {
    var parser = Parser(rest: text[...])
    guard let value = parser.value(depth: 0), parser.rest.isEmpty else { return nil }
    self = value
  }

  /// The keys of an object.
  var keys: [[UInt8]] {
    guard case .object(let members) = self else { return [] }
    return members.map(\.key)
  }

  /// The value of a key of an object; the last of equal ones.
  subscript(key: String) -> ModelJSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key == Array(key.utf8) }?.value
  }
}

private struct Parser {
  var rest: ArraySlice<UInt8>

  private mutating func skipSpace() {
    rest = rest.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  }

  private mutating func take(_ text: String) -> Bool {
    guard rest.starts(with: Array(text.utf8)) else { return false }
    rest = rest.dropFirst(text.utf8.count)
    return true
  }

  mutating func value(depth: Int) -> ModelJSONValue? {
    // Deeper ones are no line of a log.
    if depth > 500 { return nil }
    if take("{") { return object(depth) }
    if take("[") { return array(depth) }
    if take("\"") { return string().map { .string($0) } }
    for literal in ["true", "false", "null"] where take(literal) { return .literal(literal) }
    return number()
  }

  private mutating func object(_ depth: Int) -> ModelJSONValue? {
    var members: [ModelJSONValue.Member] = []
    skipSpace()
    if take("}") { return .object([]) }
    while true {
      skipSpace()
      guard take("\""), let key = string() else { return nil }
      skipSpace()
      guard take(":") else { return nil }
      skipSpace()
      guard let value = value(depth: depth + 1) else { return nil }
      members.append(ModelJSONValue.Member(key: key, value: value))
      skipSpace()
      if take("}") { return .object(members) }
      if !take(",") { return nil }
    }
  }

  private mutating func array(_ depth: Int) -> ModelJSONValue? {
    var values: [ModelJSONValue] = []
    skipSpace()
    if take("]") { return .array([]) }
    while true {
      skipSpace()
      guard let value = value(depth: depth + 1) else { return nil }
      values.append(value)
      skipSpace()
      if take("]") { return .array(values) }
      if !take(",") { return nil }
    }
  }

  private mutating func number() -> ModelJSONValue? {
    let start = rest
    _ = take("-")
    let whole = rest.prefix(while: isDigit)
    if whole.isEmpty || (whole.first == UInt8(ascii: "0") && whole.count > 1) { return nil }
    rest = rest.dropFirst(whole.count)
    if take(".") && !takeDigits() { return nil }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      if !takeDigits() { return nil }
    }
    return .number(Array(start.dropLast(rest.count)))
  }

  private mutating func takeDigits() -> Bool {
    let digits = rest.prefix(while: isDigit)
    rest = rest.dropFirst(digits.count)
    return !digits.isEmpty
  }

  /// The string after its opening quote.
  private mutating func string() -> [UInt8]? {
    var text: [UInt8] = []
    while let byte = rest.first {
      if byte < 0x20 { return nil }
      rest = rest.dropFirst()
      if byte == UInt8(ascii: "\"") { return text }
      if byte == UInt8(ascii: "\\") {
        guard let escaped = escaped() else { return nil }
        text += escaped
      } else {
        text.append(byte)
      }
    }
    return nil
  }

  /// What an escape stands for, after its backslash.
  private mutating func escaped() -> [UInt8]? {
    guard let letter = rest.first else { return nil }
    rest = rest.dropFirst()
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [letter]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"):
      guard let unit = fourDigits() else { return nil }
      return Array(String(character(unit)).utf8)
    default: return nil
    }
  }

  private mutating func fourDigits() -> UInt32? {
    let digits = rest.prefix(4)
    guard digits.count == 4, digits.allSatisfy(isHexadecimal) else { return nil }
    rest = rest.dropFirst(4)
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  /// The character of a code unit, and of the low surrogate that follows a high one.
  private mutating func character(_ unit: UInt32) -> Unicode.Scalar {
    let replacement: Unicode.Scalar = "\u{FFFD}"
    guard unit >= 0xD800 && unit <= 0xDBFF else { return Unicode.Scalar(unit) ?? replacement }
    let before = rest
    if take("\\u"), let low = fourDigits(), low >= 0xDC00 && low <= 0xDFFF {
      return Unicode.Scalar(0x10000 + (unit - 0xD800) * 0x400 + (low - 0xDC00)) ?? replacement
    }
    rest = before
    return replacement
  }
}
