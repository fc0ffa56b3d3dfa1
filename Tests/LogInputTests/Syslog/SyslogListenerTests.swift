import AccessLog
import Glibc
import LogInput
import Testing

/// A listener with senders on the loopback address.
@Suite struct SyslogListenerTests {
  @Test func eachMachineIsASourceWhateverItsPorts() throws {
    let listening = try Listening()
    for host in ["127.0.0.1", "127.0.0.2", "127.0.0.1"] {
      try listening.send("from \(host)", from: host)
    }
    let connections = try ["127.0.0.2", "127.0.0.2"].map {
      try TestSocket(.tcp, from: $0, to: listening.port)
    }
    for connection in connections { try connection.send("by TCP\n") }
    try listening.receive(messages: 5)
    #expect(
      listening.text == [
        "udp:127.0.0.1": "from 127.0.0.1\nfrom 127.0.0.1\n", "udp:127.0.0.2": "from 127.0.0.2\n",
        "tcp:127.0.0.2": "by TCP\nby TCP\n",
      ])
    #expect(listening.listener.figures.peers == 3)
    #expect(listening.peers.map(\.label).contains(Name("127.0.0.2")))
  }

  @Test func theLoopbackAddressOfIPv6IsListenedToAsWell() throws {
    let listening = try Listening()
    guard let socket = try? TestSocket(.udp, from: "::1", to: listening.port) else {
      return  // This machine has no IPv6.
    }
    try socket.send("six")
    try listening.receive(messages: 1)
    #expect(listening.text == ["udp:::1": "six\n"])
  }

  /// Every datagram is a line, whatever it holds.
  @Test func everyDatagramIsOneLine() throws {
    let listening = try Listening()
    let long = String(repeating: "x", count: 65_507)
    let sent = ["", "<999>a", "<>", "no priority", "a\0", "\0\0a\n\0", "a\nb", "\n", "a\0b", long]
    for datagram in sent { try listening.send(datagram) }
    try listening.receive(messages: sent.count)
    #expect(
      listening.text == [
        "udp:127.0.0.1": "\n<999>a\n<>\nno priority\na\na\na b\n\na\0b\n\(long)\n"
      ])
    #expect(listening.listener.figures.lost == 0)
  }

  /// What is left at the end was not passed on.
  @Test func whatIsLeftAtTheEndIsCounted() throws {
    let listening = try Listening()
    for number in 0..<3 { try listening.send("message \(number)") }
    try listening.receive(messages: 3)
    let peer = try #require(listening.peers.first)
    #expect(peer.hasUnread)
    var byte: UInt8 = 0
    let read = try withUnsafeMutableBytes(of: &byte) { try peer.read(into: $0) }
    #expect(read == .bytes(1))
    listening.listener.dropUnread(of: peer)
    #expect(!peer.hasUnread)
    #expect(listening.listener.figures.messages == 0)
    #expect(listening.listener.figures.droppedHere == 3)
  }

  /// What comes too fast is counted, by the kernel or here.
  @Test func whatIsNotReadIsCounted() throws {
    var limits = SyslogLimits()
    limits.receiveBuffer = 4096
    limits.waitingBytes = 1000
    let listening = try Listening(limits)
    let socket = try TestSocket(.udp, from: "127.0.0.1", to: listening.port)
    for number in 0..<5000 {
      try socket.send("message \(number)")
      if number % 500 == 0 { listening.receive() }
    }
    listening.receive()
    var figures = listening.listener.figures
    #expect(figures.messages + figures.lost == 5000)
    #expect(figures.droppedByKernel > 0 && figures.droppedHere > 0 && figures.messages > 0)
    // Later drops are counted from there on.
    for number in 0..<5000 { try socket.send("message \(number)") }
    listening.receive()
    figures = listening.listener.figures
    #expect(figures.messages + figures.lost == 10_000)
    let notices = listening.listener.drainNotices()
    guard case .input(.lostMessages) = notices.first, notices.count == 1 else {
      Issue.record("one notice, not \(notices)")
      return
    }
    listening.clock.now += 10
    listening.receive()
    #expect(listening.listener.drainNotices().count == 1)
  }

  /// The machine that has been silent for longest makes room for another one.
  @Test func theLongestIdlePeerIsGivenUp() throws {
    var limits = SyslogLimits()
    limits.udpPeers = 3
    limits.endingPeers = 2
    let listening = try Listening(limits)
    for host in [1, 2, 3, 1, 4, 2, 5] {
      listening.clock.now += 1
      try listening.send("a", from: "127.0.0.\(host)")
      listening.receive()
    }
    // 2 made room for 4, and 3 for 2. There is no room for 5 before these have left the figures.
    #expect(listening.listener.figures.displaced == 2)
    #expect(listening.listener.figures.droppedHere == 1)
    #expect(listening.listener.figures.peers == 3)
    let ended = try listening.peers.map { try listening.ends($0) }
    #expect(ended == [false, true, true, false, false])
    listening.listener.peerWasRemoved()
    try listening.send("a", from: "127.0.0.5")
    try listening.receive(messages: 7)
    #expect(listening.listener.figures.displaced == 3)
  }
}
