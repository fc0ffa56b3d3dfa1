/// The directives of `LogFormat` (Apache HTTP server, mod_log_config, mod_logio, mod_ssl).
enum ApacheDirectives {
  /// The parts of a line that a directive stands for; `nil` if there is no such directive.
  ///
  /// - Throws: an error if it has a form of a time that is not supported.
  static func parts(
    _ directive: PercentFormatString.Directive, _ text: String, place: Int
  ) throws(FormatStringError) -> [LayoutPart]? {
    if directive.name == "t" {
      guard let parts = time(directive.argument) else {
        throw .unsupportedTime(text, place: place)
      }
      return parts
    }
    return field(directive).map { [.field($0)] }
  }

  private static func field(_ directive: PercentFormatString.Directive) -> LayoutField? {
    switch directive.name {
    case "h", "a":
      // `%{c}a` is the peer of the connection, perhaps a proxy.
      return field(.client, rank: directive.argument == "c" ? 1 : 0)
    case "u": return field(.user)
    case "r": return field(.request)
    case "s": return field(.status, rank: directive.order == UInt8(ascii: ">") ? 0 : 1)
    case "b", "B": return field(.bytes)
    // With headers.
    case "O": return field(.bytes, rank: 1)
    case "D": return latency(.microseconds)
    case "T": return latency(directive.argument)
    case "v": return field(.host, rank: 1)
    case "V": return field(.host, rank: 2)
    case "m": return field(.method)
    case "U": return field(.target)
    case "q":
      var query = field(.query)
      query.mayBeMissing = true
      return query
    case "i": return header(directive.argument?.lowercased() ?? "")
    case "A", "C", "e", "f", "H", "I", "k", "L", "l", "n", "o", "p", "P", "R", "S", "X", "x", "c",
      "^FB", "^FU", "^ti", "^to":
      return field(.other)
    default: return nil
    }
  }

  private static func header(_ name: String) -> LayoutField {
    switch name {
    case "referer": field(.referrer)
    case "user-agent": field(.agent)
    case "host": field(.host)
    case "x-forwarded-for", "x-real-ip", "x-client-ip", "cf-connecting-ip", "true-client-ip":
      field(.client)
    default: field(.other)
    }
  }

  /// `%t` is in brackets, `%{form}t` is not.
  private static func time(_ argument: String?) -> [LayoutPart]? {
    guard let argument, !argument.isEmpty else {
      return [.text([.openingBracket]), .field(field(.time)), .text([.closingBracket])]
    }
    var form = argument[...]
    for prefix in ["begin:", "end:"] where form.hasPrefix(prefix) {
      form = form.dropFirst(prefix.count)
    }
    if form.isEmpty { return time(nil) }
    if let units = epochUnits[String(form)] {
      var time = field(.time)
      time.epochUnits = units
      return [.field(time)]
    }
    var part = field(.time)
    if form == "msec_frac" || form == "usec_frac" {
      part.pattern = TimePattern(elements: [.fraction])
    } else {
      part.pattern = TimePattern(strftime: Array(form.utf8))
    }
    guard part.pattern != nil else { return nil }
    return [.field(part)]
  }

  private static let epochUnits: [String: Int64] = ["sec": 1, "msec": 1000, "usec": 1_000_000]

  private static func field(_ role: FieldRole, rank: Int = 0) -> LayoutField {
    var field = LayoutField(role)
    field.rank = rank
    return field
  }

  private static func latency(_ argument: String?) -> LayoutField? {
    switch argument {
    case nil, "s": latency(.seconds)
    case "ms": latency(.milliseconds)
    case "us": latency(.microseconds)
    default: nil
    }
  }

  private static func latency(_ unit: LatencyText.Unit) -> LayoutField {
    var field = LayoutField(.latency)
    field.unit = unit
    return field
  }
}
