import EventOutput

/// A value of JSON (RFC 8259) that keeps the order of its members and the digits of its numbers.
indirect enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  /// A number as it was written.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// A member of an object.
  struct Member: Equatable, Sendable {
    var name: String
    var value: JSONValue
  }

  static func integer(_ value: Int64) -> JSONValue { .number(String(value)) }

  /// The value of the first member of that name; `nil` if there is none or this is no object.
  subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  var text: String? { if case .string(let text) = self { text } else { nil } }
  /// The digits of a number.
  var digits: String? { if case .number(let digits) = self { digits } else { nil } }
  /// A whole number; `nil` for others and for those that are too great.
  var integer: Int64? { digits.flatMap { Int64($0) } }
  var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  var array: [JSONValue]? { if case .array(let values) = self { values } else { nil } }

  /// The object with members at its end that take the place of those of the same names.
  func appending(_ members: [Member]) -> JSONValue {
    guard case .object(let own) = self else { return self }
    return .object(own.filter { old in !members.contains { $0.name == old.name } } + members)
  }

  /// The value with every string cut to a number of bytes.
  ///
  /// - Complexity: O(n)
  func clipped(to limit: Int) -> JSONValue {
    switch self {
    case .string(let text): .string(ClippedText.text(text, limit: limit))
    case .array(let values): .array(values.map { $0.clipped(to: limit) })
    case .object(let members):
      .object(
        members.map {
          Member(
            name: ClippedText.text($0.name, limit: limit), value: $0.value.clipped(to: limit))
        })
    case .null, .bool, .number: self
    }
  }

  /// The JSON text.
  var bytes: [UInt8] {
    let text = JSONText(asciiOnly: false)
    write(to: text)
    return Array(text.bytes)
  }

  private func write(to text: JSONText) {
    switch self {
    case .null: text.raw("null")
    case .bool(let value): text.boolean(value)
    case .number(let digits): text.digits(digits)
    case .string(let string): text.string(string)
    case .array(let values):
      text.raw("[")
      for (index, value) in values.enumerated() {
        if index > 0 { text.raw(",") }
        value.write(to: text)
      }
      text.raw("]")
    case .object(let members):
      text.raw("{")
      for (index, member) in members.enumerated() {
        if index > 0 { text.raw(",") }
        text.string(member.name)
        text.raw(":")
        member.value.write(to: text)
      }
      text.raw("}")
    }
  }
}

/// Cuts texts that may be very long.
enum ClippedText {
  /// The most bytes of a field in a message to people or to another system.
  static let fieldLimit = 1_024

  /// The text, or as many whole characters of it as fit before an ellipsis.
  static func text(_ text: String, limit: Int = fieldLimit) -> String {
    guard text.utf8.count > limit else { return text }
    let ellipsis = "…"
    var end = text.utf8.index(text.startIndex, offsetBy: max(0, limit - ellipsis.utf8.count))
    while end > text.startIndex, end.samePosition(in: text.unicodeScalars) == nil {
      end = text.utf8.index(before: end)
    }
    return String(text.unicodeScalars[..<end]) + ellipsis
  }
}
