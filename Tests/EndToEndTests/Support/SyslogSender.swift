import Foundation
import Glibc
import LoopbackKit
import Testing

/// A real server that sends its log by syslog, configured as in the manual, in a folder of its own.
final class SyslogSender {
  /// The programs, by the file that configures them in the manual.
  enum Program: String {
    case rsyslog = "rsyslog.conf"
    case syslogNG = "syslog-ng.conf"
    case haproxy = "haproxy.cfg"

    var name: String {
      switch self {
      case .rsyslog: "rsyslogd"
      case .syslogNG: "syslog-ng"
      case .haproxy: "haproxy"
      }
    }

    var isExpected: Bool {
      WebServer.areExpected([name]) || self == .syslogNG && SyslogSender.unpacked != nil
    }
  }

  /// The folder into which Debian's package of syslog-ng was unpacked: it cannot be installed beside
  /// that of rsyslog.
  fileprivate static let unpacked = ProcessInfo.processInfo.environment["LM2000_SYSLOG_NG"]

  let folder: Folder
  /// The log that is sent.
  var log: String { folder.path("access.log") }

  /// - Parameters:
  ///   - port: where the messages are to go.
  ///   - changes: what is written otherwise than in the manual.
  ///   - more: what follows the configuration of the manual.
  init(
    _ program: Program, to port: UInt16, _ changes: [(String, String)] = [], more: String = ""
  ) throws {
    folder = try Folder()
    try folder.append("", to: "access.log")
    var text = try Self.manual(program.rawValue)
      .replacing("/var/log/nginx/access.log", with: folder.path("access.log"))
      .replacing("5514", with: "\(port)")
    for (old, new) in changes {
      try #require(text.contains(old), "\(old) is not in the manual")
      text = text.replacing(old, with: new)
    }
    let pid = folder.path("pid")
    let configuration = folder.path("configuration")
    let command: String
    switch program {
    case .rsyslog:
      text = "global(workDirectory=\"\(folder.path(""))\")\n" + text
      command = "rsyslogd -f '\(configuration)' -i '\(pid)'"
    case .syslogNG:
      text = "@version: 3.35\n" + text
      let state = folder.path("state")
      command =
        Self.syslogNG + " --no-caps -f '\(configuration)' -p '\(pid)' -R '\(state).persist' "
        + "-c '\(state).ctl'"
    case .haproxy:
      command = "haproxy -D -f '\(configuration)' -p '\(pid)'"
    }
    try folder.append(text + more, to: "configuration")
    let started = try Ended.running(command, path: "/usr/sbin:/usr/bin:/sbin:/bin")
    try #require(started.status == 0, "\(program.name): \(started.errors)")
  }

  deinit {
    if let pid = try? String(contentsOfFile: folder.path("pid"), encoding: .utf8) {
      _ = try? Ended.running("kill \(pid)")
    }
  }

  private static var syslogNG: String {
    guard let unpacked else { return "syslog-ng" }
    let libraries = "\(unpacked)/usr/lib/syslog-ng"
    return "LD_LIBRARY_PATH='\(libraries)' '\(unpacked)/usr/sbin/syslog-ng' "
      + "--module-path=\"$(echo '\(libraries)'/*.*/)\""
  }

  /// The block of the manual that begins with the name of a file.
  static func manual(_ file: String) throws -> String {
    let manual = try String(contentsOfFile: Built.root + "README.md", encoding: .utf8)
    let page = try #require(manual.range(of: "### Logs over syslog"))
    let start = try #require(
      manual.range(of: "# \(file)", range: page.upperBound..<manual.endIndex))
    let end = try #require(manual.range(of: "```", range: start.upperBound..<manual.endIndex))
    return String(manual[start.lowerBound..<end.lowerBound])
  }
}

/// A port that nobody listens on, neither by UDP nor by TCP.
func freeSyslogPort() throws -> UInt16 {
  for _ in 0..<100 {
    let port = try freePort(SOCK_DGRAM)
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = loopback(port)
    let isFree = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    if isFree { return port }
  }
  throw CancellationError()
}
