import AccessLog

extension CommonLogFormat {
  func progress(with line: LineBytes) -> FormatProgress {
    FormatProgress(readable: readableFields(TextRange(line)))
  }

  /// The fields of a line that can be read. Those after the time count only if they directly follow
  /// it.
  private func readableFields(_ line: TextRange) -> Set<LogField> {
    let text = line.from(line.skip(.space, from: 0))
    var readable: Set<LogField> = []
    // A client does not begin like that, but an object does.
    if text.first == UInt8(ascii: "{") { return [] }
    guard let first = text.firstIndex(of: .openingBracket) else {
      return text.firstIndex(of: .space) == nil ? [] : [.client]
    }
    let firstEnd = text.firstIndex(of: .closingBracket, from: first) ?? text.count
    var brackets = TimeBrackets(text)
    // Brackets without a time come before the request only where there is no time elsewhere.
    if let found = brackets, !hasTime(text[(found.open + 1)..<found.close]),
      hasTime(text[(first + 1)..<firstEnd])
    {
      brackets = nil
    }
    let (open, close) = brackets.map { ($0.open, $0.close) } ?? (first, firstEnd)
    if CommonLogPrefix(text.prefix(open), listEnd: nil) != nil { readable.insert(.client) }
    if hasTime(text[(open + 1)..<close]) { readable.insert(.time) }
    guard let brackets, let end = RequestEnd.find(in: text, from: brackets.request) else {
      return readable
    }
    readable.insert(.request)
    let status = text.word(from: end + 1)
    if Numbers.status(text.start + status.lowerBound, count: status.count) != nil {
      readable.insert(.status)
    }
    let bytes = text.word(from: status.upperBound)
    if Numbers.bytes(text.start + bytes.lowerBound, count: bytes.count) != nil {
      readable.insert(.bytes)
    }
    return readable
  }

  private func hasTime(_ text: TextRange) -> Bool {
    var timestamp = timestamp
    return timestamp.read(text.start, count: text.count) != nil
  }
}
