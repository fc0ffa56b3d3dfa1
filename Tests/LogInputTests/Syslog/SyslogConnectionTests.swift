import AccessLog
import Glibc
import LogInput
import Testing

/// Connections of which some do not behave.
@Suite struct SyslogConnectionTests {
  @Test(arguments: ["999999999999 x", "-1 x"])
  func aConnectionWithAnInvalidLengthIsClosedAndOthersAreServed(sent: String) throws {
    let listening = try Listening()
    let good = try TestSocket(.tcp, from: "127.0.0.2", to: listening.port)
    let bad = try TestSocket(.tcp, from: "127.0.0.1", to: listening.port)
    try good.send("5 hello")
    try bad.send(sent)
    try listening.receive(until: { listening.listener.figures.faultyConnections == 1 })
    try good.send("3 you")
    try listening.receive(messages: 2)
    #expect(listening.text["tcp:127.0.0.2"] == "hello\nyou\n")
    #expect(bad.isClosedByPeer())
    guard
      case .input(.closedConnection(Name("tcp:127.0.0.1"), _, others: 0)) =
        listening.listener.drainNotices().first
    else {
      Issue.record("no notice")
      return
    }
  }

  @Test func anUnfinishedLineCountsWhereTheSenderClosesInOrder() throws {
    let listening = try Listening()
    do {
      let socket = try TestSocket(.tcp, from: "127.0.0.1", to: listening.port)
      try socket.send("<190>one\n<190>two")
    }
    try listening.receive(messages: 2)
    #expect(listening.text == ["tcp:127.0.0.1": "<190>one\n<190>two\n"])
    #expect(listening.listener.figures.faultyConnections == 0)
  }

  @Test func aSilentConnectionIsClosedAfterAMinute() throws {
    let listening = try Listening()
    let silent = try TestSocket(.tcp, from: "127.0.0.1", to: listening.port)
    let slow = try TestSocket(.tcp, from: "127.0.0.2", to: listening.port)
    try silent.send("<190>one\n")
    try slow.send("<")
    try listening.receive(messages: 1)
    for byte in "190>tw" {
      listening.clock.now += 30
      try slow.send(String(byte))
      try listening.receive(until: { listening.lastReceiveBroughtSomething })
    }
    #expect(silent.isClosedByPeer())
    try slow.send("o\n")
    try listening.receive(messages: 2)
    #expect(listening.text["tcp:127.0.0.2"] == "<190>two\n")
    // It was silent between two messages, which is no fault.
    #expect(listening.listener.figures.faultyConnections == 0)
  }

  @Test func connectionsBeyondTheLimitDisplaceTheLongestIdle() throws {
    var limits = SyslogLimits()
    limits.connections = 8
    let listening = try Listening(limits)
    let served = try TestSocket(.tcp, from: "127.0.0.2", to: listening.port)
    try served.send("<190>one\n")
    try listening.receive(messages: 1)
    var idle: [TestSocket] = []
    for number in 0..<100 {
      listening.clock.now += 0.01
      idle.append(try TestSocket(.tcp, from: "127.0.0.1", to: listening.port))
      try served.send("<190>\(number)\n")
      try listening.receive(messages: number + 2)
    }
    try listening.receive(until: { listening.listener.figures.displaced >= 93 })
    #expect(idle[0].isClosedByPeer())
    #expect(listening.listener.figures.displaced == 93)
    #expect(listening.text["tcp:127.0.0.2"]?.count { $0 == "\n" } == 101)
    let notices = listening.listener.drainNotices()
    #expect(notices == [.input(.tooManyPeers)])
  }

  /// A sender that is faster than the reader waits; nothing is lost.
  @Test func aConnectionThatIsNotReadWaits() throws {
    var limits = SyslogLimits()
    limits.waitingBytes = 10_000
    let listening = try Listening(limits)
    let socket = try TestSocket(.tcp, from: "127.0.0.1", to: listening.port)
    let line = String(repeating: "y", count: 999) + "\n"
    for _ in 0..<400 { try socket.send(line) }
    try listening.receive(until: { listening.listener.figures.messages >= 10 })
    for _ in 0..<10 { listening.receive() }
    #expect(listening.listener.figures.messages < 400)
    var bytes = 0
    try listening.receive(until: {
      bytes += listening.text["tcp:127.0.0.1"]?.utf8.count ?? 0
      return bytes == 400_000
    })
    #expect(listening.listener.figures.messages == 400 && listening.listener.figures.lost == 0)
  }

  /// Another program listens there.
  @Test func aPortThatIsTakenIsAnError() throws {
    let listening = try Listening()
    #expect(throws: InputFailure.system(code: EADDRINUSE)) { try Listening(port: listening.port) }
  }
}
