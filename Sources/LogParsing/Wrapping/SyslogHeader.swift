import AccessLog

/// What follows the time in a line of syslog: a host and a tag, of which either may be missing.
enum SyslogHeader {
  /// Reads what follows a time without a tag in the usual place: a host, or nothing.
  static func match(_ text: TextRange) -> WrapperMatch {
    let first = text.coloredWord(from: 0)
    let second = text.coloredWord(from: first.upperBound)
    // rsyslog puts the name of the host before lines that begin with it themselves.
    let third = text.coloredWord(from: second.upperBound)
    if isHost(text[second]), isTag(text[third]) {
      return match(text[first], text.afterSpace(third.upperBound))
    }
    return matchBeforeLine(text) ?? match(nil, text)
  }

  /// Reads a host before the beginning of a line, or nothing before an address, without a tag; `nil`
  /// for any other text.
  static func matchBeforeLine(_ text: TextRange) -> WrapperMatch? {
    let first = text.coloredWord(from: 0)
    if ClientName.isAddress(text[first]) { return match(nil, text) }
    let second = text.coloredWord(from: first.upperBound)
    if isConnectionType(text[first]), isTime(text[second]) { return match(nil, text) }
    guard isHost(text[first]), beginsLine(text, second) else { return nil }
    return match(text[first], text.afterSpace(first.upperBound))
  }

  /// Reads a tag, after a host or without one; `nil` if there is no tag.
  static func matchWithTag(_ text: TextRange) -> WrapperMatch? {
    let first = text.coloredWord(from: 0)
    if isTag(text[first]) { return match(nil, text.afterSpace(first.upperBound)) }
    let second = text.coloredWord(from: first.upperBound)
    guard isTag(text[second]) else { return nil }
    return match(text[first], text.afterSpace(second.upperBound))
  }

  /// The same after a time that only journalctl writes. A host that is `-` would rather be the
  /// identity in a line whose client looks like such a time.
  static func matchAfterJournalTime(_ text: TextRange) -> WrapperMatch? {
    guard let match = matchWithTag(text), !(match.name?.elementsEqual("-") ?? false) else {
      return nil
    }
    return match
  }

  /// The same where no time precedes: something must follow, the host must look like one, and a tag
  /// before `-`, or with a comma, is rather a client.
  static func matchWithoutTime(_ text: TextRange) -> WrapperMatch? {
    guard let match = matchWithTag(text), !match.inside.isEmpty else { return nil }
    let next = match.inside[match.inside.coloredWord(from: 0)]
    guard let host = match.name else {
      let tag = text[text.coloredWord(from: 0)]
      return next.elementsEqual("-") || tag.firstIndex(of: .comma) != nil ? nil : match
    }
    return isHost(host) && !ClientName.isAddress(host) ? match : nil
  }

  private static func match(_ name: TextRange?, _ inside: TextRange) -> WrapperMatch {
    WrapperMatch(wrapper: .syslog, name: name, inside: inside)
  }

  /// Whether the word is `nginx:` or `nginx[812]:`. A directive of an extended log file, such as
  /// `#Fields:`, is none.
  private static func isTag(_ word: TextRange) -> Bool {
    guard word.last == .colon, word.first != UInt8(ascii: "#") else { return false }
    var index = 0
    while isTagByte(word[index]) { index += 1 }
    guard index > 0 else { return false }
    if word[index] == .openingBracket {
      guard let closing = word.firstIndex(of: .closingBracket, from: index) else { return false }
      index = closing + 1
    }
    return index == word.count - 1
  }

  private static func isTagByte(_ byte: UInt8) -> Bool {
    byte != .colon && byte != .openingBracket && byte != .closingBracket && byte != .quote
  }

  /// Whether the word can be the name of a host, without a port.
  private static func isHost(_ word: TextRange) -> Bool {
    guard let first = word.first, first != .hyphen, first != .dot else { return false }
    return word.allSatisfy {
      $0.isLetter || $0.isDigit || $0 == .dot || $0 == .hyphen || $0 == UInt8(ascii: "_")
    }
  }

  /// Whether a line rather begins with this word than before it: it is an address, or a virtual
  /// host before a client, or begins a line of another format.
  private static func beginsLine(_ text: TextRange, _ range: Range<Int>) -> Bool {
    let word = text[range]
    if word.first == .quote || word.first == UInt8(ascii: "{") || word.first == UInt8(ascii: "#") {
      return true
    }
    if word.firstIndex(of: .comma) != nil || ClientName.isAddress(word)
      || isTime(word) || isTimeInBrackets(word)
    {
      return true
    }
    let nextRange = text.coloredWord(from: range.upperBound)
    let next = text[nextRange]
    if ClientName.namesPort(word), !next.isEmpty { return !next.elementsEqual("-") }
    guard isHost(word) else { return false }
    return ClientName.isAddress(next) || (isConnectionType(word) && isTime(next))
      || (isHost(next) && isTimeOfBucket(text, from: nextRange.upperBound))
  }

  /// Whether a line may begin with the word because it is a time of its own: a date, as in the formats of
  /// W3C, CloudFront and ELB, or seconds since 1970, as in that of Squid.
  private static func isTime(_ word: TextRange) -> Bool {
    let digits = word.bytes.prefix(while: \.isDigit).count
    if digits == 10 { return word.count == digits || word[digits] == .dot }
    guard digits == 4, word.count >= 10, word[4] == .hyphen, word[7] == .hyphen,
      word[5..<7].allSatisfy(\.isDigit), word[8..<10].allSatisfy(\.isDigit)
    else { return false }
    return word.count == 10 || word[10] == .tab || word[10] == UInt8(ascii: "T")
  }

  private static func isTimeInBrackets(_ word: TextRange) -> Bool {
    word.count > 1 && word.first == .openingBracket && word[1].isDigit
  }

  /// Whether the word begins a line of ALB, before its time.
  private static func isConnectionType(_ word: TextRange) -> Bool {
    let types: [StaticString] = ["http", "https", "h2", "grpcs", "ws", "wss"]
    return types.contains { word.elementsEqual($0) }
  }

  /// Whether a time in brackets follows that no request follows: two words before it are the owner
  /// and the bucket of a line of S3, rather than a client and a user.
  private static func isTimeOfBucket(_ text: TextRange, from index: Int) -> Bool {
    guard isTimeInBrackets(text[text.coloredWord(from: index)]),
      let end = text.firstIndex(of: .closingBracket, from: index)
    else { return false }
    let next = text[text.coloredWord(from: end + 1)]
    return !next.isEmpty && next.first != .quote
  }
}
