import Foundation
import Glibc
import Testing

/// A real nginx with several virtual hosts, each with an access log of its own, and the real logrotate.
final class VirtualHosts {
  /// What logrotate does with the rotated logs.
  enum Recipe: String, CaseIterable, Sendable {
    case plain = "nocompress"
    case compressed = "compress"
    case compressedLater = "compress\n delaycompress"
  }

  let folder: Folder
  let hosts: [String]
  private let port: UInt16
  private let recipe: Recipe

  init(_ hosts: [String], _ recipe: Recipe) throws {
    folder = try Folder()
    (self.hosts, self.recipe) = (hosts, recipe)
    port = try freePort(SOCK_STREAM)
    // Started by root, the workers would otherwise write as an ordinary user.
    let user = getuid() == 0 ? "user root;" : ""
    let servers = hosts.map { host in
      """
      server {
        listen 127.0.0.1:\(port); server_name \(host);
        access_log \(folder.path(host + ".log")) combined;
        location / { return 200 "ok"; }
      }
      """
    }.joined(separator: "\n")
    try folder.append(
      """
      \(user)
      pid \(folder.path("nginx.pid"));
      error_log \(folder.path("error.log"));
      worker_processes 2;
      events { worker_connections 64; }
      http { keepalive_requests 1000000; access_log off; \(servers) }
      """, to: "nginx.conf")
    let started = try run(
      "nginx -p '\(folder.path(""))' -e '\(folder.path("error.log"))' -c nginx.conf")
    try #require(started.status == 0, "nginx: \(started.errors)")
    try writeRecipe()
  }

  deinit {
    if let pid = try? String(contentsOfFile: folder.path("nginx.pid"), encoding: .utf8) {
      _ = try? Ended.running("kill \(pid)")
    }
  }

  private func run(_ command: String) throws -> Ended {
    try Ended.running(
      "cd '\(folder.path(""))' && " + command, path: "/usr/sbin:/usr/bin:/sbin:/bin")
  }

  var logs: [String] { hosts.map { folder.path($0 + ".log") } }

  private func writeRecipe() throws {
    let names = logs.map { "\"\($0)\"" }.joined(separator: " ")
    try folder.append(
      """
      \(names) {
       rotate 1000
       create
       \(recipe.rawValue)
       sharedscripts
       postrotate
       kill -USR1 $(cat '\(folder.path("nginx.pid"))')
       endscript
      }

      """, to: "rotate.conf")
    _ = try run("chmod 600 rotate.conf")
  }

  /// Rotates all logs, as a recipe in `/etc/logrotate.d` does.
  func rotate() throws {
    let ended = try run("logrotate -f -s '\(folder.path("state"))' rotate.conf")
    try #require(ended.status == 0, "logrotate: \(ended.errors)")
  }

  /// The number of rotated logs of all hosts.
  ///
  /// - Parameter compressed: whether only the compressed ones count.
  func rotatedLogs(compressed: Bool) throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: folder.path("")).count {
      $0.contains(".log.") && (!compressed || $0.hasSuffix(".gz"))
    }
  }

  /// Requests a page of a host repeatedly in the background. The section of the page is the host.
  func load(_ host: String, requests: Int) -> Load {
    Load(requests, port: port, host: host, path: "/\(host)/page")
  }
}
