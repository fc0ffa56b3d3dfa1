import AccessLog

/// Why a string is not a custom format.
package enum FormatStringError: Error, Equatable, Sendable {
  /// Not a directive or variable; `place` is the position in the string, in characters from 1.
  case unknown(String, place: Int)
  /// A directive or a variable that the end of the string cuts off.
  case unfinished(String, place: Int)
  /// A form of a time with a conversion that is not supported.
  case unsupportedTime(String, place: Int)
  /// Two fields with nothing between them.
  case adjacent(String, String, place: Int)
  /// A request whose end cannot be found.
  case unquotedRequest(String, place: Int)
  /// A field that every record needs.
  case missing(LogField, FormatDialect)

  /// What is wrong, where, and what to try; one line.
  package var reason: String {
    switch self {
    case .unknown(let text, let place):
      "character \(place): '\(text)' is neither a directive nor a variable; "
        + "%^ reads over a field, %% is a percent sign"
    case .unfinished(let text, let place):
      "character \(place): '\(text)' is cut off; quote the whole string for the shell"
    case .unsupportedTime(let text, let place):
      "character \(place): the time in '\(text)' is not supported; try %Y %m %d %b %H %M %S %T %z"
    case .adjacent(let first, let second, let place):
      "character \(place): nothing stands between '\(first)' and '\(second)' that could tell them apart"
    case .unquotedRequest(let text, let place):
      "character \(place): '\(text)' may hold spaces; it must stand in quotes or before the status"
    case .missing(let field, let dialect):
      "lacks \(Self.noun(field)); try \(dialect.suggestion(for: field))"
    }
  }

  private static func noun(_ field: LogField) -> String {
    switch field {
    case .client: "a client"
    case .time: "a time"
    case .request: "a request"
    case .status: "a status"
    case .bytes: "a size"
    }
  }
}

/// The languages in which servers describe the lines that they write.
package enum FormatDialect: Sendable {
  /// `log_format` of nginx.
  case nginx
  /// `LogFormat` of the Apache HTTP server.
  case apache
  /// `log-format` of GoAccess.
  case goAccess

  /// The dialect of a string.
  init(_ string: [UInt8]) {
    let variable = string.indices.dropLast().contains { index in
      let next = string[index + 1]
      return string[index] == UInt8(ascii: "$")
        && (next.isLetter || next == UInt8(ascii: "_") || next == UInt8(ascii: "{"))
    }
    if variable || !string.contains(UInt8(ascii: "%")) {
      self = .nginx
    } else {
      let pairs = zip(string, string.dropFirst())
      let marks = Array("dx^~".utf8)
      let isGoAccess = pairs.contains { first, second in
        (first == UInt8(ascii: "%") && marks.contains(second))
          || (first == UInt8(ascii: "~") && second == UInt8(ascii: "h"))
      }
      self = isGoAccess && !Self.hasBraces(string) ? .goAccess : .apache
    }
  }

  /// Whether a directive of Apache with an argument, `%{`, stands in a string.
  private static func hasBraces(_ string: [UInt8]) -> Bool {
    zip(string, string.dropFirst()).contains {
      $0 == UInt8(ascii: "%") && $1 == UInt8(ascii: "{")
    }
  }

  /// How to write a field.
  func suggestion(for field: LogField) -> String {
    switch (self, field) {
    case (.nginx, .client): "$remote_addr"
    case (.nginx, .time): "[$time_local]"
    case (.nginx, .status): "$status"
    case (.nginx, .request): "\"$request\""
    case (.nginx, .bytes): "$body_bytes_sent"
    case (_, .client): "%h"
    case (.apache, .time): "%t"
    case (.goAccess, .time): "[%d:%t %^]"
    case (.apache, .status): "%>s"
    case (.goAccess, .status): "%s"
    case (_, .request): "\"%r\""
    case (_, .bytes): "%b"
    }
  }
}
