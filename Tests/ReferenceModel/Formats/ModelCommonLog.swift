/// Judges a line of the common-log family.
///
/// - Parameter zone: the offset of times without a zone, in seconds east of UTC.
func judgeCommonLog(_ line: [UInt8], zone: Int64) -> Judgement {
  guard let fields = commonLogFields(line) else { return .rejected(.shape) }
  let raw = RawFields(
    client: fields.client, time: bracketTime(fields.time, zone: zone),
    request: ModelRequest(fields.request), status: fields.status, bytes: fields.bytes,
    extras: fields.extras)
  return raw.judgement
}

/// The format of the family that a line with the right shape belongs to.
func commonLogMember(_ line: [UInt8]) -> String {
  guard let fields = commonLogFields(line) else { return "common" }
  if fields.virtualHost != nil { return "vcombined" }
  if traefikLatency(fields.tail) != nil { return "traefik" }
  return twoQuotedStrings(fields.tail) == nil ? "common" : "combined"
}

private let space = UInt8(ascii: " ")
private let quote = UInt8(ascii: "\"")
private let backslash = UInt8(ascii: "\\")

private struct CommonLogFields {
  var virtualHost: [UInt8]?
  var client: [UInt8]
  var user: [UInt8]
  var time: [UInt8]
  var request: [UInt8]
  var status: [UInt8]
  var bytes: [UInt8]
  /// What follows the bytes.
  var tail: [UInt8]

  var extras: ModelExtras {
    var extras = ModelExtras(host: cleanClient(virtualHost ?? []), user: user)
    if let (referrer, agent) = twoQuotedStrings(tail) {
      extras.referrer = withoutEscapes(referrer)
      extras.agent = withoutEscapes(agent)
    }
    extras.latency = traefikLatency(tail)
    return extras
  }
}

private func commonLogFields(_ spacedLine: [UInt8]) -> CommonLogFields? {
  var line = Array(spacedLine.drop { $0 == space })
  var list: [UInt8]?
  if line.first == quote, let bracket = timeBracket(line) {
    if let end = line[1..<bracket.open].firstIndex(of: quote) {
      LineBranch.quotedList.reach()
      list = Array(line[1..<end])
    } else {
      LineBranch.leadingQuote.reach()
      line.removeFirst()
      if line.last == quote { line.removeLast() }
    }
  }
  guard let bracket = timeBracket(line),
    let source = clientOfPrefix(Array(line[..<bracket.open]), list: list)
  else { return nil }

  let afterBracket = line[(bracket.close + 1)...].drop { $0 == space }
  if afterBracket.startIndex > bracket.close + 2 { LineBranch.severalSpaces.reach() }
  let text = Array(afterBracket.dropFirst())
  guard let end = requestEnd(text) else { return nil }
  let rest = Array(text[(end + 1)...])
  if rest.first != space { LineBranch.noSpaceAfterRequest.reach() }
  guard let status = firstWord(rest), let bytes = firstWord(status.rest) else { return nil }
  return CommonLogFields(
    virtualHost: source.virtualHost, client: source.client, user: source.user,
    time: Array(line[(bracket.open + 1)..<bracket.close]),
    request: withoutEscapes(Array(text[..<end])), status: status.word, bytes: bytes.word,
    tail: bytes.rest)
}

/// The first `[...]` that holds no other bracket and is followed by spaces and a quote.
private func timeBracket(_ line: [UInt8]) -> (open: Int, close: Int)? {
  for open in line.indices where line[open] == UInt8(ascii: "[") {
    let next = line[(open + 1)...].firstIndex {
      $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "]")
    }
    guard let close = next, line[close] == UInt8(ascii: "]") else { continue }
    let after = line[(close + 1)...]
    if after.first == space && after.first(where: { $0 != space }) == quote {
      return (open, close)
    }
  }
  return nil
}

/// The client in what stands before the time, and what stands around it.
///
/// - Parameter list: the clients in quotes at the start of the line.
private func clientOfPrefix(
  _ prefix: [UInt8], list: [UInt8]?
) -> (client: [UInt8], virtualHost: [UInt8]?, user: [UInt8])? {
  guard prefix.last == space else { return nil }
  let all = words(prefix)
  guard all.count >= 2 else { return nil }
  if let list {
    let afterList = prefix.drop { $0 == space }.dropFirst(list.count + 2)
    return (clientOfList(list), nil, user(after: Array(afterList)))
  }
  let hasVirtualHost = all.count >= 4 && isVirtualHost(all[0], before: all[1])
  let (field, rest) = clientField(prefix, skipsWord: hasVirtualHost)
  return (clientName(field), hasVirtualHost ? all[0] : nil, user(after: rest))
}

