import Foundation
import Glibc
import LoopbackKit
import Synchronization
import Testing

/// A real nginx on the loopback address with an access log in a folder of its own, and the real
/// logrotate.
final class WebServer {
  /// Whether the programs are installed, or must be because the environment demands complete checks.
  static let isExpected = areExpected(["nginx", "logrotate"])

  /// Whether all of some programs are installed, or must be.
  static func areExpected(_ programs: [String]) -> Bool {
    ProcessInfo.processInfo.environment["LM2000_WITH_SERVERS"] != nil
      || programs.allSatisfy { name in
        ["/usr/sbin/", "/usr/bin/"].contains {
          FileManager.default.isExecutableFile(atPath: $0 + name)
        }
      }
  }

  /// The number of rotated logs that are kept.
  static let kept = 20

  let folder: Folder
  let port: UInt16
  var log: String { folder.path("access.log") }

  /// - Parameter target: where the log is written besides its file.
  init(logTo target: String? = nil) throws {
    folder = try Folder()
    port = try freePort(SOCK_STREAM)
    let other = target.map { "access_log \($0) combined;" } ?? ""
    // Started by root, the workers would otherwise write as an ordinary user.
    let user = getuid() == 0 ? "user root;" : ""
    try folder.append(
      """
      \(user)
      pid \(folder.path("nginx.pid"));
      error_log \(folder.path("error.log"));
      worker_processes 2;
      events { worker_connections 64; }
      http {
        access_log \(folder.path("access.log")) combined;
        \(other)
        keepalive_requests 1000000;
        server { listen 127.0.0.1:\(port); location / { return 200 "ok"; } }
      }
      """, to: "nginx.conf")
    let started = try Ended.running(
      "nginx -p '\(folder.path(""))' -e '\(folder.path("error.log"))' -c '\(folder.path("nginx.conf"))'",
      path: "/usr/sbin:/usr/bin:/sbin:/bin")
    try #require(started.status == 0, "nginx: \(started.errors)")
  }

  deinit {
    if let pid = try? String(contentsOfFile: folder.path("nginx.pid"), encoding: .utf8) {
      _ = try? Ended.running("kill \(pid)")
    }
  }

  /// Rotates the log as a recipe in `/etc/logrotate.d` does.
  ///
  /// - Parameter recipe: `create`, after which the server reopens its log, or
  ///   `copytruncate`.
  func rotate(_ recipe: String) throws {
    let reopen =
      "postrotate\nkill -USR1 $(cat '\(folder.path("nginx.pid"))')\nendscript"
    let name = "rotate-\(recipe).conf"
    if !FileManager.default.fileExists(atPath: folder.path(name)) {
      try folder.append(
        "\"\(log)\" {\n rotate \(Self.kept)\n nocompress\n \(recipe)\n \(recipe == "create" ? reopen : "")\n}\n",
        to: name)
      _ = try Ended.running("chmod 600 '\(folder.path(name))'")
    }
    let ended = try Ended.running(
      "logrotate -f -s '\(folder.path("state"))' '\(folder.path(name))'",
      path: "/usr/sbin:/usr/bin:/sbin:/bin")
    try #require(ended.status == 0, "logrotate: \(ended.errors)")
  }

  /// Requests a page repeatedly in the background.
  func load(_ requests: Int, path: String) -> Load {
    Load(requests, port: port, path: path)
  }
}

/// A client that requests a page repeatedly on a thread of its own.
final class Load: Sendable {
  private let finished = DispatchSemaphore(value: 0)
  private let result = Mutex<Result<Int, any Error>>(.success(0))

  /// - Parameter host: the name by which the server is called.
  init(_ requests: Int, port: UInt16, host: String = "localhost", path: String) {
    Thread.detachNewThread { [self] in
      let answers = Result {
        let connection = try Connection(port: port)
        var answers = 0
        for _ in 0..<requests where try connection.get(path, host: host) { answers += 1 }
        return answers
      }
      result.withLock { $0 = answers }
      finished.signal()
    }
  }

  /// The number of answered requests. Waits until all have been made.
  var answered: Int {
    get throws {
      finished.wait()
      defer { finished.signal() }
      return try result.withLock { try $0.get() }
    }
  }
}

/// A connection that is kept alive between requests.
private final class Connection {
  private let descriptor: Int32

  init(port: UInt16) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = loopback(port)
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(connected == 0, "no server on port \(port)")
  }

  deinit { close(descriptor) }

  /// Requests a page.
  ///
  /// - Returns: whether the server returned it.
  func get(_ path: String, host: String) throws -> Bool {
    let request = "GET \(path) HTTP/1.1\r\nHost: \(host)\r\n\r\n"
    let sent = request.utf8CString.withUnsafeBytes {
      send(descriptor, $0.baseAddress, $0.count - 1, Int32(MSG_NOSIGNAL))
    }
    try #require(sent == request.utf8.count)
    // The answer ends with the two bytes of the page.
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !answer.suffix(6).elementsEqual("\r\n\r\nok".utf8) {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      try #require(count > 0, "the server hung up")
      answer += buffer[..<count]
    }
    return answer.starts(with: "HTTP/1.1 200 ".utf8)
  }
}

/// A port of TCP (`SOCK_STREAM`) or UDP (`SOCK_DGRAM`) that nobody listens on.
func freePort(_ type: __socket_type) throws -> UInt16 { try #require(unusedPort(type)) }
