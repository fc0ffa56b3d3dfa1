// Where fields end that are made of words.

extension TextRange {
  /// The end of the word that begins at an index.
  @inline(__always)
  func end(ofWordAt index: Int) -> Int {
    index &+ ByteSearch.first(.space, in: start + index, count: count &- index)
  }

  /// The end of a list that begins at an index: it goes on while its last word ends in a comma, or
  /// while a word that is nothing but a colon follows or precedes.
  func end(ofListAt index: Int) -> Int {
    var end = end(ofWordAt: index)
    while end > index, end < count {
      let next = word(from: end)
      let isColon = next.count == 1 && self[next.lowerBound] == .colon
      let isAfterColon = self[end - 1] == .colon && (end < 2 || self[end - 2] == .space)
      guard !next.isEmpty, isColon || isAfterColon || self[end - 1] == .comma else { break }
      end = next.upperBound
    }
    return end
  }

  /// The end of a time that begins at an index and may be two or three words: a date, a time of day
  /// and a zone.
  func end(ofTimeAt index: Int) -> Int {
    var end = end(ofWordAt: index)
    var hasTimeOfDay = self[index..<end].firstIndex(of: .colon) != nil
    while end < count {
      let next = word(from: end)
      let text = self[next]
      let isSigned = text.first == UInt8(ascii: "+") || text.first == .hyphen
      if !hasTimeOfDay, text.count >= 8, text[2] == .colon {
        hasTimeOfDay = true
      } else if !(hasTimeOfDay && isSigned && text.count >= 3 && text[1].isDigit) {
        break
      } else {
        return next.upperBound
      }
      end = next.upperBound
    }
    return end
  }
}
