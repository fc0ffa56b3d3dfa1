import Foundation
import Glibc
import LoopbackKit
import Testing

/// A server behind the server under test. It answers a request only after a delay, so that the time to
/// answer cannot be shorter.
final class SlowBackend {
  /// In seconds.
  static let delay = 0.5

  let port: UInt16
  private let listener: Int32

  init() throws {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = loopback(0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    let listens = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && getsockname(listener, $0, &length) == 0
      }
    }
    try #require(listens && listen(listener, 8) == 0)
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread {
      while true {
        let connection = accept(listener, nil, nil)
        if connection < 0, errno == EINTR { continue }
        guard connection >= 0 else { return }
        Self.answer(connection)
        close(connection)
      }
    }
  }

  /// Ends the thread. (shutdown(2) wakes accept(2).)
  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  private static func answer(_ connection: Int32) {
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !received.suffix(4).elementsEqual("\r\n\r\n".utf8) {
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { return }
      received += buffer[..<count]
    }
    Thread.sleep(forTimeInterval: delay)
    let answer = Array("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nslow".utf8)
    _ = send(connection, answer, answer.count, Int32(MSG_NOSIGNAL))
  }
}
