import SafeText
import TerminalCanvas

/// All keys, over everything else.
struct HelpPane {
  private static let keys: [(keys: SafeString, meaning: SafeString)] = [
    ("? h F1", "this help"),
    ("q  Esc", "one level back; q at the top quits"),
    ("Ctrl-C", "quit at once"),
    ("Tab  Shift-Tab  1-5", "go to a pane"),
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

  static func draw(on canvas: inout Canvas) {
    let screen = canvas.bounds
    let width = min(screen.columns, 68)
    let height = min(screen.rows, keys.count + 2)
    let area = Rectangle(
      row: (screen.rows - height) / 2, column: (screen.columns - width) / 2, rows: height,
      columns: width)
    canvas.clear(area)
    let inside = canvas.frame(area, title: "Keys", note: "q closes", focused: true)
    for (index, key) in keys.enumerated() where index < inside.rows {
      let line = inside.line(index)
      canvas.draw(key.keys, in: line.inset(left: 1), style: .key)
      canvas.draw(key.meaning, in: line.cut(from: 26), style: .text)
    }
  }
}
