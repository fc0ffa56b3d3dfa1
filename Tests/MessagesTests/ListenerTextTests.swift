import AccessLog
import Messages
import Testing

/// What people read of a listener.
@Suite struct ListenerTextTests {
  @Test(
    arguments: [
      (
        .lostMessages(byKernel: 12, here: 0),
        "12 datagrams dropped by the kernel, because they came faster than they were read"
      ),
      (
        .lostMessages(byKernel: 1, here: 2),
        "1 datagram dropped by the kernel, 2 messages dropped here: they came faster than they were "
          + "read, or from too many senders"
      ),
      (
        .closedConnection(peer: Name("tcp:192.0.2.7"), .invalidLength, others: 0),
        "closed a connection of tcp:192.0.2.7: a message without a valid length"
      ),
      (
        .closedConnection(peer: Name("tcp:192.0.2.7"), .excessiveLength, others: 2),
        "closed a connection of tcp:192.0.2.7: a message longer than any may be, and 2 others"
      ),
      (
        .closedConnection(peer: Name("tcp:192.0.2.7"), .cutMessage, others: 1),
        "closed a connection of tcp:192.0.2.7: it ended in the middle of a message, and 1 other"
      ),
      (.tooManyPeers, "too many senders: those that have been silent for longest are given up"),
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
}
