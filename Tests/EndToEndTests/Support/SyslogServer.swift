import Foundation
import Glibc
import Testing

/// A real rsyslogd that listens on the loopback address and writes what it receives to files in a folder
/// of its own, one for each usual layout of a line.
final class SyslogServer {
  /// Whether the programs are installed, or must be because the environment demands complete checks.
  static let isExpected = WebServer.areExpected(["nginx", "rsyslogd"])

  /// The layouts by the name of their file. rsyslog defines them.
  static let layouts = [
    "traditional": "RSYSLOG_TraditionalFileFormat", "iso": "RSYSLOG_FileFormat",
    "5424": "RSYSLOG_SyslogProtocol23Format",
  ]

  private let folder: Folder
  private let port: UInt16

  /// Where nginx sends its log.
  var target: String { "syslog:server=127.0.0.1:\(port),tag=nginx" }

  init() throws {
    folder = try Folder()
    port = try freePort(SOCK_DGRAM)
    let actions = Self.layouts.map { name, layout in
      "action(type=\"omfile\" file=\"\(folder.path(name))\" template=\"\(layout)\")"
    }
    try folder.append(
      """
      global(workDirectory="\(folder.path(""))")
      module(load="imudp")
      input(type="imudp" address="127.0.0.1" port="\(port)")
      \(actions.joined(separator: "\n"))

      """, to: "rsyslog.conf")
    let started = try Ended.running(
      "rsyslogd -f '\(folder.path("rsyslog.conf"))' -i '\(folder.path("pid"))'",
      path: "/usr/sbin:/usr/bin:/sbin:/bin")
    try #require(started.status == 0, "rsyslogd: \(started.errors)")
  }

  deinit {
    if let pid = try? String(contentsOfFile: folder.path("pid"), encoding: .utf8) {
      _ = try? Ended.running("kill \(pid)")
    }
  }

  /// The log in a layout.
  func log(_ layout: String) -> String { folder.path(layout) }

  /// Waits until every log has a number of lines.
  func wait(forLines wanted: Int) throws {
    for layout in Self.layouts.keys {
      try poll("\(wanted) lines in \(layout)") {
        let bytes = FileManager.default.contents(atPath: log(layout)) ?? Data()
        return bytes.count { $0 == UInt8(ascii: "\n") } >= wanted ? true : nil
      }
    }
  }
}
