/// The format of a log that a format string describes: texts that stand in every line, and fields
/// between them.
struct ModelLayout: Equatable {
  enum Field: Equatable {
    case client, user, time, request, method, target, query, status, bytes, host, referrer, agent
    case latency(ModelTimeUnit)
    /// Anything else.
    case other
  }

  enum Part: Equatable {
    case text([UInt8])
    case field(Field)
  }

  /// The format string.
  let text: String
  private(set) var parts: [Part] = []

  /// Whether the first field is the time.
  var beginsWithTime: Bool {
    parts.first { if case .field = $0 { true } else { false } } == .field(.time)
  }

  /// - Parameter text: `log_format` variables of nginx, or directives of Apache and GoAccess.
  init(_ text: String) {
    self.text = text
    var cursor = ModelCursor(Array(text.utf8))
    let isNginx = text.contains("$")
    while !cursor.isAtEnd {
      if isNginx, cursor.take("$") {
        append(Self.variable(&cursor))
      } else if !isNginx, cursor.take("%") {
        appendDirective(&cursor)
      } else if let byte = cursor.byte() {
        append(byte)
      }
    }
  }

  private mutating func append(_ byte: UInt8) {
    if case .text(let before) = parts.last {
      parts[parts.count - 1] = .text(before + [byte])
    } else {
      parts.append(.text([byte]))
    }
  }

  private mutating func append(_ field: Field) {
    parts.append(.field(field))
  }

  /// The field of a variable, after its `$`.
  private static func variable(_ cursor: inout ModelCursor) -> Field {
    let isInBraces = cursor.take("{")
    let name = cursor.run { isLetterOrDigit($0) || $0 == UInt8(ascii: "_") }
    if isInBraces { _ = cursor.take("}") }
    return switch String(decoding: name, as: UTF8.self) {
    case "remote_addr", "http_x_forwarded_for": .client
    case "remote_user": .user
    case "time_local", "time_iso8601", "msec": .time
    case "request": .request
    case "request_method": .method
    case "request_uri", "uri": .target
    case "args", "query_string": .query
    case "status": .status
    case "body_bytes_sent", "bytes_sent": .bytes
    case "host", "http_host", "server_name": .host
    case "http_referer": .referrer
    case "http_user_agent": .agent
    case "request_time": .latency(.seconds)
    default: .other
    }
  }

  /// Appends the directive after its `%`.
  private mutating func appendDirective(_ cursor: inout ModelCursor) {
    var argument: [UInt8] = []
    if cursor.take("{") {
      argument = cursor.run { $0 != UInt8(ascii: "}") }
      _ = cursor.take("}")
    }
    _ = cursor.take(">")
    guard let letter = cursor.byte() else { return }
    switch UnicodeScalar(letter) {
    case "t":
      append(UInt8(ascii: "["))
      append(.time)
      append(UInt8(ascii: "]"))
    case "%": append(letter)
    default: append(Self.directive(UnicodeScalar(letter), argument))
    }
  }

  private static func directive(_ letter: UnicodeScalar, _ argument: [UInt8]) -> Field {
    let argument = String(decoding: argument, as: UTF8.self)
    switch letter {
    case "h", "a": return .client
    case "u": return argument.isEmpty ? .user : .other
    case "x": return .time
    case "r": return .request
    case "m": return .method
    case "U": return .target
    case "q": return .query
    case "s": return .status
    case "b", "B", "O": return .bytes
    case "v", "V": return .host
    case "R": return .referrer
    case "T" where argument == "ms", "L": return .latency(.milliseconds)
    case "T" where argument == "us", "D": return .latency(.microseconds)
    case "T": return .latency(.seconds)
    case "i" where argument == "Referer": return .referrer
    case "i" where argument == "User-Agent": return .agent
    case "i" where argument == "Host": return .host
    default: return .other
    }
  }
}
