import Foundation
import Glibc
import Testing

/// A real web server on a loopback port of its own, which serves a small site in a temporary folder and
/// writes access logs there.
final class SiteServer {
  /// A web server by the name of its program.
  enum Kind: String, Sendable {
    case nginx, apache2, caddy

    /// Whether it is installed, or must be because the environment demands complete checks.
    var isExpected: Bool { WebServer.areExpected([rawValue]) }

    /// The file that holds its process number.
    fileprivate var processFile: String { "\(rawValue).pid" }

    fileprivate func startCommand(_ folder: String) -> String {
      switch self {
      case .nginx: "nginx -p '\(folder)' -e '\(folder)error.log' -c '\(folder)config'"
      case .apache2: "apache2 -f '\(folder)config' -k start"
      case .caddy:
        "caddy start --config '\(folder)config' --adapter caddyfile --pidfile '\(folder)caddy.pid'"
      }
    }
  }

  /// Who may see what is private, with the password `secret`.
  static let users = ["dana", "zoë \"the\" admin"]

  private let kind: Kind
  private let folder: Folder
  private let port: UInt16
  private let backend: SlowBackend

  init(_ kind: Kind) throws {
    self.kind = kind
    folder = try Folder()
    port = try freePort(SOCK_STREAM)
    backend = try SlowBackend()
    try writeSite()
    let configuration = SiteConfiguration(
      folder: folder.path(""), processFile: folder.path(kind.processFile), port: port,
      backend: "127.0.0.1:\(backend.port)", isRoot: getuid() == 0,
      hasIPv6: PlainClient.hasIPv6)
    try folder.append(configuration.text(for: kind), to: "config")
    // Caddy keeps its state in the home folder.
    let started = try Ended.running(
      kind.startCommand(folder.path("")),
      environment: ["TZ": "UTC", "LANG": "C.UTF-8", "HOME": folder.path("")],
      path: "/usr/sbin:/usr/bin:/sbin:/bin")
    try #require(started.status == 0, "\(kind.rawValue): \(started.errors)")
    try PlainClient.waitForServer(on: port)
  }

  deinit {
    let file = folder.path(kind.processFile)
    guard let text = try? String(contentsOfFile: file, encoding: .utf8),
      let process = Int(text.trimmingCharacters(in: .whitespacesAndNewlines))
    else { return }
    _ = try? Ended.running("kill \(process)")
    // The folder is removed after this: its last words have to be written before.
    _ = try? poll("\(kind.rawValue) has ended") { kill(pid_t(process), 0) == 0 ? nil : true }
  }

  private func writeSite() throws {
    for name in ["site/shop", "site/private"] {
      try FileManager.default.createDirectory(
        atPath: folder.path(name), withIntermediateDirectories: true)
    }
    try folder.append("<title>A shop</title>\n", to: "site/index.html")
    try folder.append(String(repeating: "A thing. ", count: 100), to: "site/shop/cart")
    try folder.append("Not for everybody.\n", to: "site/private/page")
    for user in Self.users {
      try folder.append("\(user):\(SiteConfiguration.passwordHash)\n", to: "accounts")
    }
    // Started by root, Apache serves pages as an ordinary user.
    _ = try Ended.running("chmod -R a+rX '\(folder.path(""))'")
  }

  /// Sends requests one after the other.
  ///
  /// - Returns: each request with the answer to it.
  func answers(to requests: [SentRequest]) throws -> [(request: SentRequest, answer: Answer)] {
    try requests.map { ($0, try PlainClient.send($0, to: port)) }
  }

  /// The path of a log once it has a number of lines: servers write a line after the answer.
  func log(_ name: String, lines wanted: Int) throws -> String {
    let path = folder.path(name)
    try poll("\(wanted) lines in \(name)") {
      let bytes = FileManager.default.contents(atPath: path) ?? Data()
      return bytes.count { $0 == UInt8(ascii: "\n") } >= wanted ? true : nil
    }
    return path
  }
}
