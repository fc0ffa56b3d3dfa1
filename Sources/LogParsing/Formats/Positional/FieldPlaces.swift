extension FieldLayout.Reading {
  /// The index behind a text that is expected at an index; `nil` if another one stands there.
  @inline(__always)
  func match(_ text: Range<Int>, at index: Int) -> Int? {
    var index = index
    for place in text {
      let byte = texts[place]
      guard index < line.count, line.start[index] == byte else { return nil }
      index &+= 1
      if byte == .space {
        while index < line.count, line.start[index] == .space { index &+= 1 }
      }
    }
    return index
  }

  /// The place of a field that begins at an index; `nil` if it has no end.
  func place(
    of number: Int, from index: Int, _ time: inout TimeParts
  ) -> FieldLayout.Place? {
    let step = steps[number]
    switch step.end {
    case .word:
      if step.mayBeMissing { return query(step, from: index) }
      let end = line.end(ofWordAt: index)
      return end > index ? .init(index, end) : nil
    case .number: return FieldCheck.numberEnd(in: line, from: index).map { .init(index, $0) }
    case .list:
      let end = line.end(ofListAt: index)
      return end > index ? .init(index, end) : nil
    case .timeWords:
      let end = line.end(ofTimeAt: index)
      return end > index ? .init(index, end) : nil
    case .text: return text(step, from: index)
    case .quote: return quote(step, from: index)
    case .request: return requestEnd(from: index).map { .init(index, $0) }
    case .status: return beforeStatus(from: index)
    case .brackets: return beforeBrackets(number, from: index)
    case .optionalQuotes: return optionalQuotes(number, from: index)
    case .slash: return line.firstIndex(of: .slash, from: index).map { .init(index, $0) }
    case .pattern: return pattern(step, from: index, &time)
    case .line: return .init(index, line.count)
    case .none: return .init(index, index)
    }
  }

  /// A field before its text. It may be empty where the text begins with a space, which then was
  /// read over before the field.
  private func text(_ step: FieldLayout.Step, from start: Int) -> FieldLayout.Place? {
    let first = texts[step.text.lowerBound]
    let isAfterSpace = first == .space && start > 0 && line.start[start - 1] == .space
    var index = isAfterSpace ? start - 1 : start
    while true {
      let end =
        index + ByteSearch.first(first, in: line.start + index, count: line.count - index)
      guard end < line.count else { return nil }
      if step.text.count == 1 || match(step.text, at: end) != nil { return .init(start, end) }
      // The text begins with a single space, however many stand there.
      index = first == .space ? line.skip(.space, from: end + 1) : end + 1
    }
  }

  private func quote(_ step: FieldLayout.Step, from start: Int) -> FieldLayout.Place? {
    var index = start
    while let end = RequestEnd.firstUnescaped(in: line, from: index) {
      if match(step.text, at: end) != nil { return .init(start, end) }
      index = end + 1
    }
    return nil
  }

  /// A request without quotes, before a space and a status.
  private func beforeStatus(from start: Int) -> FieldLayout.Place? {
    var index = start
    while let end = line.firstIndex(of: .space, from: index) {
      let word = line.word(from: end)
      if Numbers.status(line.start + word.lowerBound, count: word.count) != nil {
        return .init(start, end)
      }
      index = word.lowerBound
    }
    return nil
  }

  /// A user before the time, by the rule of the common log format: the brackets around the time are
  /// the first that hold no other bracket and are followed by what stands behind the time.
  private func beforeBrackets(_ number: Int, from start: Int) -> FieldLayout.Place? {
    let text = steps[number + 1].text
    let needsSpace = texts[steps[number].text.lowerBound] == .space
    var index = start
    while let open = line.firstIndex(of: .openingBracket, from: index) {
      let inside = line.from(open + 1)
      let close =
        open + 1
        + ByteSearch.first(
          .openingBracket, or: .closingBracket, in: inside.start, count: inside.count)
      guard close < line.count else { return nil }
      index = line[close] == .closingBracket ? close + 1 : close
      guard match(text, at: close) != nil else { continue }
      guard needsSpace else { return .init(start, open) }
      guard open > 0, line[open - 1] == .space else { continue }
      var end = open - 1
      while end > start, line[end - 1] == .space { end -= 1 }
      return .init(start, end)
    }
    return nil
  }

  private func optionalQuotes(_ number: Int, from start: Int) -> FieldLayout.Place? {
    guard start < line.count, line[start] == .quote else {
      let end = line.end(ofWordAt: start)
      return end == start + 1 && line[start] == .hyphen ? .init(start, end) : nil
    }
    let isRequest = steps[number].role == .request
    let end = isRequest ? requestEnd(from: start + 1) : optionalQuoteEnd(number, from: start + 1)
    guard let end else { return nil }
    var place = FieldLayout.Place(start + 1, end)
    place.textStart = end + 1
    return place
  }

  private func requestEnd(from start: Int) -> Int? {
    RequestEnd.find(in: line, from: start, noStatus: layout.noStatus)
  }

  /// The quote that ends a field that may be without quotes. Where such a field follows, the first behind
  /// which that can begin; else the last in the line that no word follows at once. Some servers do not
  /// escape quotes.
  private func optionalQuoteEnd(_ number: Int, from start: Int) -> Int? {
    let text = steps[number].text
    let precedesQuotes = number + 1 < steps.count && steps[number + 1].end == .optionalQuotes
    let first = RequestEnd.firstUnescaped(in: line, from: start)
    var (next, last) = (first, first)
    while let end = next {
      if let index = match(text, at: end + 1) {
        if precedesQuotes, beginsOptionalQuotes(at: index) { return end }
        if !precedesQuotes { last = end }
      }
      next = RequestEnd.firstUnescaped(in: line, from: end + 1)
    }
    return last
  }

  /// Whether a quote, or `-` alone, stands at an index.
  private func beginsOptionalQuotes(at index: Int) -> Bool {
    guard index < line.count, line[index] != .quote else { return index < line.count }
    return line[index] == .hyphen && line.end(ofWordAt: index) == index + 1
  }

  /// A query that begins with `?`, or none at all.
  private func query(_ step: FieldLayout.Step, from start: Int) -> FieldLayout.Place {
    if start < line.count, line[start] == UInt8(ascii: "?") {
      return .init(start, line.end(ofWordAt: start))
    }
    var place = FieldLayout.Place(start, start)
    if start > 0, line[start - 1] == .space { place.textStart = start - 1 }
    return place
  }

  private func pattern(
    _ step: FieldLayout.Step, from start: Int, _ time: inout TimeParts
  ) -> FieldLayout.Place? {
    if let end = layout.patterns[step.pattern].read(line, from: start, into: &time) {
      return .init(start, end)
    }
    time.isBroken = true
    if step.text.isEmpty { return .init(start, line.count) }
    return text(step, from: start)
  }
}
