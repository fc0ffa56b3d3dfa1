/// Puts parts together that are one field of a line.
enum FormatStringParts {
  static func simplified(_ parts: [LayoutPart]) -> [LayoutPart] {
    withRequests(withTimes(withoutQueries(withWholeTexts(parts))))
  }

  /// Joins neighbouring texts. Several spaces are one.
  private static func withWholeTexts(_ parts: [LayoutPart]) -> [LayoutPart] {
    var result: [LayoutPart] = []
    for part in parts {
      guard let bytes = part.text else {
        result.append(part)
        continue
      }
      var text: [UInt8] = []
      if let last = result.last?.text {
        text = last
        result.removeLast()
      }
      for byte in bytes where byte != .space || text.last != .space { text.append(byte) }
      result.append(.text(text))
    }
    return result
  }

  /// A query that directly follows a target, or another query, is a part of it.
  private static func withoutQueries(_ parts: [LayoutPart]) -> [LayoutPart] {
    var result: [LayoutPart] = []
    for part in parts {
      let last = result.last?.field?.role
      if part.field?.role == .query, last == .target || last == .query { continue }
      result.append(part)
    }
    return result
  }

  // MARK: - Times

  /// `[%d:%t %^]` is a whole time, and so is `[%x %^]`. Elsewhere a field behind the time of day is
  /// the zone if it looks like one.
  private static func withTimes(_ parts: [LayoutPart]) -> [LayoutPart] {
    var result: [LayoutPart] = []
    var index = 0
    while index < parts.count {
      if let (field, end) = wholeTime(parts, from: index) {
        result.append(.field(field))
        index = end
        continue
      }
      var part = parts[index]
      if index > 1, parts[index - 2].field?.role == .timeOfDay, parts[index - 1].text == [.space],
        var zone = part.field, zone.role == .other
      {
        zone.role = .zone
        part = .field(zone)
      }
      result.append(part)
      index += 1
    }
    return result
  }

  /// The time that begins at an index, in brackets or quotes; `nil` if none does.
  private static func wholeTime(
    _ parts: [LayoutPart], from index: Int
  ) -> (field: LayoutField, end: Int)? {
    guard index > 0, let opening = parts[index - 1].text?.last, isEnclosing(opening),
      var field = parts[index].field, field.pattern == nil,
      field.role == .date || field.role == .time
    else { return nil }
    var end = index + 1
    if field.role == .date {
      guard end + 1 < parts.count, let text = parts[end].text, text.count == 1,
        parts[end + 1].field?.role == .timeOfDay
      else { return nil }
      end += 2
    }
    if end + 2 < parts.count, parts[end].text == [.space], parts[end + 1].field?.role == .other {
      end += 2
    }
    guard end < parts.count, let closing = parts[end].text?.first, isEnclosing(closing) else {
      return nil
    }
    field.role = .time
    return (field, end)
  }

  private static func isEnclosing(_ byte: UInt8) -> Bool {
    byte == .quote || byte == .openingBracket || byte == .closingBracket
  }

  // MARK: - Requests

  /// A method and a target in quotes, perhaps with the protocol behind them, are a request.
  private static func withRequests(_ parts: [LayoutPart]) -> [LayoutPart] {
    var result: [LayoutPart] = []
    var index = 0
    while index < parts.count {
      if let end = endOfRequest(parts, from: index), var request = parts[index].field {
        request.role = .request
        result.append(.field(request))
        index = end
      } else {
        result.append(parts[index])
        index += 1
      }
    }
    return result
  }

  private static func endOfRequest(_ parts: [LayoutPart], from index: Int) -> Int? {
    guard index > 0, parts[index - 1].text?.last == .quote, index + 3 < parts.count,
      parts[index].field?.role == .method, parts[index + 1].text == [.space],
      parts[index + 2].field?.role == .target
    else { return nil }
    var end = index + 3
    while end + 1 < parts.count, parts[end].text == [.space],
      let role = parts[end + 1].field?.role, role == .other || role == .query
    {
      end += 2
    }
    return end < parts.count && parts[end].text?.first == .quote ? end : nil
  }
}
