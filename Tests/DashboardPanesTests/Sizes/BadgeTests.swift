import AccessLog
import DashboardModel
import TerminalCanvas
import TerminalKit
import Testing
import TrafficAnalysis

@testable import DashboardPanes

/// What the first line says at every size.
struct BadgeTests {
  private static let heights = [1, 5, 6, 18, 28]
  private static let widths = [12, 13, 20, 27, 30, 31, 40, 45, 60, 80, 99, 100, 120, 200]

  /// The first line of a small log, with or without an alert.
  private func line(
    _ rows: Int, _ columns: Int, isAlert: Bool = false, rate: Int = 184,
    notices: [Notice] = [], _ change: (inout RunStatus) -> Void = { _ in }
  ) -> String {
    var status = RunStatus.following
    change(&status)
    var display = Display(
      SampleLog(seconds: 30, hasAlert: isAlert), status, Size(rows: rows, columns: columns))
    display.snapshot.rateNow.hits = rate
    display.snapshot.notices = notices
    display.draw()
    return display.canvas.lines[0]
  }

  private static let badges: [(texts: [String], change: @Sendable (inout RunStatus) -> Void)] = [
    (["PAUSED"], { $0.isPaused = true }),
    (["LOADING"], { $0.source.phase = .loading(read: 1, total: 3) }),
    (["PAUSED", "END"], { ($0.isPaused, $0.source.phase) = (true, .ended) }),
    (
      ["PAUSED", "REPLAY x100", "SEEKING"],
      {
        ($0.isPaused, $0.seekPosition) = (true, 0.451)
        $0.replay = .init(speed: "x100", position: 0.4, alerts: [])
      }
    ),
    (
      ["REPLAY x0.25", "END"],
      {
        $0.source.phase = .ended
        $0.replay = .init(speed: "x0.25", position: 1, alerts: [])
      }
    ),
  ]

  /// A badge has a blank on either side, and one before the next badge.
  private func room(for texts: some Collection<String>) -> Int {
    texts.reduce(0) { $0 + $1.count + 3 }
  }

  @Test(arguments: [1, 5, 6, 18], [false, true])
  func bothRatesOfAFilterStandAtEveryWidth(rows: Int, hasEnded: Bool) {
    for columns in [20, 27, 30, 40, 60, 80, 120] where columns >= 30 || !hasEnded {
      let line = line(rows, columns, rate: 90) {
        ($0.filter, $0.allTraffic) = ("status=5xx", Rate(hits: 250, seconds: 10))
        if hasEnded { $0.source.phase = .ended }
      }
      #expect(line.contains(/9\.0\/s .* ?of 25\.0\/s/), "\(columns): \(line)")
      #expect(line.contains(columns < 32 ? " F" : " FILTER "), "\(columns): \(line)")
    }
  }

  @Test func aDeliveryNeverStandsWithoutItsRule() {
    var deliveries = 0
    for columns in stride(from: 24, through: 200, by: 8) + [30] {
      let lines = Display(.rules, Size(rows: 60, columns: columns)).canvas.lines
      for line in lines where line.contains("ops: ") || line.contains("mail: ") {
        deliveries += 1
        #expect(line.contains("errors"), "\(columns): \(line)")
      }
    }
    #expect(deliveries > 0)
  }

  @Test(arguments: heights, 0..<badges.count)
  func badgesStandAtEverySizeAtWhichTheyFit(rows: Int, index: Int) {
    let (texts, change) = Self.badges[index]
    for columns in Self.widths {
      for isAlert in [false, true] {
        let line = line(rows, columns, isAlert: isAlert, change)
        for count in 1...texts.count where room(for: texts.prefix(count)) <= columns {
          #expect(line.contains(texts[count - 1]), "\(columns)x\(rows): \(line)")
        }
        let state = isAlert ? "ALERT" : "normal"
        if room(for: texts + [isAlert ? state : "● " + state]) <= columns {
          #expect(line.contains(state), "\(columns)x\(rows): \(line)")
        }
      }
    }
  }

