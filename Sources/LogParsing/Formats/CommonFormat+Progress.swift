import AccessLog

extension CommonLogReader {
  /// The fields of a line that can be read, those behind the time only where they begin right there.
  func readableFields(_ line: LineBytes, clientWord: Int) -> Set<LogField> {
    let (start, count) = (line.start, line.count)
    let bytes = UnsafeBufferPointer(start: start, count: count)
    guard let opening = bytes.firstIndex(of: UInt8(ascii: "[")) else {
      return word(start, from: 0, to: count) > 0 ? [.client] : []
    }
    var readable: Set<LogField> = []
    var place = (open: opening, close: bytes[opening...].firstIndex(of: UInt8(ascii: "]")) ?? count)
    let isInPlace: Bool
    if let found = bracket(start, count: count), hasTime(start, found) || !hasTime(start, place) {
      (place, isInPlace) = (found, true)
    } else {
      isInPlace = false
    }
    if client(start, prefix: place.open, word: clientWord) != nil { readable.insert(.client) }
    if hasTime(start, place) { readable.insert(.time) }
    guard isInPlace, let quote = Self.closingQuote(bytes, after: place.close + 3) else {
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
    _ start: UnsafePointer<UInt8>, _ place: (open: Int, close: Int)
  ) -> Bool {
    guard place.close > place.open + 1 else { return false }
    var timestamp = timestamp
    let count = place.close - place.open - 1
    return timestamp.read(start + (place.open + 1), count: count) != nil
  }
}

extension CommonLogFamily {
  package func progress(with line: LineBytes) -> FormatProgress {
    FormatProgress(readable: reader.readableFields(line, clientWord: Self.clientWord))
  }
}
