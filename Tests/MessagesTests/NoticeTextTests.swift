import AccessLog
import Messages
import Testing

/// Every notice in the words that people read.
@Suite struct NoticeTextTests {
  private static let time = EpochSecond(1_773_476_813)

  private static func line(
    _ rejection: Rejection, _ field: LogField, in format: String
  ) -> RejectedLine {
    var line = RejectedLine(number: 7, rejection: rejection, excerpt: Array("web | \u{1B}[0m".utf8))
    line.format = format
    line.field = field
    return line
  }

  private static var ahead: RejectedLine {
    var line = RejectedLine(number: 9, rejection: .future)
    line.time = time
    return line
  }

  private static let log = time...time.advanced(by: 60)

  /// Times are written as those were that somebody asked for, and a date that is the same only
  /// once.
  @Test(
    arguments: [
      (
        TimeRange(since: time.advanced(by: 86_400)),
        "no record in the span; log: 1773476813 s to 1773476873 s; asked: since 1773563213 s"
      ),
      (
        TimeRange(until: time),
        "no record in the span; log: 1773476813 s to 1773476873 s; asked: until 1773476813 s"
      ),
      (
        TimeRange(since: time, until: time.advanced(by: -1)),
        "the span ends before it begins; log: 1773476813 s to 1773476873 s; "
          + "asked: since 1773476813 s, until 1773476812 s"
      ),
    ])
  func aRangeWithoutARecordNamesTheLogs(range: TimeRange, words: String) {
    let notice = Notice.emptyRange(EmptyRange(range: range, log: Self.log))
    #expect(notice.text { "\($0) s" }.text == words)
    #expect(notice.text { "day \($0)" }.text.contains("; log: day 1773476813 to 1773476873; "))
    #expect(notice.text.text.contains("log: 2026-03-14T08:26:53Z to 2026-03-14T08:27:53Z"))
  }

  @Test(arguments: [
    (
      Notice.unknownFormat(FailedLines(lines: 1000, first: line(.shape, .client, in: "combined"))),
      "0 of 1000 lines match a known format; line 7 comes closest to combined but is rejected, "
        + "shape: its client cannot be read: web | \\x1B[0m; try --format NAME, "
        + "lm2000 --formats lists the formats"
    ),
    (
      .unknownFormat(
        FailedLines(
          lines: 3, format: "csv", first: line(.time, .time, in: "csv"), alternative: "common")),
      "0 of 3 lines match the format csv; line 7 is rejected, time: cannot be read, or does not "
        + "exist: web | \\x1B[0m; try --format common, which accepts such lines"
    ),
    (
      .doubtfulFormat(
        FailedLines(lines: 64, format: "csv", first: RejectedLine(number: 2, rejection: .oversize))),
      "over half of 64 lines do not match the format csv; line 2 is rejected, line: longer than "
        + "65536 bytes; lm2000 --formats lists the formats"
    ),
    (
      .futureTimes(first: ahead),
      "over half of 64 lines are rejected as too far in the future, first line 9 of "
        + "2026-03-14T08:26:53Z: is the clock of the server right, and that of this machine?"
    ),
    (
      .lateHits(LateHits(share: HitShare(100, of: 400), lateness: 5)),
      "25 % of the hits are late: --lateness 5 would have kept 99 % of them"
    ),
    (
      .lateHits(LateHits(share: HitShare(3, of: 100), lateness: 30, idleGrace: 38)),
      "3 % of the hits are late: --lateness 30 would have kept 99 % of them, and so would "
        + "--idle-grace 38: they came after a silence, as from a server that writes in blocks"
    ),
    (
      .lateHits(LateHits(share: HitShare(2, of: 2), lateness: nil)),
      "100 % of the hits are late, by over a day"
    ),
    (
      .timeStepsBack(
        late: HitShare(3, of: 100), line: 42, from: time, to: time.advanced(by: -3600)),
      "the log steps back in time, first at line 42 from 2026-03-14T08:26:53Z to "
        + "2026-03-14T07:26:53Z, and 3 % of the hits are late: are files in the wrong order, or was "
        + "a clock set back?"
    ),
    (
      .aheadOfWallClock(seconds: 90),
      "every record is ahead of this machine's clock, by 90 s at least: is the clock right?"
    ),
  ])
  func noticesAreSentences(notice: Notice, words: String) {
    #expect(notice.text.text == words)
  }

  @Test func timesOfNoticesAreWrittenAsTheyWereAskedFor() {
    let back = Notice.timeStepsBack(
      late: HitShare(3, of: 100), line: 42, from: Self.time, to: Self.time.advanced(by: -5))
    for notice in [back, .futureTimes(first: Self.ahead), .about(Name("a"), back)] {
      let text = notice.text { "<\($0.value)>" }.text
      #expect(text.contains("<1773476813>") && !text.contains("2026"))
    }
  }

  /// A hostile line stays on the one line of the notice, and does not drown what stands behind it.
  @Test func aLongLineIsCut() {
    let long = Array(String(repeating: "\u{1B}]0;\u{7}é\u{202E}\n", count: 100).utf8)
    let first = RejectedLine(number: 1, rejection: .shape, excerpt: long)
    let text = Notice.unknownFormat(FailedLines(lines: 1, first: first)).text.text
    #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
    #expect(text.count < 250, "\(text)")
    #expect(text.contains(#": \x1B]0;\x07é"#), "\(text)")
    #expect(text.hasSuffix("...; try --format NAME, lm2000 --formats lists the formats"))
  }

  private static let blocks: [(writing: BlockWriting, use: String)] = [
    (BlockWriting(silence: 30, idleGrace: 33, adaptedGrace: 33), ", and is used from now on"),
    (BlockWriting(silence: 400, idleGrace: 403, adaptedGrace: 300), "; 300 is used from now on"),
    (BlockWriting(silence: 60, idleGrace: 63), ""),
  ]

  @Test(arguments: blocks)
  func blocksNameTheGraceThatWouldHaveKeptThem(writing: BlockWriting, use: String) {
    let words =
      "written in blocks up to \(writing.silence) s apart, so hits came late: "
      + "--idle-grace \(writing.idleGrace) would have kept them\(use)"
    #expect(Notice.writtenInBlocks(writing).text.text == words)
  }
}
