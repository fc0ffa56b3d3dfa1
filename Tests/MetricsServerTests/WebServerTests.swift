import Foundation
import LoopbackKit
import MetricsServer
import Synchronization
import Testing
import WebClientKit

/// The server with the real library, asked by well-behaved and other clients.
@Suite(.enabled(if: isLibraryExpected, "libmicrohttpd is not installed (libmicrohttpd12)"))
struct WebServerTests {
  private let port: UInt16
  private let server: WebServer

  init() throws {
    let port = try #require(unusedPort())
    let address = try #require(ServerAddress("127.0.0.1:\(port)"))
    self.port = port
    server = try WebServer(
      address, monotonic: monotonic,
      answer: { path in
        path == "/long"
          ? WebPage(text: String(repeating: "x", count: 20_000_000))
          : WebPage(status: path == "/a b" ? 200 : 404, text: "<\(path)>")
      })
  }

  private func ask(_ method: String = "GET", _ target: String) throws -> WebAnswer {
    try #require(WebClient.request(method, target, port: port))
  }

  @Test func answersWithWhatBelongsToThePath() throws {
    let found = try ask("GET", "/a%20b?x=1")
    #expect(found.status == 200 && found.body == "</a b>")
    #expect(found.head.contains("Content-Type: text/plain; charset=utf-8"))
    #expect(try ask("GET", "/x").status == 404)
    let head = try ask("HEAD", "/a%20b")
    #expect(head.status == 200 && head.body.isEmpty && head.head.contains("Content-Length: 6"))
    server.stop()
  }

  @Test func aLongPageArrivesWhole() throws {
    #expect(try ask("GET", "/long").body.utf8.count == 20_000_000)
    server.stop()
  }

  @Test(arguments: ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get", "BREW"])
  func otherMethodsAreRefused(method: String) throws {
    let answer = try ask(method, "/a%20b")
    #expect(answer.status == 405 && answer.head.contains("Allow: GET, HEAD"))
    server.stop()
  }

  @Test func aBodyIsNotRead() throws {
    let client = try #require(WebClient(port: port))
    client.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\nxxx")
    #expect(client.readAnswer()?.status == 405)
    server.stop()
  }

  @Test func aHeadOfMoreThanEightKiBIsRefused() throws {
    let client = try #require(WebClient(port: port))
    client.send(
      "GET /a%20b HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "x", count: 8_192))\r\n\r\n")
    if let answer = client.readAnswer() { #expect(answer.status == 431) }
    #expect(try ask("GET", "/a%20b").status == 200)
    server.stop()
  }

  @Test(arguments: ["\r\n\r\n", "GET\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n", "GET / HTTP/9.9\r\n\r\n"])
  func nonsenseDoesNotHarm(text: String) throws {
    // One more than can be connected at a time.
    for _ in 0..<9 { WebClient(port: port)?.send(text) }
    #expect(try ask("GET", "/a%20b").status == 200)
    server.stop()
  }

  /// Eight clients send a byte every second, which begins the time-out of a usual server anew; another
  /// one reads nothing of a long page. They are ended, and the ninth is answered.
  @Test func slowClientsDoNotHoldUpOthers() throws {
    let reader = try #require(WebClient(port: port))
    reader.send("GET /long HTTP/1.1\r\nHost: x\r\n\r\n")
    let clients = try (0..<8).map { _ in try #require(WebClient(port: port)) }
    for client in clients { client.send("GET /a%20b HTTP/1.1\r\nX: ") }
    let answer = Mutex<(WebAnswer?, isDone: Bool)>((nil, false))
    let target = port
    Thread.detachNewThread {
      let received = WebClient.request("GET", "/a%20b", port: target)
      answer.withLock { $0 = (received, true) }
    }
    let start = monotonic()
    while !answer.withLock({ $0.isDone }), monotonic() - start < 60 {
      for client in clients { client.send("x") }
      usleep(500_000)
    }
    #expect(answer.withLock { $0.0 }?.status == 200)
    print("answered after \(monotonic() - start) s")
    withExtendedLifetime(reader) {}
    server.stop()
  }

  @Test func aPortThatIsTakenIsRefused() throws {
    let address = try #require(ServerAddress("127.0.0.1:\(port)"))
    #expect(throws: ListenFailure("Address already in use")) {
      try WebServer(address, monotonic: monotonic, answer: { WebPage(text: $0) })
    }
    server.stop()
    #expect(WebClient(port: port) == nil)
    let other = try WebServer(address, monotonic: monotonic, answer: { WebPage(text: $0) })
    #expect(try ask("GET", "/y").body == "/y")
    other.stop()
    other.stop()
  }

  @Test func listensOnVersion6() throws {
    let address = try #require(ServerAddress("[::1]:\(port)"))
    do throws(ListenFailure) {
      try WebServer(address, monotonic: monotonic, answer: { WebPage(text: $0) }).stop()
    } catch {
      #expect(error == ListenFailure("Cannot assign requested address"))
    }
    server.stop()
  }
}

/// Whether the library is installed, or must be because the environment demands complete checks.
private let isLibraryExpected =
  WebServer.isAvailable || ProcessInfo.processInfo.environment["LM2000_WITH_SERVERS"] != nil

@Sendable private func monotonic() -> Double { ProcessInfo.processInfo.systemUptime }
