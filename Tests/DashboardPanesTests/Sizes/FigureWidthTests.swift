import AccessLog
import DashboardModel
import Foundation
import TerminalCanvas
import TerminalKit
import Testing
import TrafficAnalysis

@testable import DashboardPanes

/// Figures of any magnitude: none is cut, none touches its neighbour, and none moves another.
struct FigureWidthTests {
  private static let magnitudes = [
    0, 1, 99, 1000, 9_999, 10_000, 223_795, 999_500, 9_999_999, 1 << 40, Int.max / 1000,
  ]

  /// A table that fills the screen, with one row.
  private func table(_ row: RankedName, columns: Int) -> (canvas: Canvas, layout: TableLayout) {
    var state = ViewState()
    state.toggleZoom()
    var snapshot = Snapshot()
    snapshot.table.traffic.hits = Int.max / 1000
    snapshot.table.rankings = [RankedRows([row], mostHits: row.hits)]
    let layout = DashboardLayout(
      size: Size(rows: 24, columns: columns), state, hasNotice: false)
    var renderer = DashboardRenderer(
      size: Size(rows: 24, columns: columns), glyphs: .unicode)
    let view = DashboardView(snapshot, .following, state, rooms: layout.rooms(state))
    _ = renderer.draw(view, layout)
    return (
      renderer.canvas,
      TableLayout(columns: columns - 2, .section, isZoomed: true)
    )
  }

  private func row(_ change: (inout RankedName) -> Void) -> RankedName {
    var row = RankedName(
      name: Name("/" + String(repeating: "x", count: 200)), hits: 7, bytes: 7, clientErrors: 7,
      serverErrors: 7)
    row.trend = [1, 2, 3]
    (row.before, row.peak) = (3, 7)
    (row.firstSeen, row.lastSeen) = (EpochSecond(0), EpochSecond(9))
    change(&row)
    return row
  }

  private static let changes:
    [(figures: Set<TableColumn>, set: @Sendable (inout RankedName, Int) -> Void)] = [
      ([.hits, .share, .rate, .change], { $0.hits = $1 }),
      ([.change], { $0.before = $1 }), ([.bytes], { $0.bytes = Int64($1) }),
      ([.clientErrors], { $0.clientErrors = $1 }), ([.serverErrors], { $0.serverErrors = $1 }),
      ([.peak], { $0.peak = $1 }), ([.hits], { $0.error = $1 }),
    ]

  @Test(arguments: [40, 80, 120, 200], 0..<changes.count)
  func aGrowingFigureMovesNoOtherCellOfItsRow(columns: Int, index: Int) {
    let (figures, set) = Self.changes[index]
    let (before, layout) = table(row { set(&$0, 7) }, columns: columns)
    for magnitude in Self.magnitudes {
      let (now, _) = table(row { set(&$0, magnitude) }, columns: columns)
      let line = now.lines.firstIndex { $0.contains("/xx") } ?? -1
      for place in layout.places where !figures.contains(place.column) {
        for cell in place.start + 1..<place.start + 1 + place.width {
          // Rows below two percent are muted; the character stays.
          #expect(
            now.cell(row: line, column: cell).scalar == before.cell(row: line, column: cell).scalar,
            "\(place.column) at \(magnitude): \(now.lines[line])")
        }
      }
      for place in layout.places where place.column.figure != nil && place.column != .name {
        let first = now.cell(row: line, column: place.start + 1).scalar
        #expect(first == " ", "\(place.column) at \(magnitude): \(now.lines[line])")
      }
      #expect(now.lines[line].unicodeScalars.count { $0 == "…" } == 1, "\(now.lines[line])")
    }
  }

  @Test(arguments: [40, 80, 120, 200])
  func statusClassesKeepTheirFigures(columns: Int) throws {
    for hits in Self.magnitudes {
      var state = ViewState()
      state.focus(.status)
      state.toggleZoom()
      var snapshot = Snapshot()
      snapshot.table.traffic.hits = hits
      snapshot.table.traffic.status[.serverError] = hits
      let size = Size(rows: 24, columns: columns)
      let layout = DashboardLayout(size: size, state, hasNotice: false)
      var renderer = DashboardRenderer(size: size, glyphs: .unicode)
      let view = DashboardView(snapshot, .following, state, rooms: layout.rooms(state))
      _ = renderer.draw(view, layout)
      let line = try #require(renderer.canvas.lines.first { $0.contains(" 5xx   ") })
      #expect(line.contains(hits > 0 ? " 100.0 % " : " 0.0 % "), "\(line)")
      #expect(!line.contains("…"), "\(line)")
    }
  }

  @Test(arguments: ["10", "0.001", "2.5", "22000", "100000000000000000000"])
  func theColumnsOfAlertsAreAligned(limit: String) throws {
    var places: Set<[Int]> = []
    for peak in Self.magnitudes {
      var display = Display(
        SampleLog(seconds: 1800, hasAlert: true), .following, Size(rows: 24, columns: 120))
      display.snapshot.highTraffic.definition.limit = try #require(Threshold(limit))
      let limit = display.snapshot.highTraffic.definition.limit
      for index in display.snapshot.transitions.indices {
        display.snapshot.transitions[index].rule.limit = limit
        display.snapshot.transitions[index].peak = .ratio(Rate(hits: peak, seconds: 1))
      }
      display.state.focus(.alerts)
      display.state.toggleZoom()
      display.draw()
      for word in ["for 1:28", "lasted 5:12", "lasted 1:27"] {
        let line = try #require(display.canvas.lines.first { $0.contains(word) })
        places.insert([line.columns(before: word), line.columns(before: "high traffic")])
        #expect(line.contains("203.0.113.0 +10.0/s"), "\(line)")
      }
    }
    #expect(places.count == 1, "\(places)")
  }

  @Test(arguments: [(24, 80), (24, 99), (36, 120), (60, 200)])
  func rateAndMeanMoveNothingInTheHeader(rows: Int, columns: Int) throws {
    var places: Set<[Int]> = []
    for hits in [1, 12, 123, 1234, 12_345, 123_456, 1_234_567] {
      var display = Display(.normal, Size(rows: rows, columns: columns))
      display.snapshot.rateNow = Rate(hits: hits, seconds: 1)
      display.snapshot.highTraffic.rate = Rate(hits: min(hits, 999), seconds: 1)
      display.draw()
      let lines = display.canvas.lines.prefix(3).joined(separator: "\n")
      places.insert(
        ["normal", "mean", "5xx", "4xx", "21:26:39", "hits", "access.log"].map {
          lines.columns(before: $0)
        })
    }
    #expect(places.count == 1, "\(places)")
  }
}

extension String {
  /// The number of columns before the first occurrence of a word.
  fileprivate func columns(before word: String) -> Int {
    range(of: word).map { unicodeScalars.distance(from: startIndex, to: $0.lowerBound) } ?? -1
  }
}
