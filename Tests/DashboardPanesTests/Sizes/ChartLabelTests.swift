import AccessLog
import DashboardModel
import TerminalCanvas
import TerminalKit
import Testing
import TrafficAnalysis

@testable import DashboardPanes

/// The scale and the times of the chart at every size.
struct ChartLabelTests {
  /// The chart alone, of a log with the same hits in each second.
  private func chart(
    _ hits: Int, threshold: String = "10", _ size: Size, seconds: Int64 = 600
  ) throws -> (canvas: Canvas, inside: Rectangle) {
    var state = ViewState()
    state.focus(.chart)
    state.toggleZoom()
    var snapshot = Snapshot()
    for second in 0..<seconds {
      snapshot.history.append(
        SecondTotals(hits: hits), at: EpochSecond(1_549_573_000 + second))
    }
    snapshot.closedThrough = snapshot.history.last
    snapshot.highTraffic.definition.limit = try #require(Threshold(threshold))
    let layout = DashboardLayout(size: size, state, hasNotice: false)
    var renderer = DashboardRenderer(size: size, glyphs: .unicode)
    _ = renderer.draw(
      DashboardView(snapshot, .following, state, rooms: layout.rooms(state)), layout)
    return (renderer.canvas, try #require(layout.panes[.chart]).inside)
  }

  private func text(_ canvas: Canvas, _ line: Rectangle) -> String {
    var text = String.UnicodeScalarView()
    for column in line.column..<line.endColumn {
      text.append(canvas.cell(row: line.row, column: column).scalar)
    }
    return String(text)
  }

  @Test(arguments: [0, 1, 9, 99, 950, 9_000, 99_999, 100_000, 123_456, 7_000_000, Int(UInt32.max)])
  func labelsOfTheScaleAreCompleteAndEvenlySpaced(hits: Int) throws {
    for threshold in ["0.0002", "10", "80000"] {
      for rows in [8, 10, 14, 22, 25, 36, 60] {
        let (canvas, inside) = try chart(
          hits, threshold: threshold, Size(rows: rows, columns: 80))
        let labels = inside.lines.enumerated().compactMap { row, line in
          let label = text(canvas, line.slice(from: 0, columns: 5)).filter { $0 != " " }
          return label.isEmpty ? nil : (row, label)
        }
        expectEven(labels.map { ($0.0, Self.value($0.1)) }, labels.map(\.1))
        for line in inside.lines {
          #expect(text(canvas, line.slice(from: 5, columns: 1)) == " ")
        }
      }
    }
  }

  private func expectEven(_ ticks: [(row: Int, value: Double)], _ labels: [String]) {
    #expect(!labels.isEmpty && !labels.contains { $0.contains("…") }, "\(labels)")
    guard let zero = ticks.last, ticks.count > 1 else { return }
    let first = ticks[ticks.count - 2]
    for (index, tick) in ticks.reversed().enumerated() {
      #expect(tick.row == zero.row - index * (zero.row - first.row), "\(labels)")
      #expect(abs(tick.value - Double(index) * first.value) <= first.value * 1e-9, "\(labels)")
    }
  }

  private static func value(_ label: String) -> Double {
    let factors: [Character: Double] = ["k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12]
    guard let last = label.last, let factor = factors[last] else { return Double(label) ?? .nan }
    return (Double(label.dropLast()) ?? .nan) * factor
  }

  @Test(arguments: [30, 37, 40, 60, 80, 109, 120, 200, 300])
  func timesNeitherTouchNorAreCut(columns: Int) throws {
    for seconds in [Int64(20), 300, 600, 5000] {
      let (canvas, inside) = try chart(5, Size(rows: 24, columns: columns), seconds: seconds)
      let line = text(canvas, inside.line(inside.rows - 2))
      let times = line.split(separator: " ")
      #expect(!times.isEmpty, "\(line)")
      #expect(times.allSatisfy { $0.count == 5 || $0.count == 8 }, "\(line)")
    }
  }

  @Test func withoutHitsTheScaleReachesTheThreshold() throws {
    let (canvas, inside) = try chart(0, threshold: "10", Size(rows: 24, columns: 80))
    let labels = inside.lines.map { text(canvas, $0.slice(from: 0, columns: 5)) }
    #expect(labels.contains("   10"), "\(labels)")
    #expect(canvas.lines.contains { $0.contains("╌╌╌╌╌") })
  }
}
