/// What a field of a line is read as.
enum FieldRole: Int, Sendable {
  /// A whole time, as `FieldTimestamp` reads it.
  case time
  /// Parts of a time, which fields of their own give.
  case date, timeOfDay, zone
  case client
  /// The client where the first field with one holds none.
  case otherClient
  /// A whole request line, or its parts.
  case request, method, target
  case status, bytes
  /// Times to answer. Only a layout that sums them has several.
  case latency, secondLatency, thirdLatency
  case host, user, referrer, agent
  /// The query of a request whose target is another field.
  case query
  /// Read over.
  case other

  static let count = FieldRole.other.rawValue + 1

  /// Whether values hold no spaces, so that a field ends at a space whatever is expected behind it.
  var isWord: Bool {
    switch self {
    case .method, .status, .bytes, .latency, .secondLatency, .thirdLatency: true
    case .date, .timeOfDay, .zone: true
    default: false
    }
  }

  /// Whether a field that ends a line may hold spaces.
  var isText: Bool { self == .request || self == .user || self == .referrer || self == .agent }
}

/// What must be true of a field for a line to have the shape of a layout. A format that is detected
/// needs this where other lines have as many words.
enum FieldCheck: Sendable {
  case none
  /// Decimal digits, perhaps with a sign before and a point between them; or `-`.
  case number
  /// Capital letters, digits and underscores, such as `TCP_MISS`.
  case capitals
  /// Lower-case letters and digits, such as `h2`.
  case lowercase
  /// Capital letters, digits, underscores and at least one dot, such as `REST.GET.OBJECT`; or `SOAP.`
  /// and letters.
  case operation
  /// An address, perhaps with a port; or `-`.
  case address
  /// One word that no wrapper has where a line may have any other: it does not end in a colon, as the
  /// tag of syslog does, nor stand in brackets, as the prefix of kubectl does, and is not the `|` that
  /// follows the name of a container. An address in brackets has a port behind them.
  case unwrapped
  /// Nothing, or groups in braces and a space behind each.
  case braces

  /// Whether it is true of a field.
  func accepts(_ field: TextRange) -> Bool {
    switch self {
    case .none: true
    case .number: Self.isNumber(field)
    case .capitals: !field.isEmpty && field.allSatisfy(Self.isCapital)
    case .lowercase: field.allSatisfy { $0.isDigit || ($0.isLetter && $0 & 0x20 != 0) }
    case .operation:
      field.hasPrefix("SOAP.")
        ? field.from(5).allSatisfy(\.isLetter)
        : field.firstIndex(of: .dot) != nil
          && field.allSatisfy { Self.isCapital($0) || $0 == .dot }
    case .address: ClientName.isAddress(field) || field.elementsEqual("-")
    case .unwrapped:
      !field.isEmpty && field.last != .colon && !field.elementsEqual("|")
        && !(field.first == .openingBracket && field.last == .closingBracket)
    case .braces:
      field.isEmpty || (field.first == UInt8(ascii: "{") && field.last == .space)
    }
  }

  private static func isCapital(_ byte: UInt8) -> Bool {
    (byte.isLetter && byte & 0x20 == 0) || byte.isDigit || byte == UInt8(ascii: "_")
  }

  private static func isNumber(_ field: TextRange) -> Bool {
    numberEnd(in: field, from: 0) == field.count
  }

  /// The end of the number, or of the `-`, that begins at an index; `nil` if none does.
  static func numberEnd(in line: TextRange, from start: Int) -> Int? {
    guard start < line.count else { return nil }
    let isSigned = line.start[start] == .hyphen || line.start[start] == UInt8(ascii: "+")
    let first = isSigned ? start &+ 1 : start
    var index = first
    while index < line.count, line.start[index].isDigit { index &+= 1 }
    guard index > first else { return line.start[start] == .hyphen ? first : nil }
    if index < line.count, line.start[index] == .dot {
      index &+= 1
      while index < line.count, line.start[index].isDigit { index &+= 1 }
    }
    return index
  }
}
