/// Writes generated lines of a log that a format string describes.
struct LayoutLineWriter {
  let layout: ModelLayout
  let clients: ClientWriter
  let stamps: StampWriter
  let requests: RequestWriter
  let facts: FactWriter

  /// Format strings of both dialects.
  static let formats = [
    #"$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $request_time"#,
    #"$remote_addr [$time_iso8601] "$request" $status $request_length $request_time $body_bytes_sent"#,
    #"$msec|$remote_addr|$request_method|$request_uri|$status|$bytes_sent|$host"#,
    #"${remote_addr} $status "$http_user_agent" "$request" [$time_local]"#,
    #"%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i" %D"#,
    #"%h %l %u %t %D "%r" %>s %b"#, #"%v:%p %h %l %u %t "%r" %>s %O"#,
    #"%t %a %m %U %s %B %T %V"#, #"[%x] %h "%r" %s %b %L"#,
    #"%h %t "%r" %>s %b "%{Host}i" %{ms}T"#,
    #"$remote_addr|$msec|$request_method|$uri|$args|$status|$body_bytes_sent"#,
    #"%h %t %m "%U" "%q" %>s %b %D"#,
  ]

  func line(at time: Int64, _ random: inout RandomSource) -> [UInt8] {
    let request = requests.request(&random)
    var line: [UInt8] = []
    for (index, part) in layout.parts.enumerated() {
      switch part {
      case .text(let text): line += text
      case .field(let field):
        let value = value(of: field, time, request, &random)
        if field == .time {
          line += value.isEmpty ? Array("-".utf8) : Array(value.utf8)
          continue
        }
        line += layout.isQuoted(index) ? escaped(value) : word(value)
      }
    }
    return line + Array(random.pick(["", "", "", " x", " - \"a"]).utf8)
  }

  private func value(
    of field: ModelLayout.Field, _ time: Int64, _ request: String, _ random: inout RandomSource
  ) -> String {
    let words = request.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    switch field {
    case .client: return random.pick(["10.0.0.1", "2001:db8::7f3", "host.example.org"])
    case .user: return facts.user(&random)
    case .time:
      let stamp = stamps.stamp(time, &random)
      return stamp.contains(" ") && !isInBrackets(field) ? isoTime(time) : stamp
    case .request: return request
    case .method: return words[0]
    case .target, .query: return part(field, of: words.count > 1 ? words[1] : "")
    case .status: return facts.status(&random)
    case .bytes: return facts.bytes(&random)
    case .host: return facts.host(&random).replacing("\"", with: "")
    case .referrer: return facts.referrer(&random)
    case .agent: return facts.agent(&random)
    case .latency(.seconds): return facts.seconds(&random)
    case .latency: return facts.whole(100_000, &random)
    case .other: return random.pick(["-", "443", "x", "12"])
    }
  }

  /// The target, or its query where that has a field of its own. Apache writes the question mark, too.
  private func part(_ field: ModelLayout.Field, of target: String) -> String {
    guard layout.parts.contains(.field(.query)) else { return target }
    let path = target.prefix { $0 != "?" }
    if field == .target { return String(path) }
    return String(target.dropFirst(path.count + (layout.text.contains("%q") ? 0 : 1)))
  }

  private func isInBrackets(_ field: ModelLayout.Field) -> Bool {
    let index = layout.parts.firstIndex(of: .field(field)) ?? 0
    return layout.text(at: index + 1)?.first == UInt8(ascii: "]")
  }

  /// A value that is not empty and ends where the next text begins.
  private func word(_ value: String) -> [UInt8] {
    let word = value.filter { !" \t\"|[]".contains($0) }
    return Array((word.isEmpty ? "-" : word).utf8)
  }

  private func escaped(_ text: String) -> [UInt8] {
    Array(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").utf8)
  }
}
