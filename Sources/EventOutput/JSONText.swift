import AccessLog
import TrafficAnalysis

/// Builds JSON (RFC 8259) into bytes that are kept from one object to the next.
struct JSONText {
  private(set) var bytes: [UInt8] = []
  /// No byte over 0x7E is written.
  private let asciiOnly: Bool

  init(asciiOnly: Bool) {
    self.asciiOnly = asciiOnly
  }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// Syntax and names known here, as they stand.
  mutating func raw(_ text: StaticString) {
    bytes += UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
  }

  mutating func number(_ value: some FixedWidthInteger) {
    bytes += String(value).utf8
  }

  /// A time as epoch seconds; `null` where there is none.
  mutating func number(_ second: EpochSecond?) {
    if let second { number(second.value) } else { raw("null") }
  }

  /// With at most two decimals.
  mutating func number(_ rate: Rate) {
    bytes += rate.shortText.utf8
  }

  mutating func number(_ threshold: Threshold) {
    bytes += threshold.text.utf8
  }

  mutating func boolean(_ value: Bool) {
    raw(value ? "true" : "false")
  }

  mutating func string(_ text: String) {
    string(Array(text.utf8))
  }

  mutating func string(_ name: Name) {
    string(name.bytes)
  }

  /// A string of any bytes: what is not UTF-8 becomes U+FFFD, one for each maximal subpart
  /// (Unicode, section 3.9); control characters, C1 too, are escaped.
  mutating func string(_ text: [UInt8]) {
    raw("\"")
    if text.allSatisfy({ (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }) {
      bytes += text
    } else {
      for scalar in String(decoding: text, as: UTF8.self).unicodeScalars { append(scalar) }
    }
    raw("\"")
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x22: raw("\\\"")
    case 0x5C: raw("\\\\")
    case 0x08: raw("\\b")
    case 0x09: raw("\\t")
    case 0x0A: raw("\\n")
    case 0x0C: raw("\\f")
    case 0x0D: raw("\\r")
    case 0...0x1F, 0x7F...0x9F: appendEscape(UInt16(scalar.value))
    case 0xA0... where asciiOnly: for unit in String(scalar).utf16 { appendEscape(unit) }
    default: bytes += UTF8.encode(scalar)!
    }
  }

  /// `\u202e`
  private mutating func appendEscape(_ unit: UInt16) {
    raw("\\u")
    for shift: UInt16 in [12, 8, 4, 0] { bytes.append(Self.hexDigit(unit >> shift & 15)) }
  }

  private static func hexDigit(_ value: UInt16) -> UInt8 {
    UInt8(value < 10 ? 0x30 + value : 0x57 + value)
  }

  /// A sentence built by `body`, which must write plain text.
  mutating func string(builtBy body: (inout [UInt8]) -> Void) {
    var text: [UInt8] = []
    body(&text)
    string(text)
  }
}