/// What follows the identity, which is the next word, without the spaces around it.
private func user(after client: [UInt8]) -> [UInt8] {
  var user = Array((firstWord(client)?.rest ?? []).drop { $0 == space })
  while user.last == space { user.removeLast() }
  return user
}

private func isVirtualHost(_ first: [UInt8], before second: [UInt8]) -> Bool {
  if first.last == UInt8(ascii: ",") { return false }
  if namesPort(first) && second != Array("-".utf8) {
    LineBranch.virtualHostByPort.reach()
    return true
  }
  if isAddress(second) {
    LineBranch.virtualHostByAddress.reach()
    return true
  }
  if second.contains(UInt8(ascii: ".")) && !isAddress(first) {
    LineBranch.virtualHostByDot.reach()
    return true
  }
  return false
}

/// The first word, or the second; as long as it ends in a comma, the words after it too. And what
/// follows them.
private func clientField(
  _ prefix: [UInt8], skipsWord: Bool
) -> (field: [UInt8], rest: [UInt8]) {
  var rest = Array(prefix.drop { $0 == space })
  if skipsWord { rest = Array(firstWord(rest)!.rest.drop { $0 == space }) }
  var field: [UInt8] = []
  repeat {
    let spaces = rest.prefix { $0 == space }
    guard let next = firstWord(rest) else { break }
    field += spaces + next.word
    rest = next.rest
  } while field.last == UInt8(ascii: ",")
  return (field, rest)
}

/// The index of the quote that ends the request, which begins with `text`.
func requestEnd(_ text: [UInt8]) -> Int? {
  let quotes = text.indices.filter { text[$0] == quote }
  let plain = quotes.filter { !isEscaped($0, in: text) }
  if let end = plain.first(where: { precedesStatus(Array(text[($0 + 1)...])) }) {
    if end != plain.first { LineBranch.rawQuoteInRequest.reach() }
    return end
  }
  let escaped = quotes.filter { isEscaped($0, in: text) }
  if let end = escaped.first(where: { precedesStatus(Array(text[($0 + 1)...])) }) {
    LineBranch.requestEndsInBackslash.reach()
    return end
  }
  if plain.first != nil { LineBranch.requestBeforeOtherText.reach() }
  return plain.first
}

/// Whether an odd number of backslashes stands directly before the index.
func isEscaped(_ index: Int, in text: [UInt8]) -> Bool {
  text[..<index].reversed().prefix { $0 == backslash }.count % 2 == 1
}

/// Whether the text begins with spaces and a status.
private func precedesStatus(_ text: [UInt8]) -> Bool {
  guard text.first == space, let status = firstWord(text)?.word else { return false }
  return status == Array("-".utf8) || (status.count == 3 && status.allSatisfy(isDigit))
}

/// The time to answer in what Traefik writes at the end of a line, behind a string in quotes: the
/// number of the request, router and backend in quotes, and `12ms`. As a client may write quotes,
/// only the end is sure.
private func traefikLatency(_ tail: [UInt8]) -> Int64? {
  let parts = tail.split(separator: quote, omittingEmptySubsequences: false).map { Array($0) }
  guard parts.count >= 7, parts[parts.count - 3] == [space] else { return nil }
  let number = parts[parts.count - 5]
  let time = parts[parts.count - 1]
  guard number.first == space, number.last == space, time.first == space,
    wholeNumber(Array(number.dropFirst().dropLast())) != nil, time.suffix(2) == Array("ms".utf8)
  else { return nil }
  LineBranch.traefikTime.reach()
  return latency(Array(time.dropFirst().dropLast(2)), in: .milliseconds)
}

/// Two strings in quotes that follow, each after spaces, with their escapes; an unclosed last one
/// ends with the line.
private func twoQuotedStrings(_ text: [UInt8]) -> ([UInt8], [UInt8])? {
  guard let first = afterSpacesAndQuote(text), let end = endOfQuotedString(first),
    let second = afterSpacesAndQuote(Array(first[(end + 1)...]))
  else { return nil }
  return (Array(first[..<end]), Array(second[..<(endOfQuotedString(second) ?? second.count)]))
}

/// The index of the quote that closes a string.
func endOfQuotedString(_ text: [UInt8]) -> Int? {
  text.indices.first { text[$0] == quote && !isEscaped($0, in: text) }
}

private func afterSpacesAndQuote(_ text: [UInt8]) -> [UInt8]? {
  let rest = text.drop { $0 == space }
  guard text.first == space, rest.first == quote else { return nil }
  return Array(rest.dropFirst())
}

/// The text as the client sent it: `\"` and `\\` stand for the second character.
func withoutEscapes(_ text: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  var index = 0
  while index < text.count {
    let next = index + 1 < text.count ? text[index + 1] : 0
    if text[index] == backslash && (next == quote || next == backslash) { index += 1 }
    result.append(text[index])
    index += 1
  }
  return result
}
