import AccessLog

/// The parts of a time that fields of a line give.
struct TimeParts {
  var civil = CivilTime(year: 1970, month: 1, day: 1)
  /// Seconds east of UTC; `nil` if no part gives a zone.
  var offset: Int?
  /// Seconds since 1970, if a part gives them: the other parts do not count then.
  var epoch: Int64?
  /// Whether a part could not be read.
  var isBroken = false
}

/// A form of a time, or of a part of it, as strftime(3) describes it. It shows by itself where the
/// text ends.
struct TimePattern: Sendable {
  enum Element: Sendable, Equatable {
    case byte(UInt8)
    case year, shortYear, month, monthName, day, hour, minute, second
    case zone, zoneName, weekdayName, epoch, fraction
  }

  let elements: [Element]

  /// Which parts the pattern gives.
  var hasDate: Bool { elements.contains(.epoch) || elements.contains(.day) }
  var hasTimeOfDay: Bool { elements.contains(.epoch) || elements.contains(.hour) }

  /// Reads the parts at an index of a line.
  ///
  /// - Returns: the index behind them; `nil` if the text has another form.
  /// - Complexity: O(bytes of the text).
  func read(_ line: TextRange, from index: Int, into parts: inout TimeParts) -> Int? {
    var cursor = ByteCursor(line)
    cursor.index = index
    for element in elements {
      guard Self.read(element, &cursor, into: &parts) else { return nil }
    }
    return cursor.index
  }

  private static func read(
    _ element: Element, _ cursor: inout ByteCursor, into parts: inout TimeParts
  ) -> Bool {
    switch element {
    case .byte(let byte): return cursor.skip(byte)
    case .year: return set(&parts.civil.year, cursor.digits(4))
    case .shortYear:
      // POSIX: 69 to 99 are in the 20th century, 00 to 68 in the 21st.
      return set(&parts.civil.year, cursor.digits(2).map { $0 < 69 ? 2000 + $0 : 1900 + $0 })
    case .month: return set(&parts.civil.month, twoDigits(&cursor))
    case .day: return set(&parts.civil.day, twoDigits(&cursor))
    case .hour: return set(&parts.civil.hour, twoDigits(&cursor))
    case .minute: return set(&parts.civil.minute, cursor.digits(2))
    case .second: return set(&parts.civil.second, cursor.digits(2))
    case .monthName:
      guard let month = MonthName.month(cursor.rest) else { return false }
      parts.civil.month = month
      cursor.index += 3
      return true
    case .weekdayName, .zoneName:
      let first = cursor.index
      while cursor.next?.isLetter ?? false { cursor.index += 1 }
      return cursor.index > first
    case .zone:
      parts.offset = TimeText.offset(&cursor)
      return parts.offset != nil
    case .fraction: return cursor.skipDigits() > 0
    case .epoch:
      let first = cursor.index
      let digits = cursor.skipDigits()
      parts.epoch = Numbers.whole(cursor.text.start + first, count: digits)
      return parts.epoch != nil
    }
  }

  /// Two digits, of which the first may be a space.
  private static func twoDigits(_ cursor: inout ByteCursor) -> Int? {
    cursor.skip(.space) ? cursor.digits(1) : cursor.digits(2)
  }

  private static func set(_ part: inout Int, _ value: Int?) -> Bool {
    guard let value else { return false }
    part = value
    return true
  }
}

extension TimePattern {
  /// Compiles a format of strftime(3); `nil` if it holds a conversion that is not supported.
  ///
  /// Supported are `%Y %y %m %d %e %b %h %H %M %S %T %R %F %D %z %Z %a %s %f %n %t %%`.
  init?(strftime format: [UInt8]) {
    var elements: [Element] = []
    var index = 0
    while index < format.count {
      defer { index += 1 }
      guard format[index] == UInt8(ascii: "%") else {
        elements.append(.byte(format[index]))
        continue
      }
      index += 1
      guard index < format.count, let conversion = Self.elements(of: format[index]) else {
        return nil
      }
      elements += conversion
    }
    guard !elements.isEmpty else { return nil }
    self.elements = elements
  }

  private static func elements(of conversion: UInt8) -> [Element]? {
    let colon = Element.byte(.colon)
    let (slash, hyphen) = (Element.byte(.slash), Element.byte(.hyphen))
    switch conversion {
    case UInt8(ascii: "Y"): return [.year]
    case UInt8(ascii: "y"): return [.shortYear]
    case UInt8(ascii: "m"): return [.month]
    case UInt8(ascii: "d"), UInt8(ascii: "e"): return [.day]
    case UInt8(ascii: "b"), UInt8(ascii: "h"): return [.monthName]
    case UInt8(ascii: "H"): return [.hour]
    case UInt8(ascii: "M"): return [.minute]
    case UInt8(ascii: "S"): return [.second]
    case UInt8(ascii: "T"): return [.hour, colon, .minute, colon, .second]
    case UInt8(ascii: "R"): return [.hour, colon, .minute]
    case UInt8(ascii: "F"): return [.year, hyphen, .month, hyphen, .day]
    case UInt8(ascii: "D"): return [.month, slash, .day, slash, .shortYear]
    case UInt8(ascii: "z"): return [.zone]
    case UInt8(ascii: "Z"): return [.zoneName]
    case UInt8(ascii: "a"): return [.weekdayName]
    case UInt8(ascii: "s"): return [.epoch]
    case UInt8(ascii: "f"): return [.fraction]
    case UInt8(ascii: "n"): return [.byte(.newline)]
    case UInt8(ascii: "t"): return [.byte(.tab)]
    case UInt8(ascii: "%"): return [.byte(conversion)]
    default: return nil
    }
  }
}
