/// Reads the variables of `log_format` (nginx, ngx_http_log_module).
enum NginxFormatString {
  /// - Throws: an error if a `$` begins no variable.
  static func parts(of string: [UInt8]) throws(FormatStringError) -> [LayoutPart] {
    var parts: [LayoutPart] = []
    var scanner = FormatStringScanner(string)
    while let byte = scanner.next {
      guard byte == UInt8(ascii: "$") else {
        parts.append(.text([scanner.readText()]))
        continue
      }
      let start = scanner.index
      scanner.index += 1
      let name = try variable(&scanner, from: start)
      var field = field(named: name)
      (field.spelling, field.place) = (scanner.text(from: start), scanner.place(of: start))
      parts.append(.field(field))
    }
    return parts
  }

  /// Reads `name` or `{name}`.
  private static func variable(
    _ scanner: inout FormatStringScanner, from start: Int
  ) throws(FormatStringError) -> String {
    let isBraced = scanner.skip(UInt8(ascii: "{"))
    let first = scanner.index
    while let byte = scanner.next, byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") {
      scanner.index += 1
    }
    let name = scanner.text(from: first)
    guard !name.isEmpty, !isBraced || scanner.skip(UInt8(ascii: "}")) else {
      let (text, place) = (scanner.text(from: start), scanner.place(of: start))
      throw scanner.next == nil
        ? .unfinished(text, place: place) : .unknown(text, place: place)
    }
    return name
  }

  /// The field of a variable. One that is not known is read over.
  private static func field(named name: String) -> LayoutField {
    if let field = table[name] { return field }
    var other = LayoutField(.other)
    // These hold one value for each server that was tried.
    other.isList = name.hasPrefix("upstream_")
    return other
  }

  private static let table: [String: LayoutField] = [
    "remote_addr": LayoutField(.client), "http_x_forwarded_for": LayoutField(.client),
    "http_x_real_ip": LayoutField(.client), "proxy_add_x_forwarded_for": LayoutField(.client),
    "proxy_protocol_addr": LayoutField(.client), "http_cf_connecting_ip": LayoutField(.client),
    "http_true_client_ip": LayoutField(.client),
    // The proxy before the server.
    "realip_remote_addr": ranked(.client, 1),
    "remote_user": LayoutField(.user), "time_local": LayoutField(.time),
    "time_iso8601": LayoutField(.time), "msec": LayoutField(.time),
    "request": LayoutField(.request), "request_method": LayoutField(.method),
    "request_uri": LayoutField(.target), "uri": ranked(.target, 1),
    "document_uri": ranked(.target, 1), "args": LayoutField(.query),
    "query_string": LayoutField(.query), "is_args": LayoutField(.query),
    "status": LayoutField(.status), "body_bytes_sent": LayoutField(.bytes),
    "bytes_sent": ranked(.bytes, 1), "http_referer": LayoutField(.referrer),
    "http_user_agent": LayoutField(.agent), "host": LayoutField(.host),
    "http_host": ranked(.host, 1), "server_name": ranked(.host, 2),
    "request_time": LayoutField(.latency), "upstream_response_time": upstreamTime,
  ]

  private static func ranked(_ role: FieldRole, _ rank: Int) -> LayoutField {
    var field = LayoutField(role)
    field.rank = rank
    return field
  }

  private static var upstreamTime: LayoutField {
    var field = ranked(.latency, 1)
    field.isList = true
    return field
  }
}
