// Where fields end that are not words.

extension UsualStep {
  /// A field before its text, whose first byte it does not hold.
  @inline(__always)
  func beforeText(_ line: UnsafePointer<UInt8>, from start: Int) -> Place? {
    // Such a field may be empty: then its text began before it.
    if text.first == .space, line[start] == text.second { return nil }
    let end = start &+ LineSearch.first(text.first, in: line + start)
    return line[end] == text.first ? Place(start, end) : nil
  }

  /// A field before a quote. It holds neither quotes nor backslashes.
  @inline(__always)
  static func quoted(_ line: UnsafePointer<UInt8>, from start: Int) -> Place? {
    let end = start &+ LineSearch.endOfQuotedText(in: line + start)
    return line[end] == .quote ? Place(start, end) : nil
  }

  /// The same for a request, which a space and a status follow.
  @inline(__always)
  static func request(_ line: UnsafePointer<UInt8>, from start: Int) -> Place? {
    guard let place = quoted(line, from: start) else { return nil }
    let rest = line + place.end
    guard rest[1] == .space else { return nil }
    let length = rest[2] == .hyphen ? 1 : 3
    guard length == 1 || Numbers.status(rest + 2) != nil else { return nil }
    return rest[2 &+ length] == .space || rest[2 &+ length] == .newline ? place : nil
  }

  /// A field that is in quotes or is `-`.
  @inline(__always)
  func optionalQuotes(_ line: UnsafePointer<UInt8>, from start: Int) -> Place? {
    guard line[start] == .quote else {
      let isHyphen =
        line[start] == .hyphen && (line[start &+ 1] == .space || line[start &+ 1] == .newline)
      return isHyphen ? Place(start, start &+ 1) : nil
    }
    let place =
      role == .request ? Self.request(line, from: start &+ 1) : Self.quoted(line, from: start &+ 1)
    guard var place else { return nil }
    place.next = place.end &+ 1
    return role == .request || isLastQuote(line, place.next) ? place : nil
  }

  /// Whether no other quote may end the field that ends before an index.
  @inline(__always)
  private func isLastQuote(_ line: UnsafePointer<UInt8>, _ index: Int) -> Bool {
    guard precedesQuotes else {
      return line[index &+ LineSearch.first(.quote, in: line + index)] == .newline
    }
    let next = line + index
    guard next[0] == .space, next[1] != .quote else { return next[0] == .space }
    return next[1] == .hyphen && (next[2] == .space || next[2] == .newline)
  }

  /// A user before the first bracket. No other bracket stands in front of the one that closes it: the
  /// next step, which reads the time, ends there or nowhere.
  @inline(__always)
  func beforeBrackets(_ line: UnsafePointer<UInt8>, from start: Int) -> Place? {
    let open = start &+ LineSearch.first(.openingBracket, in: line + start)
    guard line[open] == .openingBracket else { return nil }
    let inside = open &+ 1
    let close = inside &+ LineSearch.firstBracket(in: line + inside)
    guard line[close] == .closingBracket else { return nil }
    guard text.first == .space else { return Place(start, open) }
    guard open &- 1 > start, line[open &- 1] == .space, line[open &- 2] != .space else {
      return nil
    }
    return Place(start, open &- 1)
  }

  /// The end of the number, or of the `-`, that begins at an index. See `FieldCheck.numberEnd`.
  @inline(__always)
  static func numberEnd(_ line: UnsafePointer<UInt8>, from start: Int) -> Int? {
    let isSigned = line[start] == .hyphen || line[start] == UInt8(ascii: "+")
    let first = isSigned ? start &+ 1 : start
    // Most numbers are short: byte by byte, the processor goes on before it knows where they end.
    var end = first
    while line[end].isDigit { end &+= 1 }
    guard end > first else { return line[start] == .hyphen ? first : nil }
    if line[end] == .dot {
      end &+= 1
      while line[end].isDigit { end &+= 1 }
    }
    return end
  }
}

extension FieldCheck {
  /// Whether it is true of a field. See `accepts`.
  @inline(__always)
  func acceptsUsual(_ field: TextRange) -> Bool {
    switch self {
    case .none: return true
    case .address: return ClientName.isPlainVersion4(field) || accepts(field)
    case .capitals:
      return field.count > 0
        && LineSearch.firstOutsideCapitals(in: field.start) >= field.count
    case .unwrapped: return Self.isUnwrapped(field.start, 0, field.count) || accepts(field)
    case .operation:
      return LineSearch.firstOutsideCapitalsAndDots(in: field.start) >= field.count
        && LineSearch.first(.dot, in: field.start) < field.count
    case .number, .lowercase, .braces: return accepts(field)
    }
  }

  /// Whether a word is surely `unwrapped`, as nearly all are.
  @inline(__always)
  static func isUnwrapped(_ line: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    end > start &+ 1 && line[end &- 1] != .colon && line[end &- 1] != .closingBracket
  }
}
