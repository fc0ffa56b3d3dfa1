import AccessLog

/// Finds the quote that ends a request. Some servers do not escape quotes, so that a client could
/// hide its request behind one.
enum RequestEnd {
  /// The index of the first quote that is not escaped and that spaces, a status, and a space or the
  /// end of the line follow; else the first such quote that is escaped; else the first quote that is
  /// not escaped. A quote is escaped if an odd number of backslashes stands before it.
  ///
  /// - Parameters:
  ///   - first: the index of the first byte of the request.
  ///   - noStatus: what may stand for a missing status, besides `-`.
  /// - Complexity: O(bytes of the line).
  static func find(in text: TextRange, from first: Int, noStatus: [UInt8] = []) -> Int? {
    var firstUnescaped: Int?
    var escapedBeforeStatus: Int?
    var next = quote(in: text, from: first, backslashes: first)
    while let found = next {
      let precedesStatus = isStatusNext(text, from: found.index + 1, noStatus)
      if !found.isEscaped {
        if precedesStatus { return found.index }
        firstUnescaped = firstUnescaped ?? found.index
      } else if precedesStatus {
        escapedBeforeStatus = escapedBeforeStatus ?? found.index
      }
      next = quote(in: text, from: found.index + 1, backslashes: first)
    }
    return escapedBeforeStatus ?? firstUnescaped
  }

  /// The index of the first quote that is not escaped.
  static func firstUnescaped(in text: TextRange, from first: Int) -> Int? {
    var next = quote(in: text, from: first, backslashes: first)
    while let found = next, found.isEscaped {
      next = quote(in: text, from: found.index + 1, backslashes: first)
    }
    return next?.index
  }

  /// The next quote, and whether it is escaped.
  ///
  /// - Parameter backslashes: the index of the first byte that may be a backslash before it.
  private static func quote(
    in text: TextRange, from index: Int, backslashes first: Int
  ) -> (index: Int, isEscaped: Bool)? {
    guard let quote = text.firstIndex(of: .quote, from: index) else { return nil }
    var before = quote
    while before > first, text[before - 1] == .backslash { before -= 1 }
    return (quote, (quote - before) % 2 == 1)
  }

  /// Whether spaces, a status, and a space or the end of the line follow.
  private static func isStatusNext(
    _ text: TextRange, from index: Int, _ noStatus: [UInt8]
  ) -> Bool {
    let first = text.skip(.space, from: index)
    guard first > index, first < text.count else { return false }
    let word = text[first..<text.end(ofWordAt: first)]
    if Numbers.status(word.start, count: word.count) != nil { return true }
    return !noStatus.isEmpty && word.elementsEqual(noStatus)
  }
}
