// The W3C extended log file format, as IIS and Amazon CloudFront write it.

/// The columns of IIS, for a log whose `#Fields` were not seen.
let iisColumns = [
  "date", "time", "s-ip", "cs-method", "cs-uri-stem", "cs-uri-query", "s-port", "cs-username",
  "c-ip", "cs(User-Agent)", "cs(Referer)", "sc-status", "sc-substatus", "sc-win32-status",
  "time-taken",
].map { Array($0.utf8) }

/// The first columns of CloudFront, which adds others behind them over the years.
let cloudFrontColumns = [
  "date", "time", "x-edge-location", "sc-bytes", "c-ip", "cs-method", "cs(Host)", "cs-uri-stem",
  "sc-status", "cs(Referer)", "cs(User-Agent)", "cs-uri-query", "cs(Cookie)",
  "x-edge-result-type", "x-edge-request-id", "x-host-header", "cs-protocol", "cs-bytes",
  "time-taken",
].map { Array($0.utf8) }

/// Judges a line.
///
/// - Parameters:
///   - known: the columns; empty if they were not seen.
///   - zone: the offset of times without a zone, in seconds east of UTC.
func judgeW3C(_ line: [UInt8], columns known: [[UInt8]], zone: Int64) -> Judgement {
  if line.first == UInt8(ascii: "#") {
    guard let names = w3cColumns(line) else {
      LineBranch.otherDirective.reach()
      return .ignored
    }
    LineBranch.columnsNamed.reach()
    return .header(names)
  }
  var columns = known
  var fields: [W3CField]?
  if !known.isEmpty {
    fields = w3cFields(line, count: columns.count)
  } else if line.contains(0x09) {
    columns = cloudFrontColumns
    fields = [separatedByTabs(line), plainWords(line)].first { $0.count >= columns.count }
    fields = fields.map { Array($0.prefix(columns.count)) }
  } else {
    columns = iisColumns
    fields = w3cFields(line, count: columns.count)
  }
  guard let fields, isCompleteW3C(columns) else { return .rejected(.shape) }
  if known.isEmpty {
    guard looksLikeDate(fields[0].text), looksLikeTime(fields[1].text) else {
      return .rejected(.shape)
    }
    LineBranch.columnsUnseen.reach()
  }
  if line.contains(0x09) { LineBranch.tabs.reach() }
  if fields.contains(where: \.isQuoted) { LineBranch.quotedColumn.reach() }
  let isCloudFront = isCloudFront(columns)
  /// The value of the first of these columns that there is; `nil` if it is `-`.
  func field(_ names: String...) -> W3CField? {
    for name in names {
      guard let index = columns.firstIndex(of: Array(name.utf8)) else { continue }
      return fields[index].isMissing ? nil : fields[index]
    }
    return nil
  }
  // An empty status is none that a server writes.
  let status =
    columns.firstIndex(of: Array("sc-status".utf8)).map { fields[$0].text } ?? Array("-".utf8)
  let host = field("cs-host", "x-host-header", "cs(Host)")
  let raw = RawFields(
    client: clientName(field("c-ip")?.text ?? []),
    time: w3cTime(field("date")?.text ?? [], field("time")?.text ?? [], zone: zone),
    request: w3cRequest { field($0)?.text }, status: status,
    bytes: field("sc-bytes")?.text ?? Array("-".utf8),
    extras: ModelExtras(
      host: cleanClient(host?.text ?? []), user: field("cs-username")?.text ?? [],
      referrer: field("cs(Referer)")?.text ?? [],
      agent: decodedAgent(field("cs(User-Agent)"), isCloudFront: isCloudFront),
      latency: w3cLatency(field("time-taken")?.text ?? [], isCloudFront: isCloudFront)))
  return raw.judgement
}

/// Whether the text has the form of `2026-03-14`. Without it, a line without known columns may be
/// anything.
private func looksLikeDate(_ text: [UInt8]) -> Bool {
  var cursor = ModelCursor(text)
  return cursor.number(digits: 4) != nil && cursor.take("-") && cursor.number(digits: 2) != nil
    && cursor.take("-") && cursor.number(digits: 2) != nil && cursor.isAtEnd
}

/// Whether the text begins like `08:26:53`.
private func looksLikeTime(_ text: [UInt8]) -> Bool {
  var cursor = ModelCursor(text)
  return cursor.number(digits: 2) != nil && cursor.take(":") && cursor.number(digits: 2) != nil
    && cursor.take(":") && cursor.number(digits: 2) != nil
}

/// The columns that a line names; `nil` if it does not.
private func w3cColumns(_ line: [UInt8]) -> [[UInt8]]? {
  let mark = Array("#fields:".utf8)
  guard lowercased(Array(line.prefix(mark.count))) == mark else { return nil }
  let names = separated(Array(line.dropFirst(mark.count))).map(\.text).map(columnName)
  return names.isEmpty ? [Array("-".utf8)] : names
}

