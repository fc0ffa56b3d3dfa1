import AccessLog
import DashboardModel
import Foundation
import SafeText
import TerminalCanvas
import TerminalKit
import Testing
import TrafficAnalysis

@testable import DashboardPanes

/// A picture of the dashboard that is stored in a file.
struct Picture: Sendable, CustomTestStringConvertible {
  var name: String
  var size: Size
  var testDescription: String { name }

  static let all: [Picture] =
    ["empty", "alert"].flatMap { scene in
      [(0, 0), (1, 1), (10, 40), (24, 80), (40, 120), (60, 200)].map {
        Picture(name: "\(scene)-\($0.1)x\($0.0)", size: Size(rows: $0.0, columns: $0.1))
      }
    }
    + ["loading", "waiting", "replay", "ascii", "help", "zoomed", "selected"].map {
      Picture(name: "\($0)-80x24", size: Size(rows: 24, columns: 80))
    }

  private var scene: String { String(name.prefix { $0 != "-" }) }

  /// The characters of the picture, then a letter for the style of each.
  func text() -> String {
    var state = ViewState()
    if scene == "help" { state.toggleHelp() }
    if scene == "zoomed" { state.toggleZoom() }
    let path = Name("/var/log/nginx/access.log")
    var source = SourceState(path: path, format: "combined", phase: .following)
    if scene == "loading" { source.phase = .loading(read: 3, total: 10) }
    if scene == "waiting" { source.phase = .waiting }
    var status = RunStatus(source: source, isLive: true)
    if scene == "replay" {
      status.replay = .init(speed: "x60", position: 0.4, alerts: [0.1...0.2, 0.8...0.81])
    }
    let isEmpty = ["empty", "waiting"].contains(scene)
    if scene == "selected" {
      let layout = DashboardLayout(size: size, state, hasNotice: false)
      state.move(by: 1, .sample(closed: 600), layout.rooms)
      state.move(by: 1, .sample(closed: 600), layout.rooms)
    }
    let canvas = Self.canvas(
      isEmpty ? Snapshot() : .sample(closed: 600), status, state, size,
      glyphs: scene == "ascii" ? .ascii : .unicode)
    return
      (canvas.lines + ["", "colours"] + canvas.styleLines + ["", "backgrounds"] + canvas.groundLines)
      .joined(separator: "\n") + "\n"
  }

  static func canvas(
    _ snapshot: Snapshot, _ status: RunStatus, _ state: ViewState, _ size: Size, glyphs: GlyphSet
  ) -> Canvas {
    var state = state
    var renderer = DashboardRenderer(size: size, glyphs: glyphs)
    let layout = DashboardLayout(
      size: size, state, hasNotice: false, hasTimeline: status.replay != nil)
    state.settle(snapshot, layout.rooms)
    _ = renderer.draw(DashboardView(snapshot, status, state, rooms: layout.rooms), layout)
    return renderer.canvas
  }
}

extension Snapshot {
  /// Some seconds of traffic, an active alert, and names that are hard to draw.
  static func sample(closed seconds: Int) -> Snapshot {
    let start = EpochSecond(1_549_573_000)
    let trigger = start.advanced(by: Int64(seconds) - 29)
    var snapshot = Snapshot()
    for second in 0..<seconds {
      snapshot.history.append(hits: second % 30, at: start.advanced(by: Int64(second)))
    }
    snapshot.closedThrough = snapshot.history.last
    snapshot.rateNow = Rate(hits: 184, seconds: 10)
    snapshot.highTraffic.value = Rate(hits: 1206, seconds: 120)
    snapshot.highTraffic.activeSince = trigger
    let mean = Rate(hits: 1206, seconds: 120)
    let rule = snapshot.highTraffic.definition
    snapshot.transitions = [
      AlertTransition(rule: rule, change: .triggered, second: start, hits: 1206, value: mean),
      AlertTransition(
        rule: rule, change: .recovered(since: start), second: start.advanced(by: 87), hits: 1198,
        value: Rate(hits: 1198, seconds: 120)),
      AlertTransition(rule: rule, change: .triggered, second: trigger, hits: 1206, value: mean),
    ]
    snapshot.tally.hits = 48_311
    snapshot.lifetime.hits = 48_311
    snapshot.lifetime.bytes = 1_210_000_000
    snapshot.table.traffic.hits = 200
    let long = Name("/" + String(repeating: "long-name-", count: 12))
    let names = [
      Name("/api"), long, Name("/日本語"), Name("/e\u{301}te\u{301}"), Name("/\u{1B}[2J\u{7}"),
      Name([0x2F, 0xFF, 0xE2, 0x82]),
    ]
    let sections = names.enumerated().map { index, name in
      RankedName(
        name: name, hits: 60 - index * 9 + seconds % 7, bytes: 182_400 << Int64(index),
        clientErrors: index, serverErrors: index % 2)
    }
    snapshot.table.rankings[.section] = RankedRows(sections, mostHits: 60 + seconds % 7)
    return snapshot
  }
}

