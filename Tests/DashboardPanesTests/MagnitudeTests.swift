import AccessLog
import DashboardModel
import TerminalCanvas
import TerminalKit
import Testing
import TrafficAnalysis

@testable import DashboardPanes

/// Figures of any magnitude: none is cut off, and none touches its neighbour.
struct MagnitudeTests {
  private static let magnitudes = [
    0, 1, 99, 999, 1000, 9_999, 10_000, 99_999, 100_000, 223_795, 999_499, 999_500, 9_999_999,
    12_345_678, 999_999_999, 1 << 40, Int.max / 1000, Int.max - 1, Int.max,
  ]

  private func snapshot(_ hits: Int, error: Int) -> Snapshot {
    var snapshot = Snapshot.sample(closed: 600)
    snapshot.table.traffic.hits = hits
    snapshot.table.traffic.status[.serverError] = hits
    snapshot.table.traffic.methods[.get] = hits
    snapshot.table.seconds = 1
    snapshot.table.rankings[.section] = RankedRows(
      [
        RankedName(
          name: Name("/" + String(repeating: "x", count: 200)), hits: hits, bytes: Int64(hits),
          clientErrors: hits, serverErrors: hits, error: error)
      ], mostHits: hits)
    snapshot.table.rankings[.client] = RankedRows(
      [
        RankedName(
          name: Name("2001:db8:0:1:2:3:4:" + String(repeating: "5", count: 60)), hits: hits,
          clientErrors: hits, error: error)
      ], mostHits: hits)
    return snapshot
  }

  private func lines(_ snapshot: Snapshot, _ pane: Pane, _ size: Size) -> Canvas {
    var state = ViewState()
    state.focus(pane)
    let status = RunStatus(
      source: SourceState(path: Name("a.log"), phase: .following), isLive: true)
    return Picture.canvas(snapshot, status, state, size, glyphs: .unicode)
  }

  /// Every text of a row ends in the same column at every magnitude, after a blank.
  @Test(arguments: [Pane.sections, .clients], [40, 80, 120, 200])
  func columnsKeepTheirPlacesWithABlankBetweenThem(pane: Pane, columns: Int) throws {
    let size = Size(rows: 24, columns: columns)
    var ends: Set<[Int]> = []
    for hits in Self.magnitudes {
      for error in [0, 7] {
        let canvas = lines(snapshot(hits, error: error), pane, size)
        let start = pane == .sections ? "│ /x" : "│ 2001"
        let line = try #require(canvas.lines.first { $0.contains(start) }).unicodeScalars
        let head = try #require(canvas.lines.first { $0.contains(" hits ") && $0.contains("│") })
        let heads = Self.ends(of: Array(head.unicodeScalars))
        let places = Self.ends(of: Array(line))
        // A figure ends below each title, except the titles of the names.
        let missing = heads.filter { !places.contains($0) }
        #expect(missing.count == head.count { $0 == "│" } / 2, "\(head)\n\(line)")
        ends.insert(heads)
        #expect(String(line).contains("~") == (error > 0), "\(String(line))")
        #expect(String(line).unicodeScalars.count { $0 == "…" } <= 2)
      }
    }
    #expect(ends.count == 1)
  }

  /// The columns in which words end.
  private static func ends(of line: [Unicode.Scalar]) -> [Int] {
    line.indices.dropLast().filter { line[$0] != " " && line[$0] != "│" && line[$0 + 1] == " " }
  }

  @Test(arguments: magnitudes, [40, 80, 120, 200])
  func statusAndMethodsKeepTheirFigures(hits: Int, columns: Int) throws {
    let canvas = lines(snapshot(hits, error: 0), .status, Size(rows: 36, columns: columns))
    let line = try #require(canvas.lines.first { $0.contains("│ 5xx ") })
    #expect(line.contains(hits > 0 ? " 100.0 % " : " 0.0 % "), "\(line)")
    #expect(!line.contains("…"), "\(line)")
  }

  @Test(arguments: magnitudes, ["10", "0.001", "2.5", "22000", "100000000000000000000"])
  func theColumnsOfAlertsAreAligned(hits: Int, limit: String) throws {
    var snapshot = Snapshot.sample(closed: 600)
    snapshot.highTraffic.definition.limit = try #require(Threshold(limit))
    let start = EpochSecond(1_549_573_000)
    let rule = snapshot.highTraffic.definition
    snapshot.transitions = [
      AlertTransition(
        rule: rule, change: .triggered, second: start, hits: hits,
        value: Rate(hits: hits, seconds: 1)),
      AlertTransition(
        rule: rule, change: .recovered(since: start), second: start.advanced(by: 9), hits: 1,
        value: Rate(hits: 1, seconds: 120)),
    ]
    let canvas = lines(snapshot, .alerts, Size(rows: 24, columns: 120))
    func column(_ word: String) throws -> Int {
      let line = try #require(canvas.lines.first { $0.contains(word) }).unicodeScalars
      let before = String(String.UnicodeScalarView(line)).components(separatedBy: word)[0]
      return before.unicodeScalars.count
    }
    #expect(try column("after 0:09") == column("lasted 0:09"))
  }

  @Test(arguments: [0, 1, 9, 99, 950, 9_000, 99_999, 100_000, 123_456, 7_000_000, Int(UInt32.max)])
  func labelsOfTheChartAreCompleteAndEvenlySpaced(hits: Int) throws {
    var snapshot = Snapshot.sample(closed: 0)
    for second in 0..<600 {
      snapshot.history.append(hits: hits, at: EpochSecond(1_549_573_000 + Int64(second)))
    }
    snapshot.closedThrough = snapshot.history.last
    for threshold in ["0.0002", "10", "80000"] {
      snapshot.highTraffic.definition.limit = try #require(Threshold(threshold))
      for rows in [14, 22, 24, 25, 27, 36, 40, 51, 60] {
        for columns in [40, 80, 120] {
          let canvas = lines(snapshot, .sections, Size(rows: rows, columns: columns))
          expectEvenLabels(canvas)
        }
      }
    }
  }

  private func expectEvenLabels(_ canvas: Canvas) {
    let ticks = canvas.lines.enumerated().compactMap { row, line -> (Int, Double)? in
      guard let tick = line.firstIndex(of: "┤") else { return nil }
      let label = line[..<tick].dropFirst().filter { $0 != " " }
      return Self.value(String(label)).map { (row, $0) } ?? (row, .nan)
    }
    guard ticks.count > 1 else { return }
    let (bottom, step) = (ticks[ticks.count - 1].0, ticks[ticks.count - 2].1)
    let apart = bottom - ticks[ticks.count - 2].0
    for (index, tick) in ticks.reversed().enumerated() {
      #expect(tick.0 == bottom - index * apart, "\(ticks)")
      #expect(abs(tick.1 - Double(index) * step) <= step * 1e-9, "\(ticks)")
    }
  }

  private static func value(_ label: String) -> Double? {
    let factors: [Character: Double] = ["k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12]
    guard let last = label.last, let factor = factors[last] else { return Double(label) }
    return Double(label.dropLast()).map { $0 * factor }
  }
}
