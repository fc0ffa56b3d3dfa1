import Glibc
import LoopbackKit

/// An answer to an HTTP request.
package struct WebAnswer: Sendable {
  package var status: Int
  package var head: String
  package var body: String
}

/// A client that writes bytes to a connection as they are.
package final class WebClient {
  private let descriptor: Int32

  /// - Returns: `nil` if nobody listens on that port of the loopback address. (connect(2))
  package init?(port: UInt16) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = loopback(port)
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if connected != 0 { return nil }
    // A server that never answers must not hold up the test for ever.
    var limit = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(descriptor) }

  /// Sends bytes.
  ///
  /// - Returns: whether the server still takes them. (send(2))
  @discardableResult
  package func send(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
  }

  /// Reads until the server closes the connection; `nil` if that is no answer. (recv(2))
  package func readAnswer() -> WebAnswer? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    let text = String(decoding: bytes, as: UTF8.self)
    guard let match = text.firstMatch(of: /^HTTP\/1\.[01] (\d\d\d)/),
      let end = text.firstRange(of: "\r\n\r\n"), let status = Int(match.output.1)
    else { return nil }
    return WebAnswer(
      status: status, head: String(text[..<end.lowerBound]), body: String(text[end.upperBound...]))
  }

  /// Sends a request without a body on a connection of its own.
  ///
  /// - Parameter version: with 1.0, every server closes the connection and sends no chunks.
  /// - Returns: `nil` if there is no answer.
  package static func request(
    _ method: String = "GET", _ target: String, port: UInt16, version: String = "1.1"
  ) -> WebAnswer? {
    guard let client = WebClient(port: port) else { return nil }
    client.send("\(method) \(target) HTTP/\(version)\r\nHost: localhost:\(port)\r\n\r\n")
    return client.readAnswer()
  }
}