struct SnapshotTests {
  /// Writes the pictures to their files. The test fails then too, so that this is not left on.
  static let records = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1"

  @Test(arguments: Picture.all)
  func thePictureEqualsTheStoredOne(picture: Picture) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Snapshots/\(picture.name).txt")
    let text = picture.text()
    if Self.records {
      try Data(text.utf8).write(to: file)
      Issue.record("recorded \(picture.name)")
      return
    }
    #expect(try Data(contentsOf: file) == Data(text.utf8), "\(text)")
  }

  @Test(arguments: [(10, 40), (24, 80), (40, 120), (60, 200)])
  func drawingOnlyDifferencesMakesTheSamePicture(rows: Int, columns: Int) {
    let size = Size(rows: rows, columns: columns)
    let status = RunStatus(
      source: SourceState(path: Name("a.log"), phase: .following), isLive: true)
    var (state, renderer) = (ViewState(), DashboardRenderer(size: size, glyphs: .unicode))
    for step in 0..<40 {
      let snapshot = Snapshot.sample(closed: 600 + step)
      if step == 25 { state.focus(.alerts) }
      let layout = DashboardLayout(size: size, state, hasNotice: false)
      if step % 5 == 0 { state.move(by: 1, snapshot, layout.rooms) }
      state.settle(snapshot, layout.rooms)
      _ = renderer.draw(DashboardView(snapshot, status, state, rooms: layout.rooms), layout)
      let fresh = Picture.canvas(snapshot, status, state, size, glyphs: .unicode)
      #expect(renderer.canvas.lines == fresh.lines)
      #expect(renderer.canvas.styleLines == fresh.styleLines)
      #expect(renderer.canvas.groundLines == fresh.groundLines)
    }
  }

  /// Down to the smallest screen on which the word fits.
  @Test(arguments: [(1, 12), (1, 25), (5, 60), (6, 30), (10, 40), (13, 30), (14, 80), (40, 120)])
  func anUnreadableLogIsReportedAtEverySize(rows: Int, columns: Int) {
    var snapshot = Snapshot.sample(closed: 600)
    snapshot.highTraffic.activeSince = nil
    snapshot.notices = [.unknownFormat(FailedLines(lines: 1500))]
    let status = RunStatus(
      source: SourceState(path: Name("access.log"), phase: .following), isLive: true)
    let size = Size(rows: rows, columns: columns)
    var (state, renderer) = (ViewState(), DashboardRenderer(size: size, glyphs: .unicode))
    let layout = DashboardLayout(size: size, state, hasNotice: true)
    state.settle(snapshot, layout.rooms)
    _ = renderer.draw(DashboardView(snapshot, status, state, rooms: layout.rooms), layout)
    let lines = renderer.canvas.lines
    #expect(lines[0].contains(" unreadable"), "\(lines[0])")
    #expect(lines.allSatisfy { !$0.contains("normal") })
    let isSaid = lines.contains { $0.contains("0 of 1500 lines match a") }
    #expect(isSaid == (rows > 5), "\(lines)")
  }

  @Test func theDurationOfAnAlertIsNeverCutOffOnANarrowScreen() {
    var snapshot = Snapshot.sample(closed: 600)
    let now = EpochSecond(1_549_573_599)
    for (seconds, words) in [(Int64(725), "ALERT 12:05 "), (273_600, "ALERT 3d 04:00 ")] {
      snapshot.highTraffic.activeSince = now.advanced(by: -seconds)
      for columns in 30...80 {
        let status = RunStatus(
          source: SourceState(path: Name("a.log"), phase: .following), isLive: true)
        let canvas = Picture.canvas(
          snapshot, status, ViewState(), Size(rows: 24, columns: columns), glyphs: .unicode)
        #expect(canvas.lines[0].contains(words))
        #expect(canvas.lines[0].contains("18.4/s"))
      }
    }
  }
}
