private let quote = UInt8(ascii: "\"")
private let colon = UInt8(ascii: ":")
private let comma = UInt8(ascii: ",")
private let space = UInt8(ascii: " ")

/// The client that a field names: the field itself, or the leftmost usable part of a list.
func clientName(_ field: [UInt8]) -> [UInt8] {
  let nothing = Array("-".utf8)
  if !field.contains(comma) {
    let client = noted(splitClient(field))
    return client.isEmpty ? nothing : client
  }
  return clientOfList(field)
}

/// The leftmost usable part of a list, which may be all of it.
func clientOfList(_ field: [UInt8]) -> [UInt8] {
  let nothing = Array("-".utf8)
  LineBranch.clientList.reach()
  let parts = field.split(separator: comma, omittingEmptySubsequences: false)
  for part in parts {
    let client = noted(splitClient(trimmedSpaces(Array(part))))
    if !client.isEmpty && client != nothing && client != Array("unknown".utf8) { return client }
    LineBranch.listPartSkipped.reach()
  }
  LineBranch.listWithoutClient.reach()
  return nothing
}

/// The client, after what was dropped around it is recorded as reached.
private func noted(_ split: SplitClient) -> [UInt8] {
  if split.hadQuotes { LineBranch.quotesDropped.reach() }
  if split.hadBrackets { LineBranch.bracketsDropped.reach() }
  if split.hasPort { LineBranch.portDropped.reach() }
  return split.client
}

/// The address or host name without quotes, brackets and port.
func cleanClient(_ part: [UInt8]) -> [UInt8] {
  splitClient(part).client
}

/// Whether a port follows the address or host name.
func namesPort(_ part: [UInt8]) -> Bool {
  splitClient(part).hasPort
}

/// An address or host name, and what stood around it.
private struct SplitClient {
  var client: [UInt8]
  var hadQuotes: Bool
  var hadBrackets = false
  var hasPort = false
}

private func splitClient(_ part: [UInt8]) -> SplitClient {
  var text = part
  while text.first == quote { text.removeFirst() }
  while text.last == quote { text.removeLast() }
  let hadQuotes = text.count < part.count

  if text.first == UInt8(ascii: "["), let close = text.firstIndex(of: UInt8(ascii: "]")) {
    let inside = Array(text[1..<close])
    let after = Array(text[(close + 1)...])
    if after.isEmpty || (after.first == colon && isPort(Array(after.dropFirst()))) {
      return SplitClient(
        client: inside, hadQuotes: hadQuotes, hadBrackets: true, hasPort: !after.isEmpty)
    }
  }
  let groups = text.split(separator: colon, omittingEmptySubsequences: false)
  if groups.count == 2 && !groups[0].isEmpty && isPort(Array(groups[1])) {
    return SplitClient(client: Array(groups[0]), hadQuotes: hadQuotes, hasPort: true)
  }
  return SplitClient(client: text, hadQuotes: hadQuotes)
}

private func isPort(_ text: [UInt8]) -> Bool {
  text.count >= 1 && text.count <= 5 && text.allSatisfy(isDigit)
}

/// Whether a word, perhaps one of a list of them, is an IPv4 or IPv6 address.
func isAddress(_ word: [UInt8]) -> Bool {
  let text = cleanClient(Array(word.prefix { $0 != comma }))
  if isFourNumbers(text) { return true }

  var address = text
  if let percent = text.firstIndex(of: UInt8(ascii: "%")) {
    // A scope such as `%eth0`.
    if percent + 1 == text.count { return false }
    address = Array(text[..<percent])
  }
  var groups = address.split(separator: colon, omittingEmptySubsequences: false).map { Array($0) }
  if groups.count < 3 { return false }
  if isFourNumbers(groups.last!) { groups.removeLast() }
  return groups.allSatisfy { $0.allSatisfy(isHexadecimal) }
}

/// Whether the text is four numbers with dots between them.
private func isFourNumbers(_ text: [UInt8]) -> Bool {
  let groups = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  return groups.count == 4 && groups.allSatisfy { !$0.isEmpty && $0.allSatisfy(isDigit) }
}

func isHexadecimal(_ byte: UInt8) -> Bool {
  isDigit(byte) || (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "f"))
    || (byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "F"))
}

private func trimmedSpaces(_ text: [UInt8]) -> [UInt8] {
  var text = text
  while text.first == space { text.removeFirst() }
  while text.last == space { text.removeLast() }
  return text
}