  /// However long the other texts are.
  @Test(arguments: [0, 184, 99_999, 12_345_678, Int.max])
  func alertAndRateStandAtEveryRate(rate: Int) {
    for rows in Self.heights {
      for columns in Self.widths {
        let line = line(rows, columns, isAlert: true, rate: rate)
        #expect(line.contains("ALERT"), "\(line)")
        let hasBigDigits = rows >= 28 && columns >= 100
        #expect(line.contains("/s") || hasBigDigits || columns < 17, "\(line)")
        #expect(line.contains("21:26:39") || columns < 27, "\(line)")
      }
    }
  }

  @Test(arguments: heights)
  func anUnreadableLogIsReportedAtEverySize(rows: Int) {
    let notice = Notice.unknownFormat(FailedLines(lines: 1500))
    for columns in Self.widths {
      let line = line(rows, columns, notices: [notice])
      #expect(line.contains(columns < 13 ? " unreada" : " unreadable"), "\(columns): \(line)")
      #expect(!line.contains("normal"))
    }
  }

  @Test(arguments: [(6, 30), (10, 40), (24, 80), (36, 120), (60, 200)])
  func theNoticeOfAnUnreadableLogHasALineOfItsOwn(rows: Int, columns: Int) {
    let display = Display(.unreadable, Size(rows: rows, columns: columns))
    let lines = display.canvas.lines
    #expect(lines.contains { $0.contains(" !  over half of 1500 lines") }, "\(lines)")
    #expect(!lines.contains { $0.contains("normal") })
  }

  /// The figures of an old log must not look current.
  @Test(arguments: heights.dropFirst(2))
  func theAgeOfAnOldLogStandsAtEverySize(rows: Int) {
    for columns in Self.widths where columns >= 40 {
      let display = Display(.quiet, Size(rows: rows, columns: columns))
      let text = display.canvas.lines.joined(separator: "\n")
      #expect(text.contains("quiet for 8 months"), "\(columns)x\(rows): \(text)")
      if rows >= 18, columns >= 60 {
        #expect(text.contains("7 Feb 2019"), "\(columns)x\(rows)")
      }
    }
  }

  @Test(arguments: [80, 100, 120, 200], [24, 28])
  func theProgressOfLoadingStandsBesideAnAlert(columns: Int, rows: Int) {
    let line = line(rows, columns, isAlert: true) {
      $0.source.phase = .loading(read: 1, total: 3)
      $0.loading = .init(bytesPerSecond: 412_000_000, secondsLeft: 2)
    }
    #expect(line.contains(" ALERT ") && line.contains("LOADING 33 %"), "\(line)")
    #expect(line.contains("  2 s left "), "\(line)")
    // Big digits take the room of the speed.
    #expect(line.contains(" 412 MB/s ") || columns == 100 && rows == 28, "\(line)")
  }

  @Test func theDurationOfAnAlertIsNeverCut() {
    for (seconds, words) in [(Int64(725), "ALERT 12:05 "), (273_600, "ALERT 3d 04:00 ")] {
      for columns in stride(from: 30, through: 130, by: 5) {
        var display = Display(
          SampleLog(seconds: 30, hasAlert: true), .following, Size(rows: 24, columns: columns))
        display.snapshot.highTraffic.activeSince = EpochSecond(SampleLog.end - seconds)
        display.draw()
        let line = display.canvas.lines[0]
        #expect(line.contains(words) || line.contains(" ALERT  "), "\(line)")
        #expect(line.contains(words) || columns < 45, "\(line)")
      }
    }
  }

  @Test func aBadgeDiffersFromTheAlertBesideIt() {
    var display = Display(
      SampleLog(seconds: 30, hasAlert: true), .following, Size(rows: 24, columns: 80))
    display.status.isPaused = true
    display.draw()
    let grounds = display.canvas.groundLines[0]
    #expect(grounds.hasPrefix(".WWWWWWWW.AAAAAAAAAAAA."), "\(grounds)")
  }
}
