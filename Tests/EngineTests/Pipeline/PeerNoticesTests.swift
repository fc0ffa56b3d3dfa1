import AccessLog
import Testing

@testable import Engine

/// How often it is reported that no line of a peer matches a format.
@Suite struct PeerNoticesTests {
  private func notice(_ peer: Int) -> Notice {
    .about(Name("udp:\(peer)"), .unknownFormat(FailedLines(lines: 1, format: nil)))
  }

  @Test func manyPeersAreOneNoticeInTenSeconds() {
    var notices = PeerNotices()
    func drain(_ now: Double) -> Notice? { notices.drain(now: now) }
    #expect(drain(100) == nil)
    notices.add(notice(1))
    #expect(drain(100) == notice(1))
    for peer in 2..<14 { notices.add(notice(peer)) }
    #expect(drain(109) == nil)
    #expect(drain(110) == .unmatchedPeers(12))
    #expect(drain(130) == nil)
    notices.add(notice(14))
    notices.add(notice(15))
    #expect(drain(131) == .unmatchedPeers(2))
  }

  @Test func whatIsLeftIsReportedAtTheEnd() {
    var notices = PeerNotices()
    for peer in 1...3 {
      notices.add(notice(peer))
      if peer < 3 { _ = notices.drain(now: 100) }
    }
    let last = notices.drain(now: .infinity)
    #expect(last == .unmatchedPeers(2))
  }
}
