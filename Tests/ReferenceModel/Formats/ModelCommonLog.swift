/// Judges a line of the common-log family.
///
/// - Parameter vhostFirst: whether the line begins with the virtual host.
func judgeCommonLog(_ line: [UInt8], vhostFirst: Bool) -> Judgement {
  guard let fields = commonLogFields(line, vhostFirst: vhostFirst) else {
    return .rejected(.shape)
  }
  return fields.raw.judgement
}

/// Whether two quoted strings follow the bytes of a line, as in the combined format.
func hasTwoQuotedStringsAfterBytes(_ line: [UInt8]) -> Bool {
  guard let fields = commonLogFields(line, vhostFirst: false),
    let first = quoted(line, at: fields.end + 1), line[fields.end] == space, first.closed,
    first.end < line.count, line[first.end] == space
  else { return false }
  return quoted(line, at: first.end + 1) != nil
}

private let space = UInt8(ascii: " ")
private let quote = UInt8(ascii: "\"")
private let backslash = UInt8(ascii: "\\")

/// The fields, and the index after the bytes field.
private func commonLogFields(
  _ line: [UInt8], vhostFirst: Bool
) -> (raw: RawFields, end: Int)? {
  guard let bracket = timeBracket(line),
    let client = clientOfPrefix(Array(line[..<bracket.open]), vhostFirst: vhostFirst),
    let request = quoted(line, at: bracket.close + 2), request.closed,
    let status = word(line, at: request.end), let bytes = word(line, at: status.end)
  else { return nil }
  let raw = RawFields(
    client: client, time: commonLogTime(Array(line[(bracket.open + 1)..<bracket.close])),
    request: request.text, status: status.text, bytes: bytes.text)
  return (raw, bytes.end)
}

/// The first `[...]` that is followed by a space and a quote.
private func timeBracket(_ line: [UInt8]) -> (open: Int, close: Int)? {
  for open in line.indices where line[open] == UInt8(ascii: "[") {
    guard let close = line[open...].firstIndex(of: UInt8(ascii: "]")) else { return nil }
    if close + 2 < line.count && line[close + 1] == space && line[close + 2] == quote {
      return (open, close)
    }
  }
  return nil
}

/// The host in `host ident user `, or in `vhost host ident user `; the user may be anything.
private func clientOfPrefix(_ prefix: [UInt8], vhostFirst: Bool) -> [UInt8]? {
  guard prefix.last == space else { return nil }
  let words = prefix.dropLast().split(
    separator: space, maxSplits: vhostFirst ? 3 : 2, omittingEmptySubsequences: false)
  guard words.count == (vhostFirst ? 4 : 3), words.dropLast().allSatisfy({ !$0.isEmpty }) else {
    return nil
  }
  return Array(words[vhostFirst ? 1 : 0])
}

/// The word after the single space at `start`; `nil` if there is none.
private func word(_ line: [UInt8], at start: Int) -> (text: [UInt8], end: Int)? {
  guard start < line.count, line[start] == space else { return nil }
  let text = Array(line[(start + 1)...].prefix { $0 != space })
  return text.isEmpty ? nil : (text, start + 1 + text.count)
}

/// The text in the quotes that open at `start`, without escapes. `end` is the index after the
/// closing quote.
private func quoted(
  _ line: [UInt8], at start: Int
) -> (text: [UInt8], closed: Bool, end: Int)? {
  guard start < line.count, line[start] == quote else { return nil }
  var text: [UInt8] = []
  var index = start + 1
  while index < line.count {
    if line[index] == quote { return (text, true, index + 1) }
    let next = index + 1 < line.count ? line[index + 1] : 0
    if line[index] == backslash && (next == quote || next == backslash) {
      text.append(next)
      index += 2
    } else {
      text.append(line[index])
      index += 1
    }
  }
  return (text, false, index)
}
