import DashboardModel
import SafeText
import TerminalCanvas

/// The help: all keys, over everything else. It scrolls if they do not fit.
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
  /// The column at which meanings begin beside their keys.
  private static let indent = 26
  /// The narrowest help with meanings beside their keys; a narrower one has them below.
  private static let minimumForTwoColumns = 46
  private static let width = 70

  /// The area of the help, in the middle of the screen.
  static func area(on screen: Rectangle) -> Rectangle {
    let columns = min(screen.columns, width)
    let rows = min(screen.rows, lines(in: columns - 2).count + 2)
    return Rectangle(
      row: (screen.rows - rows) / 2, column: (screen.columns - columns) / 2, rows: rows,
      columns: columns)
  }

  /// The help in lines of at most some columns.
  static func lines(in columns: Int) -> [[StyledText]] {
    keys.flatMap { keys, meaning in
      let key = StyledText(SafeString(" " + keys), .key)
      guard columns >= minimumForTwoColumns else {
        return [[key]]
          + wrapped(meaning, to: columns - 4).map { [StyledText("   "), StyledText($0)] }
      }
      let words = wrapped(meaning, to: columns - indent - 1)
      return words.enumerated().map { row, text in
        [StyledText((row == 0 ? key.text : .empty).padded(to: indent), .key), StyledText(text)]
      }
    }
  }

  /// The words of a text in lines of at most some columns.
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

  /// - Parameter offset: the first visible line.
  static func draw(from offset: Int, in area: Rectangle, on canvas: inout Canvas) {
    canvas.clear(area)
    let lines = lines(in: area.inside.columns)
    let visible = lines.dropFirst(offset).prefix(area.inside.rows)
    let more = visible.count < lines.count && !visible.isEmpty
    let inside = canvas.frame(
      area, title: "Keys", note: more ? "j k scroll, q closes" : "q closes",
      footnote: more ? "\(offset + 1)-\(offset + visible.count) of \(lines.count)" : "",
      focused: true)
    for (index, line) in visible.enumerated() { canvas.draw(line, in: inside.line(index)) }
  }
}
