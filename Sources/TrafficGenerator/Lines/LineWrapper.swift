/// A program that puts something around each line of a log that passes through it.
package enum LineWrapper: String, CaseIterable, Sendable {
  /// A file of syslog with the traditional stamp (RFC 3164): `Mar 14 09:26:53 web1 nginx: `.
  case syslog
  /// The same with an ISO 8601 stamp: `2026-03-14T09:26:53.482913+00:00 web1 nginx: `.
  case syslogISO = "syslog-iso"
  /// Syslog as in RFC 5424: `<190>1 2026-03-14T09:26:53.482913+00:00 web1 nginx - - - `.
  case syslog5424 = "syslog-5424"
  /// `journalctl --output json`: the line is the member `MESSAGE`.
  case journal
  /// Docker's json-file: the line is the member `log`.
  case docker
  /// Kubernetes' container runtime: `2026-03-14T09:26:53.482913417Z stdout F `.
  case cri
  /// `docker compose logs`: `nginx-1  | `.
  case compose
  /// `docker service logs`: `shop_nginx.1.q7r2m9@node1    | `.
  case swarm
  /// `kubectl logs --prefix`: `[pod/nginx-5c9d7/nginx] `.
  case kubectl
  /// `stern`: `nginx-5c9d7 nginx `.
  case stern
  /// A colour before the line, and its end after it.
  case colors
}

/// One of the servers whose lines a simulated log holds, by the names that wrappers give it.
struct WrappedServer: Sendable {
  var host: [UInt8]
  /// Its name in `docker compose`.
  var container: [UInt8]
  /// Its name in `docker service`, with the node it runs on.
  var task: [UInt8]
  var pod: [UInt8]
  /// The code of its colour (ECMA-48, SGR).
  var color: [UInt8]

  static let all = [
    WrappedServer(1, task: "q7r2m9", pod: "nginx-5c9d7-x2k8p", color: "36"),
    WrappedServer(2, task: "w4t8b1", pod: "nginx-5c9d7-m6v4h", color: "33"),
    WrappedServer(3, task: "z3k5n6", pod: "nginx-5c9d7-b9t7q", color: "38;5;208"),
  ]

  private init(_ number: Int, task: String, pod: String, color: String) {
    host = Array("web\(number)".utf8)
    container = Array("nginx-\(number)".utf8)
    self.task = Array("shop_nginx.\(number).\(task)@node\(number)".utf8)
    self.pod = Array(pod.utf8)
    self.color = Array(color.utf8)
  }
}
