import Foundation
import Testing

/// The built program receives what real servers send, configured as in the manual.
@Suite(.ownThreads, .serialized)
struct SyslogSourceTests {
  /// The program, which listens on a port.
  private struct Receiver {
    let port: UInt16
    let watcher: Watcher

    init() throws {
      let port = try freeSyslogPort()
      let watcher = try Watcher("--output ndjson --rank source syslog:\(port)")
      try poll("the port is open") { watcher.events("start").isEmpty ? nil : true }
      (self.port, self.watcher) = (port, watcher)
    }
  }

  /// Ends the program and checks that it counted some lines, all of them hits, from one peer.
  private func expectEnd(_ watcher: Watcher, hits: Int, peers: Int = 1) throws {
    try watcher.wait(forHits: hits)
    try watcher.stop()
    #expect(try watcher.end["hits"] as? Int == hits)
    #expect(try watcher.end["lines"] as? Int == hits)
    let received = try #require(try watcher.end["received"] as? [[String: Any]]).first
    #expect(received?["messages"] as? Int == hits && received?["peers"] as? Int == peers)
    #expect(received?["dropped_by_kernel"] as? Int == 0)
  }

  @Test(.enabled(if: WebServer.areExpected(["nginx"])))
  func everyRequestThatNginxAnsweredIsAHit() throws {
    let receiver = try Receiver()
    let (port, watcher) = (receiver.port, receiver.watcher)
    let line = try SyslogSender.manual("nginx.conf").replacing("5514", with: "\(port)")
    let target = try #require(line.firstMatch(of: /access_log (\S+) combined;/)).output.1
    let server = try WebServer(logTo: String(target))
    let loads = (0..<4).map { server.load(500, path: "/part\($0)/x") }
    var answered = 0
    for load in loads { answered += try load.answered }
    #expect(answered == 2000)
    try expectEnd(watcher, hits: answered)
    let sections = watcher.sum("sections")
    #expect(sections.count == 4 && sections.values.allSatisfy { $0 == 500 })
    #expect(watcher.sum("clients") == ["127.0.0.1": answered])
  }

  @Test(.enabled(if: WebServer.areExpected(["nginx", "haproxy"])))
  func everyRequestThatHAProxyAnsweredIsAHit() throws {
    let receiver = try Receiver()
    let (port, watcher) = (receiver.port, receiver.watcher)
    let backend = try WebServer()
    let frontend = try freePort(SOCK_STREAM)
    let proxy = try SyslogSender(
      .haproxy, to: port,
      more: """
        frontend web
          bind 127.0.0.1:\(frontend)
          default_backend servers
        backend servers
          server one 127.0.0.1:\(backend.port)

        """)
    let answered = try Load(1000, port: frontend, path: "/through/proxy").answered
    #expect(answered == 1000)
    try expectEnd(watcher, hits: answered)
    #expect(watcher.sum("sections") == ["/through": answered])
    withExtendedLifetime(proxy) {}
  }

  /// By UDP, by lines and by octet counts, with the formats that the daemons use.
  static let rsyslogVariants: [[(String, String)]] = [
    [],
    [("octet-counted", "traditional")],
    [
      ("octet-counted", "traditional"),
      ("RSYSLOG_SyslogProtocol23Format", "RSYSLOG_ForwardFormat"),
    ],
    [(#"protocol="tcp" TCP_Framing="octet-counted""#, #"protocol="udp""#)],
    [
      (#"protocol="tcp" TCP_Framing="octet-counted""#, #"protocol="udp""#),
      ("RSYSLOG_SyslogProtocol23Format", "RSYSLOG_TraditionalForwardFormat"),
    ],
  ]

  @Test(.enabled(if: SyslogSender.Program.rsyslog.isExpected))
  func everyLineThatRsyslogForwardsIsAHit() throws {
    try expectAllLines(of: .rsyslog, Self.rsyslogVariants)
  }

  static let syslogNGVariants: [[(String, String)]] = [
    [], [(#"transport("tcp")"#, #"transport("udp")"#)],
    [(#"syslog("127.0.0.1""#, #"network("127.0.0.1""#)],
    [
      (#"syslog("127.0.0.1""#, #"network("127.0.0.1""#),
      (#"transport("tcp")"#, #"transport("udp")"#),
    ],
  ]

  @Test(.enabled(if: SyslogSender.Program.syslogNG.isExpected))
  func everyLineThatSyslogNGForwardsIsAHit() throws {
    try expectAllLines(of: .syslogNG, Self.syslogNGVariants)
  }

  /// Lets a daemon in each variant send the lines of a log that is written as a server writes it, a few
  /// lines at a time.
  private func expectAllLines(
    of program: SyslogSender.Program, _ variants: [[(String, String)]]
  ) throws {
    let pairs = try variants.map { changes in
      let receiver = try Receiver()
      return (receiver, try SyslogSender(program, to: receiver.port, changes))
    }
    for first in stride(from: 0, to: 2000, by: 100) {
      for (_, sender) in pairs {
        try sender.folder.append(FollowedLog.lines(first..<first + 100), to: "access.log")
      }
      usleep(5000)
    }
    for (receiver, _) in pairs {
      try expectEnd(receiver.watcher, hits: 2000)
      #expect(receiver.watcher.sum("sections") == ["/a": 2000])
    }
  }
}
