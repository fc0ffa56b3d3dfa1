import DashboardModel
import TerminalCanvas
import TerminalKit
import Testing

@testable import DashboardPanes

/// The help at every size.
struct HelpTests {
  private static let sizes = [
    (6, 30), (8, 120), (10, 40), (12, 45), (14, 300), (20, 60), (24, 80), (36, 120), (60, 109),
    (60, 200), (100, 40), (100, 300),
  ]

  private func text(_ canvas: Canvas, _ area: Rectangle) -> [String] {
    area.lines.map { line in
      var text = String.UnicodeScalarView()
      for column in line.column..<line.endColumn {
        text.append(canvas.cell(row: line.row, column: column).scalar)
      }
      return String(text)
    }
  }

  @Test(arguments: sizes)
  func theWholeHelpCanBeRead(rows: Int, columns: Int) {
    var display = Display(.help, Size(rows: rows, columns: columns))
    let layout = display.layout
    let rooms = layout.rooms(display.state)
    let fits = rooms.help.lines <= rooms.help.visible
    #expect(fits || rows < 24 || columns < 80)
    var seen: [String] = []
    for _ in 0..<200 {
      let lines = text(display.canvas, layout.help.inside)
      seen += seen.isEmpty ? lines : lines.suffix(1)
      let before = display.state.helpOffset
      display.move(by: 1)
      if display.state.helpOffset == before { break }
      display.draw()
    }
    #expect(seen.count == max(rooms.help.lines, rooms.help.visible))
    #expect(fits == (display.state.helpOffset == 0))
    let all = seen.joined(separator: " ").split(separator: " ").joined(separator: " ")
    #expect(!all.contains("…"), "\(all)")
    for group in HelpKeys.groups {
      #expect(all.contains(group.title))
      for hint in group.keys {
        #expect(all.contains(hint.key), "\(hint.key)")
        let words = hint.meaning.split(separator: " ")
        #expect(words.allSatisfy { all.contains($0) }, "\(hint.meaning)")
      }
    }
  }

  @Test(arguments: sizes)
  func theBorderSaysHowToScrollOnlyWhereThereIsMore(rows: Int, columns: Int) {
    let display = Display(.help, Size(rows: rows, columns: columns))
    let help = display.layout.rooms(display.state).help
    let screen = display.canvas.lines.joined(separator: "\n")
    let isMore = help.lines > help.visible
    #expect(screen.contains(" of \(help.lines) ") == isMore)
    guard columns >= 40 else { return }
    #expect(screen.contains("j k scroll") == isMore)
    #expect(screen.contains("q closes"))
  }

  @Test func theHelpCoversTheScreenAndNothingIsLeftOfItWhenItCloses() {
    var display = Display(.alert, Size(rows: 24, columns: 80))
    let before = display.canvas
    display.state.toggleHelp()
    display.draw()
    #expect(display.canvas.lines.contains { $0.contains("Find who and where") })
    _ = display.state.back()
    display.draw()
    #expect(display.canvas.lines == before.lines)
    #expect(display.canvas.groundLines == before.groundLines)
  }
}
