/// Lines as strings in the JSON that the journal and Docker write.
enum WrapperJSON {
  /// Appends a line as `journalctl` does: as a string if it is printable ASCII, otherwise as an array
  /// of bytes.
  static func appendMessage(_ line: [UInt8], to json: inout [UInt8]) {
    let isPrintable = line.allSatisfy { (0x20...0x7E).contains($0) }
    guard isPrintable else {
      json += "[\(line.map { String($0) }.joined(separator: ","))]".utf8
      return
    }
    json.append(UInt8(ascii: "\""))
    for byte in line { appendEscaped(byte, to: &json) }
    json.append(UInt8(ascii: "\""))
  }

  /// Appends the inside of a string as Docker does: `<`, `>` and `&` are escaped too.
  static func appendLog(_ line: [UInt8], to json: inout [UInt8]) {
    for byte in line {
      switch byte {
      case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"): appendCode(byte, to: &json)
      default: appendEscaped(byte, to: &json)
      }
    }
  }

  private static func appendEscaped(_ byte: UInt8, to json: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): json += [UInt8(ascii: "\\"), byte]
    case UInt8(ascii: "\t"): json += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
    case ..<0x20: appendCode(byte, to: &json)
    default: json.append(byte)
    }
  }

  /// Appends `\u003c`.
  private static func appendCode(_ byte: UInt8, to json: inout [UInt8]) {
    json += "\\u00\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16))".utf8
  }
}
