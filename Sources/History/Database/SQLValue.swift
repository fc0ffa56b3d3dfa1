import AccessLog

/// A value of a parameter or a column.
enum SQLValue: Equatable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text([UInt8])
  case blob([UInt8])

  static func text(_ text: String) -> SQLValue { .text(Array(text.utf8)) }
  static func integer(_ number: Int) -> SQLValue { .integer(Int64(number)) }
  static func integer(_ second: EpochSecond) -> SQLValue { .integer(second.value) }

  /// A name from a log: a text where it is one, so that it can be compared with one in a query; other
  /// bytes as they are.
  static func name(_ name: Name) -> SQLValue {
    let bytes = name.bytes
    let isText = !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
    return isText ? .text(bytes) : .blob(bytes)
  }

  /// The number; `nil` if it is none.
  var integer: Int64? {
    switch self {
    case .integer(let number): number
    case .real(let number): Int64(exactly: number)
    default: nil
    }
  }

  /// A count, which is not below 0; 0 if it is no number.
  var count: Int { Int(max(0, integer ?? 0)) }

  /// The number; `nil` if it is none.
  var real: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .real(let number): number
    default: nil
    }
  }

  /// The bytes of a text or a blob; empty for anything else.
  var bytes: [UInt8] {
    switch self {
    case .text(let bytes), .blob(let bytes): bytes
    default: []
    }
  }

  var string: String { String(decoding: bytes, as: UTF8.self) }
}
