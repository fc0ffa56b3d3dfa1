extension DefinitionError {
  /// The definition with dots in place of what may be secret: what follows the host of a URL, a user and
  /// a password, and the arguments of a program. Every byte keeps its place, and the wrong one stays
  /// unless it is part of a user or a password.
  ///
  /// It also holds for definitions that are not well-formed: a secret is often next to the mistake.
  package func shownText(of definition: String) -> String {
    var mask = SecretMask(Array(definition.utf8), wrong: offset)
    mask.hideSecrets()
    return String(decoding: mask.bytes, as: UTF8.self)
  }
}

/// Puts dots in place of the secrets of a definition.
private struct SecretMask {
  private(set) var bytes: [UInt8]
  /// The offset of the wrong byte, which stays.
  private let wrong: Int

  init(_ bytes: [UInt8], wrong: Int) {
    self.bytes = bytes
    self.wrong = wrong
  }

  mutating func hideSecrets() {
    let words = words()
    let kind = words.first.map(text) ?? ""
    if kind == "exec" {
      for word in words.dropFirst(2) { hide(word) }
      return
    }
    let isPlain = ["file", "syslog", "bell"].contains(kind)
    var previous = ""
    var hasUser = false
    for word in words {
      let text = text(word)
      if previous.hasPrefix("password") || hasUser && !isOption(text) && !isOption(previous) {
        if !isReference(text) { hide(word, keepingWrong: false) }
      } else if text.hasPrefix("password"), text != "password" {
        hide(word.dropFirst("password".utf8.count), keepingWrong: false)
      } else if !isPlain || text.contains("://") {
        hideAddress(word, mayBeMail: kind != "webhook")
      }
      if kind == "mail", text == "user" { hasUser = true }
      previous = text
    }
  }

  // MARK: - Words

  /// The places of the words behind the name. Quotes that are not closed last until the end.
  private func words() -> [Range<Int>] {
    var words: [Range<Int>] = []
    var index = nameEnd
    while index < bytes.count {
      if isBlank(bytes[index]) {
        index += 1
        continue
      }
      let start = index
      var isQuoted = false
      while index < bytes.count, isQuoted || !isBlank(bytes[index]) {
        if bytes[index] == UInt8(ascii: "\"") { isQuoted.toggle() }
        if bytes[index] == UInt8(ascii: "\\"), isQuoted { index += 1 }
        index += 1
      }
      words.append(start..<min(index, bytes.count))
    }
    return words
  }

  /// Where the words begin: behind the name and its colon, if it has one. A colon of a URL ends no name.
  private var nameEnd: Int {
    guard let end = bytes.firstIndex(where: { "\":/".utf8.contains($0) }),
      bytes[end] == UInt8(ascii: ":"), bytes[(end + 1)...].first != UInt8(ascii: "/")
    else { return 0 }
    return end + 1
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// A word in lower case, without quotes.
  private func text(_ word: Range<Int>) -> String {
    String(decoding: bytes[word].filter { $0 != UInt8(ascii: "\"") }, as: UTF8.self).lowercased()
  }

  /// Whether a word of a mail tells what the next one is.
  private func isOption(_ text: String) -> Bool { ["from", "user", "password"].contains(text) }

  /// Whether a word names the place of a secret.
  private func isReference(_ text: String) -> Bool {
    (text.hasPrefix("file:") || text.hasPrefix("env:")) && !text.contains("://")
  }

  // MARK: - Dots

  private mutating func hide(_ places: Range<Int>, keepingWrong: Bool = true) {
    for place in places
    where (place != wrong || !keepingWrong) && bytes[place] != UInt8(ascii: "\"") {
      bytes[place] = UInt8(ascii: ".")
    }
  }

  /// Hides the parts of a URL that may be secret, also of one that lacks its scheme or a slash.
  ///
  /// - Parameter mayBeMail: whether `user@host` may be a mail address, which is no secret.
  private mutating func hideAddress(_ word: Range<Int>, mayBeMail: Bool) {
    guard !isReference(text(word)) else { return }
    let start = authorityStart(word)
    let end = bytes[start..<word.upperBound].firstIndex { "/?#\\".utf8.contains($0) }
    if let at = bytes[start..<word.upperBound].lastIndex(of: UInt8(ascii: "@")),
      !mayBeMail || start > word.lowerBound || bytes[start..<at].contains(UInt8(ascii: ":"))
    {
      hide(start..<at, keepingWrong: false)
    }
    if let end { hide(end + 1..<word.upperBound) }
  }

  /// Where the host, or a user in front of it, begins.
  private func authorityStart(_ word: Range<Int>) -> Int {
    let places = word.lowerBound..<max(word.lowerBound, word.upperBound - 2)
    let scheme = places.first { bytes[$0..<$0 + 3].elementsEqual("://".utf8) }
    return scheme.map { $0 + 3 } ?? word.lowerBound
  }
}
