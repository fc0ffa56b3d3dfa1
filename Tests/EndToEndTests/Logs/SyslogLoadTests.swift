import Foundation
import Glibc
import LoopbackKit
import Testing

/// The built program as a listener: its addresses, and more datagrams than usual.
@Suite(.ownThreads, .serialized)
struct SyslogLoadTests {
  private func watcher(_ port: UInt16, _ options: String = "") throws -> Watcher {
    let watcher = try Watcher("--output ndjson \(options) syslog:\(port)")
    try poll("the port is open") { watcher.events("start").isEmpty ? nil : true }
    return watcher
  }

  /// Two seconds of 50,000 datagrams a second, and then as many as fast as they can be sent. Every one is
  /// a hit, or counted as dropped.
  @Test(arguments: [50_000.0, .infinity])
  func everyDatagramIsCountedOrShownAsDropped(rate: Double) throws {
    let port = try freeSyslogPort()
    let watcher = try watcher(port)
    let sent = try Flood(port: port).send(100_000, perSecond: rate)
    try watcher.stop()
    let end = try watcher.end
    let received = try #require(end["received"] as? [[String: Any]])[0]
    let dropped = try ["dropped_by_kernel", "dropped_here"].reduce(0) {
      try $0 + #require(received[$1] as? Int)
    }
    let hits = try #require(end["hits"] as? Int)
    #expect(hits + dropped == sent && hits > 0)
    #expect(end["lines"] as? Int == hits && received["messages"] as? Int == hits)
    #expect(dropped == 0 || watcher.errors.contains("dropped"))
  }

  /// Nobody but this machine can reach the default.
  @Test func onlyTheLoopbackAddressesAreListenedTo() throws {
    let port = try freeSyslogPort()
    let watcher = try watcher(port)
    for table in ["tcp", "tcp6", "udp", "udp6"] {
      let sockets = try String(contentsOfFile: "/proc/net/\(table)", encoding: .utf8)
      let ending = ":" + String(port, radix: 16, uppercase: true)
      for line in sockets.split(separator: "\n").dropFirst() {
        let local = line.split(separator: " ")[1]
        guard local.hasSuffix(ending) else { continue }
        let isLoopback =
          local.hasPrefix("0100007F:")
          || local.hasPrefix("00000000000000000000000001000000:")
        #expect(isLoopback, "\(table): \(local)")
      }
    }
    // The port is taken now.
    let second = try Ended.running("\(Built.program) syslog:\(port)")
    #expect(second.status == 1)
    #expect(second.errors == "lm2000: syslog:\(port): Address already in use\n")
    let open = try Ended.running("\(Built.program) syslog:0.0.0.0:\(port)")
    #expect(open.status == 2 && open.errors.contains("--listen-any"))
    try watcher.stop()
    #expect(try watcher.end["lines"] as? Int == 0)
  }

  /// The port is below the first that everybody may use.
  @Test func aPortThatNeedsPrivilegesIsAnError() throws {
    let least = "/proc/sys/net/ipv4/ip_unprivileged_port_start"
    let first = try String(contentsOfFile: least, encoding: .utf8).split(separator: "\n")[0]
    guard getuid() == 0, Int(first).map({ $0 > 514 }) ?? false else { return }
    let ended = try Ended.running(
      "setpriv --reuid 65534 --regid 65534 --clear-groups \(Built.program) syslog:514")
    // The folder of the build may be closed to other users.
    guard ended.status != 126, ended.status != 127 else { return }
    #expect(ended.status == 1)
    #expect(ended.errors == "lm2000: syslog:514: Permission denied\n")
  }

  /// A thousand connections that say nothing keep nobody else out.
  @Test func aThousandIdleConnectionsDisplaceEachOther() throws {
    let port = try freeSyslogPort()
    let watcher = try watcher(port)
    let script = """
      import socket, time
      idle = []
      for number in range(1000):
          s = socket.create_connection(("127.0.0.1", \(port)))
          idle.append(s)
          if len(idle) > 400: idle.pop(0).close()
      good = socket.create_connection(("127.0.0.1", \(port)))
      for number in range(20):
          line = time.strftime('10.0.0.1 - - [%d/%b/%Y:%H:%M:%S +0000] "GET /a HTTP/1.1" 200 1', time.gmtime())
          line = line.encode()
          for byte in b"%d %s" % (len(line), line): good.send(bytes([byte]))
      """
    let ended = try Ended.running("python3 -c '\(script.replacing("'", with: #"'"'"'"#))'")
    #expect(ended.status == 0, "\(ended.errors)")
    try watcher.wait(forHits: 20)
    try watcher.stop()
    let received = try #require(try watcher.end["received"] as? [[String: Any]])[0]
    #expect((received["displaced"] as? Int).map { $0 > 0 } ?? false)
    #expect(received["faulty_connections"] as? Int == 0)
  }
}

/// Sends datagrams with lines.
private struct Flood {
  private let descriptor: Int32

  init(port: UInt16) throws {
    descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    var address = loopback(port)
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(connected == 0)
  }

  /// - Returns: the number of datagrams that were sent.
  func send(_ count: Int, perSecond rate: Double) throws -> Int {
    defer { close(descriptor) }
    let time = LogTime.text(Date())
    let line = Array(
      "<190>Nov 25 15:35:27 web1 nginx: 10.0.0.1 - - [\(time)] \"GET /a HTTP/1.1\" 200 6".utf8)
    let start = Date()
    var sent = 0
    for number in 0..<count {
      if number % 500 == 0 {
        let pause = Double(number) / rate - Date().timeIntervalSince(start)
        if pause > 0 { usleep(UInt32(pause * 1e6)) }
      }
      if Glibc.send(descriptor, line, line.count, 0) == line.count { sent += 1 }
    }
    return sent
  }
}
