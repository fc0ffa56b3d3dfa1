import DashboardModel
import SafeText
import TerminalCanvas

/// All keys, over everything else; where they do not fit, a part of them.
struct HelpPane {
  private static let keys: [(keys: String, meaning: String)] = [
    ("? h F1", "this help"),
    ("q  Esc", "one level back; q at the top quits"),
    ("Ctrl-C", "quit at once"),
    ("Tab  Shift-Tab", "next or previous pane on the screen"),
    (
      "1-\(Pane.numbered.count)",
      Pane.numbered.map(\.content.shortTitle).joined(separator: ", ")
    ),
    ("z", "the pane on the whole screen, and back"),
    ("j k  Up Down", "select a row; its place is kept"),
    ("PgUp PgDn  Ctrl-B Ctrl-F", "a page up or down"),
    ("Ctrl-U Ctrl-D", "half a page"),
    ("g G  Home End", "first or last row"),
    ("Space p", "pause and resume"),
    ("w W", "window of the tables"),
    ("c C", "span of the chart"),
    ("T", "times: local, UTC, the log's"),
    ("Ctrl-L", "draw everything again"),
    ("> <  0", "replay: faster, slower, original speed"),
    ("] [  } {", "replay: 10 s or 1 min on or back"),
    ("A  Enter", "replay: to the next or selected alert"),
    (".", "replay: skip the silence"),
  ]
  /// Where the meanings begin that stand beside their keys.
  private static let indent = 26
  /// Columns that this takes at least; in fewer, they stand below them.
  private static let leastForTwo = 46
  private static let width = 70

  static func area(on screen: Rectangle) -> Rectangle {
    let columns = min(screen.columns, width)
    let rows = min(screen.rows, lines(in: columns - 2).count + 2)
    return Rectangle(
      row: (screen.rows - rows) / 2, column: (screen.columns - columns) / 2, rows: rows,
      columns: columns)
  }

  /// The help in lines of at most so many columns.
  static func lines(in columns: Int) -> [[StyledText]] {
    keys.flatMap { keys, meaning in
      let key = StyledText(SafeString(" " + keys), .key)
      guard columns >= leastForTwo else {
        return [[key]]
          + wrapped(meaning, to: columns - 4).map { [StyledText("   "), StyledText($0)] }
      }
      let words = wrapped(meaning, to: columns - indent - 1)
      return words.enumerated().map { row, text in
        [StyledText((row == 0 ? key.text : .empty).padded(to: indent), .key), StyledText(text)]
      }
    }
  }

  /// Words in lines of at most so many columns.
  private static func wrapped(_ text: String, to columns: Int) -> [SafeString] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= columns {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines.map { SafeString($0) }
  }

  /// - Parameter offset: the first line that can be seen.
  static func draw(from offset: Int, in area: Rectangle, on canvas: inout Canvas) {
    canvas.clear(area)
    let lines = lines(in: area.inside.columns)
    let shown = lines.dropFirst(offset).prefix(area.inside.rows)
    let more = shown.count < lines.count && !shown.isEmpty
    let inside = canvas.frame(
      area, title: "Keys", note: more ? "j k scroll, q closes" : "q closes",
      footnote: more ? "\(offset + 1)-\(offset + shown.count) of \(lines.count)" : "",
      focused: true)
    for (index, line) in shown.enumerated() { canvas.draw(line, in: inside.line(index)) }
  }
}
