private let quote = UInt8(ascii: "\"")
private let space = UInt8(ascii: " ")

extension ModelLayout {
  /// Judges a line.
  ///
  /// - Parameter zone: the offset of times without a zone, in seconds east of UTC.
  func judge(_ line: [UInt8], zone: Int64) -> Judgement {
    guard let values = values(line) else { return .rejected(.shape) }
    /// The value of the first such field; empty if it is `-`, or there is none.
    func value(_ field: Field) -> [UInt8] {
      let value = values.first { $0.field == field }?.value ?? []
      return value == Array("-".utf8) ? [] : value
    }
    var extras = ModelExtras(
      host: cleanClient(value(.host)), user: value(.user), referrer: value(.referrer),
      agent: value(.agent))
    for (field, value) in values {
      if case .latency(let unit) = field, extras.latency == nil {
        extras.latency = latency(value, in: unit)
      }
    }
    let status = values.first { $0.field == .status }?.value ?? []
    let bytes = values.first { $0.field == .bytes }?.value ?? Array("-".utf8)
    let raw = RawFields(
      client: clientName(value(.client)), time: bracketTime(value(.time), zone: zone),
      request: request(value), status: status, bytes: bytes, extras: extras)
    return raw.judgement
  }

  private func request(_ value: (Field) -> [UInt8]) -> ModelRequest {
    if parts.contains(.field(.request)) { return ModelRequest(value(.request)) }
    guard parts.contains(.field(.method)) || parts.contains(.field(.target)) else {
      return ModelRequest([])
    }
    let (method, target) = (value(.method), value(.target))
    // The target says what is requested even if no method does.
    if method.isEmpty && !target.isEmpty { return ModelRequest(Array("- ".utf8) + target) }
    // Apache writes the question mark, too.
    let query = value(.query)
    return ModelRequest(
      method: method, target: target,
      query: query.first == UInt8(ascii: "?") ? Array(query.dropFirst()) : query)
  }

  /// The values of the fields in the order of the line; `nil` if a text does not stand where it must.
  /// What follows the last field that a record needs may be anything.
  private func values(_ line: [UInt8]) -> [(field: Field, value: [UInt8])]? {
    var rest = line[...]
    var values: [(field: Field, value: [UInt8])] = []
    for (index, part) in parts.enumerated() {
      switch part {
      case .text(let text):
        guard rest.starts(with: text) else { return isTail(index) ? values : nil }
        rest = rest.dropFirst(text.count)
      case .field(let field):
        guard let end = end(of: index, in: Array(rest)) else {
          return isTail(index) ? values : nil
        }
        let value = Array(rest.prefix(end))
        values.append((field, isQuoted(index) ? withoutEscapes(value) : value))
        rest = rest.dropFirst(end)
      }
    }
    if !rest.isEmpty { LineBranch.layoutTail.reach() }
    return values
  }

  /// Whether no field that a record needs follows a part.
  private func isTail(_ index: Int) -> Bool {
    let needed: [Field] = [.client, .time, .request, .status, .bytes]
    return parts[index...].allSatisfy { part in !needed.contains { part == .field($0) } }
  }

  /// The length of the field with an index, which begins the text.
  private func end(of index: Int, in text: [UInt8]) -> Int? {
    guard let next = self.text(at: index + 1) else {
      return text.firstIndex(of: space) ?? text.count
    }
    if isQuoted(index) {
      let isBeforeStatus = next == [quote, space] && part(at: index + 2) == .field(.status)
      let isRequest = parts[index] == .field(.request)
      if isRequest && isBeforeStatus { return requestEnd(text) }
      // An unclosed quote ends with the line.
      return endOfQuotedString(text) ?? text.count
    }
    if next.first == space { return text.firstIndex(of: space) ?? text.count }
    return text.indices.first { text[$0...].starts(with: next) }
  }

  /// Whether quotes stand around the field with an index.
  func isQuoted(_ index: Int) -> Bool {
    text(at: index - 1)?.last == quote && text(at: index + 1)?.first == quote
  }

  private func part(at index: Int) -> Part? {
    parts.indices.contains(index) ? parts[index] : nil
  }

  func text(at index: Int) -> [UInt8]? {
    guard case .text(let text) = part(at: index) else { return nil }
    return text
  }
}