/// The name of a column as it is usually written.
private func columnName(_ written: [UInt8]) -> [UInt8] {
  let known =
    iisColumns
    + ["sc-bytes", "cs-host", "cs(Host)", "x-host-header", "cs-uri"].map { Array($0.utf8) }
  return known.first { lowercased($0) == lowercased(written) } ?? lowercased(written)
}

/// Whether a line is a directive that only logs of this family have, except one that names columns.
func isW3CDirective(_ line: [UInt8]) -> Bool {
  let text = lowercased(line)
  return ["version", "software", "start-date", "end-date", "date", "remark"].contains {
    text.starts(with: Array("#\($0):".utf8))
  }
}

/// Whether the columns are those of CloudFront.
func isCloudFront(_ columns: [[UInt8]]) -> Bool {
  columns.contains(Array("x-edge-location".utf8))
}

/// Whether a record can be read from the columns.
func isCompleteW3C(_ columns: [[UInt8]]) -> Bool {
  ["date", "time", "c-ip", "sc-status"].allSatisfy { columns.contains(Array($0.utf8)) }
}

private func w3cTime(_ date: [UInt8], _ time: [UInt8], zone: Int64) -> Int64? {
  isoLogTime(date + [UInt8(ascii: " ")] + time, zone: zone)
}

/// The query has a column of its own and is no part of the path.
private func w3cRequest(_ field: (String) -> [UInt8]?) -> ModelRequest {
  let target = field("cs-uri-stem") ?? field("cs-uri") ?? []
  return ModelRequest(
    method: field("cs-method") ?? [], target: target, query: field("cs-uri-query") ?? [])
}

/// IIS writes whole milliseconds. Others write seconds, and CloudFront always does.
private func w3cLatency(_ text: [UInt8], isCloudFront: Bool) -> Int64? {
  let plain = withoutExponent(text)
  if isCloudFront || plain.contains(UInt8(ascii: ".")) { return duration(plain) }
  return latency(plain, in: .milliseconds) ?? duration(plain)
}

/// The agent as the client sent it: IIS writes `+` for a space, CloudFront codes it like a URL.
private func decodedAgent(_ field: W3CField?, isCloudFront: Bool) -> [UInt8] {
  guard let field else { return [] }
  let text = field.text
  if !isCloudFront {
    return field.isQuoted ? text : text.map { $0 == UInt8(ascii: "+") ? 0x20 : $0 }
  }
  var result: [UInt8] = []
  var cursor = ModelCursor(text)
  while let byte = cursor.byte() {
    let digits = cursor.rest.prefix(2)
    if byte == UInt8(ascii: "%"), digits.count == 2, digits.allSatisfy(isHexadecimal) {
      result.append(UInt8(String(decoding: digits, as: UTF8.self), radix: 16)!)
      _ = cursor.byte()
      _ = cursor.byte()
    } else {
      result.append(byte)
    }
  }
  return result
}

private struct W3CField {
  var text: [UInt8]
  var isQuoted = false

  var isMissing: Bool { text.isEmpty || text == Array("-".utf8) }
}

/// The fields of a line with so many columns: what stands between tabs, or between spaces and tabs,
/// strings in quotes as one field or not.
private func w3cFields(_ line: [UInt8], count: Int) -> [W3CField]? {
  let byTabs = line.contains(0x09) ? [separatedByTabs(line)] : []
  return (byTabs + [separated(line), plainWords(line)]).first { $0.count == count }
}

private func plainWords(_ line: [UInt8]) -> [W3CField] {
  line.split { $0 == 0x20 || $0 == 0x09 }.map { W3CField(text: Array($0)) }
}

private func separatedByTabs(_ line: [UInt8]) -> [W3CField] {
  line.split(separator: 0x09, omittingEmptySubsequences: false).map { W3CField(text: Array($0)) }
}

/// The fields of a line. What begins with a quote is a string, in which two quotes stand for one, if it
/// ends in a quote with nothing behind it.
private func separated(_ line: [UInt8]) -> [W3CField] {
  func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
  var fields: [W3CField] = []
  var rest = line.drop(while: isSpace)
  while !rest.isEmpty {
    if let (text, after) = w3cString(rest), after.first.map(isSpace) ?? true {
      fields.append(W3CField(text: text, isQuoted: true))
      rest = after.drop(while: isSpace)
    } else {
      let word = rest.prefix { !isSpace($0) }
      fields.append(W3CField(text: Array(word)))
      rest = rest.dropFirst(word.count).drop(while: isSpace)
    }
  }
  return fields
}

/// The string that the text begins with, and what follows it.
private func w3cString(_ text: ArraySlice<UInt8>) -> (text: [UInt8], rest: ArraySlice<UInt8>)? {
  let quote = UInt8(ascii: "\"")
  guard text.first == quote else { return nil }
  var string: [UInt8] = []
  var rest = text.dropFirst()
  while let byte = rest.first {
    rest = rest.dropFirst()
    if byte != quote {
      string.append(byte)
    } else if rest.first == quote {
      string.append(quote)
      rest = rest.dropFirst()
    } else {
      return (string, rest)
    }
  }
  return nil
}
