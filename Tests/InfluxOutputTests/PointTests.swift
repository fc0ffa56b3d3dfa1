import AccessLog
import ReceiverKit
import Testing
import TrafficAnalysis
import WebTransfer

@testable import InfluxOutput

@Suite struct PointTests {
  private let points = IntervalPoints(tags: testTags, ranked: [])

  private func text(_ report: IntervalReport) -> [String] {
    points.lines(of: report).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func anIntervalIsAPointAndOneForEachOfItsRows() {
    let report = sampleInterval()
    #expect(
      text(report) == [
        "lm2000,host=web1,interval=10,log=/a.log hits=5i,rate=0.5,bytes=1234i,status_1xx=0i,"
          + "status_2xx=5i,status_3xx=0i,status_4xx=0i,status_5xx=0i,status_other=0i,method_GET=5i,"
          + "unique_clients=3i 1549573860\n",
        "lm2000,host=web1,interval=10,log=/a.log,dimension=section,name=/api hits=2i,bytes=600i,"
          + "client_errors=1i,server_errors=0i 1549573860\n",
        "lm2000,host=web1,interval=10,log=/a.log,dimension=section,name=/a\\ b hits=2i,bytes=600i,"
          + "client_errors=1i,server_errors=0i 1549573860\n",
      ])
    #expect(points.count(report) == 3)
  }

  @Test func otherFiguresOfTheSameLogHaveOtherTags() {
    let all = [
      testTags, SeriesTags(host: "web2", logs: [Name("/a.log")], interval: 10, filter: nil),
      SeriesTags(host: "web1", logs: [Name("/b.log")], interval: 10, filter: nil),
      SeriesTags(host: "web1", logs: [Name("/a.log"), Name("/b.log")], interval: 10, filter: nil),
      SeriesTags(host: "web1", logs: [Name("/a.log")], interval: 60, filter: nil),
      SeriesTags(host: "web1", logs: [Name("/a.log")], interval: 10, filter: "status = 5xx"),
    ]
    #expect(Set(all.map(\.key)).count == all.count)
    #expect(Set(all.map(\.text)).count == all.count)
    #expect(
      String(decoding: all[5].text, as: UTF8.self).hasPrefix(#",filter=status\ \=\ 5xx,host="#))
  }

  @Test func batchesKeepIntervalsWholeWhereTheyCan() {
    var limits = InfluxLimits()
    limits.batchPoints = 7
    let reports = (0..<5).map { sampleInterval(from: $0 * 10) }
    let batches = Batch.batches(of: reports, points, limits)
    #expect(batches.map(\.points) == [6, 6, 3])
    #expect(batches.map(\.through) == [20, 40, 50].map { EpochSecond($0) })
    #expect(batches.flatMap(\.bytes) == reports.flatMap { points.lines(of: $0).flatMap { $0 } })
    limits.batchPoints = 2
    let cut = Batch.batches(of: Array(reports[..<1]), points, limits)
    #expect(cut.map(\.points) == [2, 1])
    #expect(cut.map(\.through) == [nil, EpochSecond(10)])
  }

  // MARK: - Which intervals

  @Test(arguments: [
    (false, false, true), (true, false, false), (false, true, false), (true, true, false),
  ])
  func aCutOffIntervalIsSentOnlyIfItIsFinal(
    isFollowing: Bool, isInterrupted: Bool, isSent: Bool
  ) throws {
    let sender = try sender(
      to: "http://127.0.0.1:1/write", spool: nil, isFollowing: isFollowing, mustBeComplete: false)
    var action = InfluxAction(sender)
    if isInterrupted { sender.interrupt() }
    action.handle(.interval(sampleInterval(partial: true)))
    #expect(poll { sender.state.waiting == (isSent ? 3 : 0) })
    sender.finish()
  }

  /// A minute passes until a log surely has all records of a second.
  @Test(arguments: [(1_549_579_930, true), (1_549_579_940, false), (1_549_580_000, false)])
  func theLastIntervalIsNotSentWhileTheLogMayGrow(second: Int64, isSent: Bool) throws {
    let sender = try sender(to: "http://127.0.0.1:1/", spool: nil, mustBeComplete: false)
    var action = InfluxAction(sender)
    action.handle(.interval(sampleInterval(from: second, partial: true)))
    #expect(poll { sender.state.waiting == (isSent ? 3 : 0) })
    sender.finish()
  }

  @Test func whatTheRangeCutsIsNotSent() throws {
    let sender = try sender(to: "http://127.0.0.1:1/", spool: nil, mustBeComplete: false)
    let range = TimeRange(since: EpochSecond(5), until: EpochSecond(55))
    var action = InfluxAction(sender, range: range)
    for second in stride(from: Int64(0), to: 60, by: 10) {
      action.handle(.interval(sampleInterval(from: second)))
    }
    #expect(poll { sender.state.waiting == 12 })
    var tail = InfluxAction(sender, beginsInside: true)
    for second in [Int64(60), 70] { tail.handle(.interval(sampleInterval(from: second))) }
    #expect(poll { sender.state.waiting == 15 })
    sender.finish()
  }

  // MARK: - Addresses

  @Test(arguments: [
    ("http://h:8428/write", "http://h:8428/write?precision=s"),
    ("http://h:8086/write?db=x", "http://h:8086/write?db=x&precision=s"),
    ("http://h:8086/write?precision=ms&db=x#y", "http://h:8086/write?db=x&precision=s"),
    ("http://h:8428", "http://h:8428/write?precision=s"),
    ("http://h:8428/", "http://h:8428/write?precision=s"),
    ("http://h:8428?db=x", "http://h:8428/write?db=x&precision=s"),
    ("https://h/insert/0/influx/write", "https://h/insert/0/influx/write?precision=s"),
  ])
  func theQueryIsKeptAndTimesAreInSeconds(text: String, url: String) throws {
    let address = InfluxAddress(try WebAddress(text, allowsUser: true))
    #expect(address.url == url)
    #expect(!address.key.contains("h") && address.key.count == 16)
  }

  /// Everybody could read a login in the arguments of the program.
  @Test(arguments: [
    "http://u:p@h/write", "http://h/write?db=x&u=a&p=b", "http://h/write?authKey=x", "ftp://h/",
    "file:", "env:", "file:///etc/passwd", "", "h:8428",
  ])
  func aSecretOrNoURLIsRefused(text: String) {
    #expect(throws: InfluxAddress.Problem.self) { try InfluxAddress.source(text) }
  }

  @Test func aSecretMayBeInAFileOrAVariable() throws {
    #expect(try InfluxAddress.source("file:/x") == .file("/x"))
    #expect(try InfluxAddress.source("env:X") == .environment("X"))
    #expect(try InfluxAddress.source("http://h/write") == .literal("http://h/write"))
  }
}
