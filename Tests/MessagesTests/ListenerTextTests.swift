import AccessLog
import Messages
import Testing

/// What people read of a listener.
@Suite struct ListenerTextTests {
  @Test(
    arguments: [
      (
        .lostMessages(byKernel: 12, here: 0),
        "12 datagrams dropped by the kernel: sent too fast"
      ),
      (
        .lostMessages(byKernel: 1, here: 2),
        "1 datagram dropped by the kernel, 2 messages dropped here: sent too fast, or by too many"
      ),
      (
        .closedConnection(peer: Name("tcp:192.0.2.7"), .invalidLength, others: 0),
        "closed a connection of tcp:192.0.2.7: a message without a valid length"
      ),
      (
        .closedConnection(peer: Name("tcp:192.0.2.7"), .excessiveLength, others: 2),
        "closed a connection of tcp:192.0.2.7: announced a message of more than 1 MiB, and 2 others"
      ),
      (
        .closedConnection(peer: Name("tcp:192.0.2.7"), .cutMessage, others: 1),
        "closed a connection of tcp:192.0.2.7: it ended in the middle of a message, and 1 other"
      ),
      (.tooManyPeers, "too many senders: those that have been silent for longest are given up"),
      (.namedTwice, "is named more than once, and listens once"),
      (
        .openToOthers,
        "listens to other machines too: whoever can reach it can send lines, and forge them"
      ),
    ] as [(InputNotice, String)])
  func everyNoticeIsASentence(notice: InputNotice, text: String) {
    #expect(Notice.input(notice).text.text == text)
  }

  @Test func whatWasReceivedIsSummedUp() {
    var figures = ListenerFigures()
    #expect(figures.text() == "0 peers, 0 messages")
    figures.peers = 1
    figures.messages = 1234
    #expect(figures.text() == "1 peer, 1234 messages")
    (figures.droppedByKernel, figures.droppedHere) = (2, 1)
    (figures.faultyConnections, figures.displaced) = (1, 3)
    #expect(
      figures.text()
        == "1 peer, 1234 messages, 2 datagrams dropped by the kernel, 1 message dropped here, "
        + "1 faulty connection closed, 3 silent senders given up")
    var summary = SourceSummary(path: Name("syslog:5514"), format: nil)
    summary.listener = figures
    #expect(summary.text() == figures.text())
    #expect((figures + figures).lost == 6)
  }

  /// A thousand peers are no list to read.
  @Test func aListOfSourcesNamesTheFirstPeers() {
    func sources(_ peers: Int) -> [SourceSummary] {
      var sources = [SourceSummary(path: Name("syslog:5514"), format: nil)]
      for number in 0..<peers {
        var peer = SourceSummary(path: Name("udp:\(number)"), format: nil)
        peer.isPeer = true
        sources.append(peer)
      }
      return sources
    }
    #expect(sources(20).listed.places == Array(0...20))
    #expect(sources(20).listed.more == nil)
    #expect(sources(1000).listed.places == Array(0...20))
    #expect(sources(1000).listed.more?.text == "… and 980 more")
    #expect(Notice.unmatchedPeers(12).text == "12 peers: no line matches a format")
  }
}
