import Foundation
import Testing

/// The built program with composed logs of proxies of Kubernetes and Docker, read as in the README.
@Suite(.ownThreads) struct ProxyLogTests {
  /// How a log of ingress-nginx is read for its latencies.
  private static let ingressFormat =
    #"$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "#
    + #""$http_referer" "$http_user_agent" $request_length $request_time"#

  private static let ingress = [
    #"I1125 12:00:00.123456       7 main.go:205] "Creating API client" host="https://10.96.0.1:443""#,
    #"203.0.113.57 - - [25/Nov/2026:12:00:01 +0000] "GET /shop/cart?item=91 HTTP/2.0" 200 5213 "#
      + #""https://example.org/shop" "Mozilla/5.0 (X11; Linux x86_64)" 512 0.187 [default-shop-80] "#
      + "[] 10.244.1.17:8080 5213 0.186 200 3f6c1d9f8e6b4a0b9a1b2c3d4e5f6a7b",
    #"2001:db8::7f3 - dana [25/Nov/2026:12:00:02 +0000] "POST /api/orders HTTP/1.1" 502 150 "-" "#
      + #""okhttp/4.12.0" 830 0.012 [default-api-8080] [] 10.244.1.9:8080, 10.244.2.4:8080 0, 150 "#
      + "0.004, 0.008 502, 502 0a1b2c3d4e5f60718293a4b5c6d7e8f9",
    #"198.51.100.9 - - [25/Nov/2026:12:00:03 +0000] "" 400 0 "-" "-" 0 0.153 [] [] - - - - 1234"#,
  ].map { "[pod/ingress-nginx-controller-7d56/controller] \($0)\n" }.joined()

  private static let traefik =
    #"203.0.113.57 - - [25/Nov/2026:12:00:01 +0000] "GET /shop/cart?item=91 HTTP/2.0" 200 5213 "-" "#
    + #""-" 17203 "shop@docker" "http://172.19.0.4:8080" 187ms"#
    + "\n"
    + #"2001:db8::7f3 - dana [25/Nov/2026:12:00:02 +0000] "POST /api/orders HTTP/1.1" 502 150 "-" "#
    + #""-" 17204 "api@docker" "http://172.19.0.5:8080" 12ms"#
    + "\n"

  private static let traefikJSON =
    #"{"ClientAddr":"203.0.113.57:51234","ClientHost":"203.0.113.57","ClientPort":"51234","#
    + #""ClientUsername":"-","DownstreamContentSize":5213,"DownstreamStatus":200,"#
    + #""Duration":187000000,"OriginContentSize":5213,"OriginDuration":186543210,"#
    + #""OriginStatus":200,"RequestAddr":"shop.test","RequestCount":17203,"#
    + #""RequestHost":"shop.test","RequestMethod":"GET","RequestPath":"/shop/cart?item=91","#
    + #""RequestPort":"-","RequestProtocol":"HTTP/2.0","StartLocal":"2026-11-25T12:00:01.12Z","#
    + #""StartUTC":"2026-11-25T12:00:01.123456789Z","level":"info","msg":"","#
    + #""request_Referer":"https://example.org/shop","request_User-Agent":"okhttp/4.12.0","#
    + #""time":"2026-11-25T12:00:01Z"}"#
    + "\n"

  @Test func ingressNginxIsReadWithLatencies() throws {
    let end = try report(Self.ingress, "--format '\(Self.ingressFormat)'")
    #expect(names(end, "clients") == ["198.51.100.9", "2001:db8::7f3", "203.0.113.57"])
    #expect(names(end, "sections") == ["(no request)", "/api", "/shop"])
    #expect(names(end, "users") == ["-", "dana"])
    #expect(names(end, "agents") == ["-", "Mozilla/5.0 (X11; Linux x86_64)", "okhttp/4.12.0"])
    #expect(names(end, "codes") == ["200", "400", "502"])
    #expect(end["bytes"] as? Int == 5363)
    #expect((end["rejected"] as? [String: Int])?["total"] == 1)
    #expect(greatestLatency(end) == 0.187)
    let readme = try String(contentsOfFile: Built.root + "README.md", encoding: .utf8)
    #expect(readme.contains("--format '\(Self.ingressFormat)'"))
  }

  @Test func ingressNginxIsRecognizedAsCombined() throws {
    let end = try report(Self.ingress, "")
    #expect(end["hits"] as? Int == 3)
    #expect(names(end, "agents") == ["-", "Mozilla/5.0 (X11; Linux x86_64)", "okhttp/4.12.0"])
    #expect(end["latency"] == nil)
  }

  @Test func traefikIsRecognizedWithLatencies() throws {
    let end = try report(Self.traefik, "")
    #expect(names(end, "clients") == ["2001:db8::7f3", "203.0.113.57"])
    #expect(names(end, "users") == ["-", "dana"])
    #expect(end["bytes"] as? Int == 5363)
    #expect(greatestLatency(end) == 0.187)
  }

  @Test func traefikInJSONHasHosts() throws {
    let end = try report(Self.traefikJSON, "")
    #expect(names(end, "hosts") == ["shop.test"])
    #expect(names(end, "paths") == ["/shop/cart"])
    #expect(names(end, "referrers") == ["https://example.org/shop"])
    #expect(names(end, "agents") == ["okhttp/4.12.0"])
    #expect(end["bytes"] as? Int == 5213)
    #expect(greatestLatency(end) == 0.187)
  }

  /// The event `end` of a report on a log that comes through a pipe.
  private func report(_ text: String, _ options: String) throws -> [String: Any] {
    let folder = try Folder()
    try folder.append(text, to: "log")
    let ended = try Ended.running(
      "cat '\(folder.path("log"))' | \(Built.program) --output ndjson --totals"
        + " --rank path,host,user,referrer,agent,status \(options) -")
    #expect(ended.status == 0, "\(ended.errors)")
    let last = try #require(ended.output.split(separator: "\n").last)
    return try #require(JSONSerialization.jsonObject(with: Data(last.utf8)) as? [String: Any])
  }

  private func names(_ end: [String: Any], _ ranking: String) -> [String] {
    let rows = end[ranking] as? [[String: Any]] ?? []
    return rows.compactMap { $0["name"] as? String }.sorted()
  }

  private func greatestLatency(_ end: [String: Any]) -> Double? {
    (end["latency"] as? [String: Any])?["max"] as? Double
  }
}
