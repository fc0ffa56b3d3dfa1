// A report as a message: one JSON object without line breaks, in pipes a line.
//
//   {"event":"second","version":1,"sender":"web1:/var/log/access.log","series":"0123456789abcdef",
//    "sequence":12,"second":1795453209,"hits":100,"data":"..."}
//
// `data` is the wire form of the report in Base64; it holds `second` and `hits` too, which stand beside
// it for people and other programs. If the name of the sender is not UTF-8, the bytes that are not are
// shown as U+FFFD, and `senderBytes` has the name in Base64. Readers ignore other members.

extension SentReport {
  /// The length of a message in bytes that is accepted at most.
  package static let messageLimit = 1 << 20
  /// The number of names in a message that is accepted at most.
  package static let nameLimit = 65_536
  /// The length of a sender's name in bytes that is accepted at most.
  package static let senderLimit = 4096
  /// The number of senders that are told apart at most.
  package static let senderCountLimit = 4096

  package static let beginning = Array("{\"event\":\"second\",".utf8)
  private static let version: UInt64 = 1

  /// Whether a line begins like a report.
  package static func isReport(_ line: some Collection<UInt8>) -> Bool {
    line.starts(with: beginning)
  }

  /// The message, without a newline.
  ///
  /// - Complexity: O(bytes of all names)
  package var encoded: [UInt8] {
    let data = report.encoded
    var text = Self.beginning
    text.reserveCapacity(Base64.length(of: data.count) + 200)
    text += Array("\"version\":\(Self.version),\"sender\":\"".utf8)
    sender.withBytes { Self.append(escaping: $0, to: &text) }
    text.append(UInt8(ascii: "\""))
    if !sender.isUTF8 {
      text += Array(",\"senderBytes\":\"".utf8)
      Base64.append(sender.bytes, to: &text)
      text.append(UInt8(ascii: "\""))
    }
    let digits = String(series, radix: 16)
    let series = String(repeating: "0", count: 16 - digits.count) + digits
    text += Array(",\"series\":\"\(series)\",\"sequence\":\(sequence)".utf8)
    text += Array(
      ",\"second\":\(report.through.value),\"hits\":\(report.closed.traffic.hits)".utf8)
    text += Array(",\"data\":\"".utf8)
    Base64.append(data, to: &text)
    text += Array("\"}".utf8)
    return text
  }

  /// Appends a text for a JSON string; bytes that are not UTF-8 become U+FFFD.
  private static func append(escaping bytes: UnsafeBufferPointer<UInt8>, to text: inout [UInt8]) {
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\"", "\\": text += [UInt8(ascii: "\\"), UInt8(ascii: scalar)]
      case "\0"..<" ", "\u{7F}":
        let digits = String(scalar.value, radix: 16)
        text += Array("\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
      default: text += Array(String(scalar).utf8)
      }
    }
  }

  // MARK: - Decoding

  /// Decodes a message, with or without white space around it.
  ///
  /// - Throws: `WireFailure`.
  /// - Complexity: O(bytes)
  package init(decoding message: UnsafeBufferPointer<UInt8>) throws(WireFailure) {
    guard message.count <= Self.messageLimit else { throw .tooLarge }
    var members = Members()
    var cursor = JSONCursor(message)
    try cursor.forEachMember { (cursor, name) throws(WireFailure) in
      try members.read(name, &cursor)
    }
    guard members.isSecond else { throw .malformed }
    guard let version = members.version else { throw .malformed }
    guard version == Self.version else { throw .unknownVersion(version) }
    guard let sender = members.senderBytes ?? members.sender, let series = members.series,
      let sequence = members.sequence, let data = members.data
    else { throw .malformed }
    guard sequence > 0, !sender.isEmpty else { throw .badNumber }
    guard sender.count <= Self.senderLimit else { throw .tooLarge }
    let report = try SecondReport(decoding: data)
    guard members.second ?? report.through.value == report.through.value,
      members.hits ?? report.closed.traffic.hits == report.closed.traffic.hits
    else { throw .contradiction }
    self.init(sender: Name(sender), series: series, sequence: sequence, report: report)
  }

  /// Decodes a message. See above.
  package init(decoding message: [UInt8]) throws(WireFailure) {
    self = try message.withUnsafeBufferPointer { message throws(WireFailure) in
      try SentReport(decoding: message)
    }
  }
}

/// The members of a message that are known.
private struct Members {
  var isSecond = false
  var version: UInt64?
  var sender: [UInt8]?
  var senderBytes: [UInt8]?
  var series: UInt64?
  var sequence: UInt64?
  var second: Int64?
  var hits: Int?
  var data: [UInt8]?

  /// Reads the value of a member.
  mutating func read(
    _ name: UnsafeBufferPointer<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireFailure) {
    switch String(decoding: name, as: UTF8.self) {
    case "event": isSecond = try String(decoding: cursor.string(), as: UTF8.self) == "second"
    case "version": version = try cursor.integer()
    case "sender": sender = try cursor.text()
    case "senderBytes": senderBytes = try cursor.base64()
    case "series":
      let digits = try cursor.string()
      guard digits.count == 16, digits.first != UInt8(ascii: "+"),
        let number = UInt64(String(decoding: digits, as: UTF8.self), radix: 16)
      else { throw .badNumber }
      series = number
    case "sequence": sequence = try cursor.integer()
    case "second": second = try cursor.integer()
    case "hits": hits = try cursor.integer()
    case "data": data = try cursor.base64()
    default: try cursor.skip()
    }
  }
}

extension JSONCursor {
  /// Reads a string of Base64.
  fileprivate mutating func base64() throws(WireFailure) -> [UInt8] {
    guard let bytes = Base64.bytes(of: try string()) else { throw .malformed }
    return bytes
  }
}

extension Name {
  fileprivate var isUTF8: Bool { withBytes { String(validating: $0, as: UTF8.self) != nil } }
}
