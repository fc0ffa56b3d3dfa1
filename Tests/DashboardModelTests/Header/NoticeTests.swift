import AccessLog
import Messages
import Testing
import TrafficAnalysis
import TrafficKit

@testable import DashboardModel

/// The notice line, and the counts of lines and records above it.
struct NoticeTests {
  private func header(_ snapshot: Snapshot) -> HeaderModel {
    let status = RunStatus(
      source: SourceState(path: Name("access.log"), phase: .following), isLive: true)
    var state = ViewState()
    state.times = .utc
    return HeaderModel(snapshot, status, state)
  }

  private func quarantine(_ records: Int, ordinary: Int) -> QuarantineFigures {
    QuarantineFigures(
      records: records, ordinary: ordinary, earliest: EpochSecond(1_773_476_813))
  }

  @Test(arguments: [
    (1, 0, "1 record set aside, 0 in order since"),
    (1000, 1, "1,000 records set aside, 1 in order"),
  ])
  func recordsSetAsideAreReportedWhileTheyWait(records: Int, ordinary: Int, words: String) throws {
    var snapshot = Snapshot()
    #expect(header(snapshot).notice == nil)
    snapshot.quarantine = quarantine(records, ordinary: ordinary)
    let notice = try #require(header(snapshot).notice).text
    #expect(notice.contains(words), "\(notice)")
    #expect(notice.contains("2026-03-14 08:26:53"), "\(notice)")
    // It replaces advice, which comes back afterwards.
    let advice = Notice.aheadOfWallClock(seconds: 90)
    snapshot.notices = [advice]
    #expect(header(snapshot).notice?.text == notice)
    snapshot.quarantine = nil
    #expect(header(snapshot).notice == advice.text)
  }

  /// A notice that needs an action is not hidden by one that needs none.
  @Test func allNoticesAreInTheLine() throws {
    let notices: [Notice] = [
      .lateHits(LateHits(share: HitShare(3, of: 100), lateness: 30)),
      .writtenInBlocks(BlockWriting(silence: 30, idleGrace: 33, adaptedGrace: 33)),
    ]
    var snapshot = Snapshot()
    snapshot.notices = notices
    let words = notices.map(\.text.text).joined(separator: "; ")
    #expect(header(snapshot).notice?.text == words)
  }

  /// A source that is tried again has a reason; one that has failed also has advice.
  @Test func theReasonWhyALogCannotBeReadComesFirst() {
    var state = SourceState(path: Name("access.log"), phase: .failed(.directory))
    state.truncations = 1200
    var status = RunStatus(source: state, isLive: true)
    status.notices = [.input(.removedWhileRead)]
    status.storeNotices = [
      "history not saved: No space left on device", "influx: timed out; 5 points wait",
    ]
    status.terminalNotice = "the terminal is plain"
    func row() -> String? { HeaderModel(Snapshot(), status, ViewState()).notice?.text }
    let rest =
      "; history not saved: No space left on device; influx: timed out; 5 points wait; "
      + "truncated and read from the beginning: 1,200 times; was removed while it was read, but was "
      + "read to its end; the terminal is plain"
    #expect(row() == "not a readable log: directory" + rest)
    status.source.phase = .following
    status.failure = .directory
    #expect(row() == "not a readable log: directory; name a file in it" + rest)
    #expect(HeaderModel(Snapshot(), status, ViewState()).state == .warning("unreadable"))
  }

  @Test func theReasonsOfRejectedLinesAreBesideTheirCount() {
    var snapshot = Snapshot()
    #expect(header(snapshot).totals.map(\.text).contains("0 rejected"))
    snapshot.tally.rejected[.shape] = 4000
    #expect(header(snapshot).totals.map(\.text).contains("4,000 rejected (shape)"))
    snapshot.tally.rejected[.future] = 100
    #expect(
      header(snapshot).totals.map(\.text).contains("4,100 rejected (4,000 shape, 100 future)"))
  }

  @Test func linesThatWaitForAFormatAreCounted() {
    var snapshot = Snapshot()
    snapshot.undecided = 1500
    #expect(header(snapshot).totals.map(\.text).contains("1,500 waiting"))
    #expect(header(snapshot).state == .notice("no format yet"))
    snapshot.tally.rejected[.oversize] = 1
    #expect(header(snapshot).totals.map(\.text).contains("1 rejected (oversize)  1,500 waiting"))
  }

  private static let failed = FailedLines(lines: 64, format: "common")

  /// Neither advice nor a quarantine hides that the log is unreadable; the badge says so at every size.
  @Test(arguments: [
    Notice.unknownFormat(failed), .doubtfulFormat(failed),
    .futureTimes(first: RejectedLine(number: 3, rejection: .future)),
  ])
  func aLogThatCannotBeReadNeverLooksHealthy(notice: Notice) throws {
    var snapshot = Snapshot()
    snapshot.quarantine = quarantine(5, ordinary: 0)
    snapshot.notices = [.aheadOfWallClock(seconds: 90), notice]
    #expect(header(snapshot).state == .warning("unreadable"))
    let row = try #require(header(snapshot).notice).text
    #expect(row.hasPrefix(notice.text.text), "\(row)")
    // An alert stays: it is about what could be read.
    snapshot.highTraffic.activeSince = EpochSecond(100)
    snapshot.closedThrough = EpochSecond(128)
    #expect(header(snapshot).state == .alert("ALERT 0:28"))
  }

  @Test func adviceOfTheAnalysisReachesTheLine() throws {
    var analyzer = TrafficAnalyzer(options: AnalysisOptions())
    let batch = RecordBatch()
    for second in 0..<500 as Range<Int64> { batch.addHits(at: [second, max(0, second - 20)]) }
    var events: [MonitorEvent] = []
    analyzer.add(batch, wall: EpochSecond(4_000_000_000))
    _ = analyzer.release(until: EpochSecond(.max), &events)
    let snapshot = analyzer.snapshot(TableRequest(window: .all, rows: 1), includingPending: true)
    let notice = try #require(header(snapshot).notice).text
    #expect(notice.contains("--lateness 20 would have kept 99 %"), "\(notice)")
  }
}
