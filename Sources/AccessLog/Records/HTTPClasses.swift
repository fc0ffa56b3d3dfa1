/// A request method (RFC 9110 section 9.3, RFC 5789); methods not listed count as `other`.
@frozen public enum Method: UInt8, CaseIterable, Sendable {
  case get, head, post, put, delete, connect, options, trace, patch, other

  /// The name as it appears on the request line, or `other`.
  package var name: String {
    switch self {
    case .get: "GET"
    case .head: "HEAD"
    case .post: "POST"
    case .put: "PUT"
    case .delete: "DELETE"
    case .connect: "CONNECT"
    case .options: "OPTIONS"
    case .trace: "TRACE"
    case .patch: "PATCH"
    case .other: "other"
    }
  }
}

/// The class of a response status (RFC 9110 section 15); `other` is `-` or outside 100-599.
@frozen public enum StatusClass: UInt8, CaseIterable, Sendable {
  case other, informational, successful, redirection, clientError, serverError

  /// `1xx` to `5xx`, or `other`.
  package var name: String {
    switch self {
    case .informational: "1xx"
    case .successful: "2xx"
    case .redirection: "3xx"
    case .clientError: "4xx"
    case .serverError: "5xx"
    case .other: "other"
    }
  }

  /// Whether people see the class only if it has hits: most logs have none.
  package var isRare: Bool { self == .informational || self == .other }

  /// The display order: 1xx to 5xx, then `other`.
  package static let displayOrder: [StatusClass] = [
    .informational, .successful, .redirection, .clientError, .serverError, .other,
  ]
}
