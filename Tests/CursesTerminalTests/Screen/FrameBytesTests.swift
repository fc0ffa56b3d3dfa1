import SafeText
import TerminalCanvas
import Testing

@testable import CursesTerminal

/// The bytes that a frame costs on a slow connection.
extension CursesScreenTests {
  /// A chart of stacked columns as it is after some seconds, with a frame and a line of text.
  private func chart(_ size: Size, second: Int) -> Canvas {
    var canvas = Canvas(size: size)
    let area = canvas.frame(
      canvas.bounds, FrameTexts(title: [StyledText("Hits per second", .heading)]))
    for column in 0..<area.columns {
      let second = second + column
      let errors = second * 7 % 5 == 0 ? 2 : 0
      let total = 4 + second * second % 11
      for (row, line) in area.lines.reversed().enumerated() where row < total {
        let cell = line.slice(from: column, columns: 1)
        let ground = row < errors ? Paint.serverError : Paint.hits[min(7, row / 2)]
        canvas.clear(cell, style: Style(.text, on: ground))
        if row == total - 1 { canvas.fill(cell, with: "▃", style: Style(ground)) }
      }
    }
    canvas.draw("\(second) hits", in: area.line(0).slice(from: 2), style: .strong)
    return canvas
  }

  @Test(arguments: [
    ("xterm-256color", "", 8_000), ("xterm-256color", "truecolor", 12_000),
    ("tmux-256color", "", 8_000), ("tmux-256color", "truecolor", 12_000), ("xterm", "", 5_000),
  ])
  func aChartThatMovesByOneColumnCostsFewBytes(
    type: String, colorTerm: String, limit: Int
  ) throws {
    let size = Size(rows: 18, columns: 120)
    let screen = try RecordedScreen(size, type: type) { $0.environment = ["COLORTERM": colorTerm] }
    screen.present(chart(size, second: 0))
    let first = screen.drainOutput().count
    screen.present(chart(size, second: 1))
    let bytes = screen.drainOutput().count
    screen.resize(to: size)
    screen.present(chart(size, second: 1))
    let again = screen.drainOutput().count
    #expect(bytes < limit)
    #expect(again < first)
  }
}
