/// Writes generated lines of load balancers and proxies.
struct ServerLineWriter {
  let server: ModelServer
  let clients: ClientWriter
  let stamps: StampWriter
  let requests: RequestWriter
  let facts: FactWriter

  func line(at time: Int64, _ random: inout RandomSource) -> [UInt8] {
    let request = requests.request(&random)
    let quoted =
      "\"" + request.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    let agent = facts.agent(&random).replacing("\"", with: "")
    let status = word(facts.status(&random))
    let bytes = word(facts.bytes(&random))
    let client = random.pick(["10.0.0.1", "10.0.0.2:40212", "203.0.113.57:443"])
    let iso = String(isoTime(time).dropLast()) + random.pick(["Z", ".120457Z", "Z"])
    let text =
      switch server {
      case .npm:
        "[\(stamps.stamp(time, &random))] - 200 \(status) - \(method(request)) https "
          + "\(word(facts.host(&random))) \"\(target(request))\" [Client \(client)] "
          + "[Length \(bytes)] [Gzip -] [Sent-to 192.0.2.10] \"\(agent)\" \"-\""
      case .envoy:
        "[\(iso)] \(quoted) \(status) - 0 \(bytes) \(random.number(0...900)) 17 "
          + "\"\(clients.client(&random).replacing("\"", with: ""))\" \"\(agent)\" \"id\" "
          + "\"\(word(facts.host(&random)))\" \"10.0.0.1:80\""
      case .s3:
        "79a5 bucket [\(stamps.stamp(time, &random))] \(client) \(user(&random)) 3E57 "
          + "REST.GET.OBJECT photos/a.jpg \(quoted) \(status) - \(bytes) 2662 "
          + "\(random.number(0...900)) 10 \"-\" \"\(agent)\" -"
      case .haproxy:
        "\(client) [\(haproxyStamp(time))] http-in web/s1 10/0/30/69/"
          + random.pick(["", "+"]) + "\(random.number(0...900)) "
          + random.pick([status, status, "-1"]) + " " + random.pick(["", "", "+"])
          + "\(bytes) - - ---- 1/1/1/1/0 0/0 "
          + random.pick([
            "\"\(request.replacing("\"", with: "#22"))\"", "\"<BADREQ>\"",
            "\"GET /a#22b#zz HTTP/1.1\"",
          ])
      case .alb, .elb:
        (server == .alb ? "h2 " : "")
          + "\(iso) app/web/7f1c \(client) 10.0.3.17:8080 "
          + random.pick([times(&random), times(&random), "-1 -1 -1"])
          + " \(status) 200 0 \(bytes) \"\(method(request)) https://shop.example.org:443"
          + "\(target(request)) HTTP/1.1\" \"\(agent)\" ECDHE TLSv1.2"
          + (server == .alb ? " arn:aws:x \"Root=1\" \"a\"" : "")
      case .squid:
        "\(time).482 \(leftPadded(random.number(0...900))) \(client) TCP_MISS/\(status) "
          + "\(bytes) \(method(request)) \(target(request)) \(user(&random)) "
          + "HIER_DIRECT/198.51.100.80 text/html"
      }
    return Array(text.utf8)
  }

  private func times(_ random: inout RandomSource) -> String {
    (0..<3).map { _ in facts.seconds(&random) }.joined(separator: " ")
  }

  private func user(_ random: inout RandomSource) -> String { word(facts.user(&random)) }

  /// The text as one word, which is never empty.
  private func word(_ text: String) -> String {
    let word = text.filter { !" \t\"".contains($0) }
    return word.isEmpty ? "-" : word
  }

  private func method(_ request: String) -> String {
    let method = word(String(request.prefix { $0 != " " }))
    return method == "-" ? "GET" : method
  }

  private func target(_ request: String) -> String {
    let words = request.split(separator: " ", omittingEmptySubsequences: false)
    return word(words.count > 1 ? String(words[1]) : "")
  }

  /// With spaces before it, as numbers in columns have them.
  private func leftPadded(_ number: Int) -> String {
    let text = String(number)
    return String(repeating: " ", count: max(0, 6 - text.count)) + text
  }

  /// `25/Nov/2026:12:00:01.655`.
  private func haproxyStamp(_ time: Int64) -> String {
    let text = Array(isoTime(time))
    let month = monthNames[Int(String(text[5..<7]))! - 1]
    return String(text[8..<10]) + "/" + month + "/" + String(text[0..<4]) + ":"
      + String(text[11..<19]) + ".655"
  }
}
