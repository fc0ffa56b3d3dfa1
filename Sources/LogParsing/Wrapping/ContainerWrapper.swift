import AccessLog

/// The prefixes by which tools tell apart the containers and pods whose output they print.
enum ContainerWrapper {
  /// Docker Compose, `nginx-1  | `, and the tasks of a Docker Swarm service, `web.1.x2f@node | `.
  static func pipe(_ text: TextRange) -> WrapperMatch? {
    let range = text.coloredWord(from: 0)
    let name = text[range]
    guard let first = name.first, first.isLetter || first.isDigit, name.allSatisfy(isNameByte)
    else { return nil }
    let pipe = text.coloredWord(from: range.upperBound)
    guard pipe.count == 1, text[pipe.lowerBound] == UInt8(ascii: "|"),
      pipe.lowerBound > range.upperBound
    else { return nil }
    let isTask = name.firstIndex(of: UInt8(ascii: "@")) != nil
    return WrapperMatch(
      wrapper: isTask ? .swarm : .compose, name: name, inside: text.afterSpace(pipe.upperBound))
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") || byte == .dot || byte == .hyphen
      || byte == UInt8(ascii: "@")
  }

  /// `kubectl logs --prefix`: `[pod/nginx-7d9/nginx] `. A time such as `[25/Nov/2026:12:00:01]` is
  /// none: no container has a colon in its name.
  static func kubectl(_ text: TextRange) -> WrapperMatch? {
    let range = text.coloredWord(from: 0)
    let word = text[range]
    guard word.count > 2, word.first == .openingBracket, word.last == .closingBracket,
      word.firstIndex(of: .openingBracket, from: 1) == nil,
      word.firstIndex(of: .closingBracket) == word.count - 1
    else { return nil }
    let path = word[1..<(word.count - 1)]
    guard let kind = path.firstIndex(of: .slash), kind > 0,
      let name = path.firstIndex(of: .slash, from: kind + 1), name > kind + 1,
      name + 1 < path.count, path.firstIndex(of: .slash, from: name + 1) == nil,
      path.firstIndex(of: .colon, from: name + 1) == nil
    else { return nil }
    return WrapperMatch(
      wrapper: .kubectl, name: path[(kind + 1)..<name],
      inside: text.afterSpace(range.upperBound))
  }

  /// Stern: `pod container `. Any two words look like that, so it is one only if the client of the
  /// line is an address.
  static func stern(_ text: TextRange) -> WrapperMatch? {
    let pod = text.coloredWord(from: 0)
    guard isLabels(text[pod]), !ClientName.isAddress(text[pod]) else { return nil }
    let container = text.coloredWord(from: pod.upperBound)
    let label = text[container]
    guard isLabels(label), label.firstIndex(of: .dot) == nil, container.upperBound < text.count
    else { return nil }
    return WrapperMatch(
      wrapper: .stern, name: text[pod], inside: text.afterSpace(container.upperBound))
  }

  /// Whether the word is DNS labels (RFC 1123) joined by dots.
  private static func isLabels(_ word: TextRange) -> Bool {
    var isStart = true
    for index in 0..<word.count {
      let byte = word[index]
      let isInner = byte == .hyphen || byte == .dot
      guard byte.isLetter || byte.isDigit || (isInner && !isStart) else { return false }
      if byte == .dot, word[index - 1] == .hyphen { return false }
      isStart = byte == .dot
    }
    return !isStart && word.last != .hyphen
  }
}
