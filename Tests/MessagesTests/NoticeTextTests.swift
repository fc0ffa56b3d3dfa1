import AccessLog
import Messages
import Testing

/// Every notice in the words that people read.
@Suite struct NoticeTextTests {
  private static let time = EpochSecond(1_773_476_813)

  @Test(arguments: [
    (Notice.unknownFormat(lines: 1000), "0 of 1000 lines match a known format"),
    (
      .doubtfulFormat(name: "common"),
      "over half of the first lines do not match the format common"
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
}
