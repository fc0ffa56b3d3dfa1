import AccessLog

extension CommonLogReader {
  /// The fields of a line that can be read. Those after the time count only if they directly follow
  /// it.
  func readableFields(_ line: LineBytes, clientWord: Int) -> Set<LogField> {
    let (start, count) = (line.start, line.count)
    let bytes = UnsafeBufferPointer(start: start, count: count)
    guard let opening = bytes.firstIndex(of: UInt8(ascii: "[")) else {
      return wordEnd(start, from: 0, to: count) > 0 ? [.client] : []
    }
    var readable: Set<LogField> = []
    let closing = bytes[opening...].firstIndex(of: UInt8(ascii: "]")) ?? count
    var brackets = (open: opening, close: closing)
    let isBeforeRequest: Bool
    if let found = bracket(start, count: count),
      hasTime(start, found) || !hasTime(start, brackets)
    {
      (brackets, isBeforeRequest) = (found, true)
    } else {
      isBeforeRequest = false
    }
    if client(start, prefix: brackets.open, word: clientWord) != nil { readable.insert(.client) }
    if hasTime(start, brackets) { readable.insert(.time) }
    guard isBeforeRequest, let quote = Self.closingQuote(bytes, after: brackets.close + 3) else {
      return readable
    }
    readable.insert(.request)
    let words = bytes[(quote + 1)...].split(separator: .space, maxSplits: 2)
    if let status = words.first,
      Numbers.status(start + status.startIndex, count: status.count) != nil
    {
      readable.insert(.status)
    }
    if words.count > 1, Numbers.bytes(start + words[1].startIndex, count: words[1].count) != nil {
      readable.insert(.bytes)
    }
    return readable
  }

  private func hasTime(
    _ start: UnsafePointer<UInt8>, _ brackets: (open: Int, close: Int)
  ) -> Bool {
    guard brackets.close > brackets.open + 1 else { return false }
    var timestamp = timestamp
    let count = brackets.close - brackets.open - 1
    return timestamp.read(start + (brackets.open + 1), count: count) != nil
  }
}
