import AccessLog

/// Lines within JSON objects: `journalctl -o json` (`MESSAGE`), and Docker's json-file (`log`).
enum JSONWrapper {
  /// The members that matter, without their escapes; `nil` if missing or not text. Of equal keys the
  /// last one counts.
  private struct Members {
    var message: TextRange?
    var log: TextRange?
    var host: TextRange?
    var stream: TextRange?
    /// Whether there are members that Docker does not write.
    var hasOthers = false
  }

  /// - Parameter output: room for as many bytes as the text has, and `LineBytes.padding` more.
  static func match(_ text: TextRange, output: UnsafeMutablePointer<UInt8>) -> WrapperMatch? {
    if let match = dockerLine(text, output) { return match }
    guard let members = members(of: text, output) else { return nil }
    if let message = members.message {
      let name = members.host.flatMap { $0.isEmpty ? nil : $0 }
      return WrapperMatch(wrapper: .journal, name: name, inside: message, endsLine: true)
    }
    guard let log = members.log else { return nil }
    return WrapperMatch(
      wrapper: .docker, name: nil, inside: log, stream: members.stream ?? .empty,
      // Log collectors write whole lines into a member of that name, without a newline.
      isCut: log.last != .newline && !members.hasOthers, endsLine: true)
  }

  /// Reads an object as Docker writes it: `{"log":"...","stream":"stdout","time":"..."}`; `nil` for any
  /// other text.
  private static func dockerLine(
    _ text: TextRange, _ output: UnsafeMutablePointer<UInt8>
  ) -> WrapperMatch? {
    guard text.hasPrefix("{\"log\":") else { return nil }
    var scanner = JSONScanner(text)
    scanner.cursor.index = 7
    guard let count = scanner.string(into: output) else { return nil }
    let rest = scanner.cursor.rest
    guard
      rest.hasPrefix(",\"stream\":\"stdout\",\"time\":\"")
        || rest.hasPrefix(",\"stream\":\"stderr\",\"time\":\"")
    else { return nil }
    scanner.cursor.index += 26
    guard scanner.string() != nil, scanner.skip(UInt8(ascii: "}")), scanner.isAtEnd else {
      return nil
    }
    let log = TextRange(start: output, count: count)
    return WrapperMatch(
      wrapper: .docker, name: nil, inside: log, stream: rest[11..<17],
      isCut: log.last != .newline, endsLine: true)
  }

  private static func members(
    of text: TextRange, _ start: UnsafeMutablePointer<UInt8>
  ) -> Members? {
    var scanner = JSONScanner(text)
    var members = Members()
    var output = start
    guard scanner.skip(UInt8(ascii: "{")), scanner.next() == .quote else { return nil }
    repeat {
      guard let key = key(&scanner, output), scanner.skip(.colon) else { return nil }
      let isValid =
        switch key.count {
        case 3 where key.elementsEqual("log"): read(&members.log, &scanner, &output)
        case 6 where key.elementsEqual("stream"): read(&members.stream, &scanner, &output)
        case 7 where key.elementsEqual("MESSAGE"):
          read(&members.message, &scanner, &output, allowsBytes: true)
        case 9 where key.elementsEqual("_HOSTNAME"): read(&members.host, &scanner, &output)
        default: scanner.skipValue()
        }
      if !isDockerKey(key) { members.hasOthers = true }
      guard isValid else { return nil }
    } while scanner.skip(.comma)
    return scanner.skip(UInt8(ascii: "}")) && scanner.isAtEnd ? members : nil
  }

  /// Whether Docker's json-file has such a member.
  private static func isDockerKey(_ key: TextRange) -> Bool {
    key.elementsEqual("log") || key.elementsEqual("stream") || key.elementsEqual("time")
      || key.elementsEqual("attrs")
  }

  /// Reads a key, which may hold escapes although it need not.
  private static func key(
    _ scanner: inout JSONScanner, _ output: UnsafeMutablePointer<UInt8>
  ) -> TextRange? {
    let start = scanner
    guard let key = scanner.string() else { return nil }
    guard key.firstIndex(of: .backslash) != nil else { return key }
    scanner = start
    return scanner.string(into: output).map { TextRange(start: output, count: $0) }
  }

  /// Reads a value that may be text.
  ///
  /// - Parameters:
  ///   - output: the text is written there; moves behind it.
  ///   - allowsBytes: whether the text may be an array of bytes.
  /// - Returns: `false` if the value is malformed.
  private static func read(
    _ member: inout TextRange?, _ scanner: inout JSONScanner,
    _ output: inout UnsafeMutablePointer<UInt8>, allowsBytes: Bool = false
  ) -> Bool {
    let first = scanner.next()
    let start = scanner
    var count: Int?
    if first == .quote {
      count = scanner.string(into: output)
      guard count != nil else { return false }
    } else if first == .openingBracket, allowsBytes {
      count = scanner.byteArray(into: output)
    }
    member = count.map { TextRange(start: output, count: $0) }
    if let count {
      output += count
      return true
    }
    scanner = start
    return scanner.skipValue()
  }
}
