import DashboardModel

/// All keys, grouped by what a person wants to do.
enum HelpKeys {
  struct Group: Sendable {
    var title: String
    var keys: [KeyHint]
  }

  static let groups = [
    Group(
      title: "Look around",
      keys: [
        KeyHint("1-\(Pane.allCases.count)", paneNames),
        KeyHint("Tab  Shift-Tab", "next, previous pane"),
        KeyHint("z", "pane on the whole screen, and back"),
        KeyHint("j k  Up Down", "select a row; its place is kept"),
        KeyHint("PgUp PgDn", "a page; also Ctrl-B Ctrl-F"),
        KeyHint("Ctrl-U Ctrl-D", "half a page"),
        KeyHint("g G  Home End", "first, last row"),
        KeyHint("Esc  q", "one level back; q at the top quits"),
      ]),
    Group(
      title: "Find who and where",
      keys: [
        KeyHint("/  F3", "find a name; n N next, previous"),
        KeyHint("s  F6", "sort by the next column"),
        KeyHint("S", "the other way round"),
        KeyHint("d D", "other names: sections, clients, codes"),
        KeyHint("w W", "window of the figures, 10 s to all"),
        KeyHint("=", "change: to the window before, an hour, a day before"),
      ]),
    Group(
      title: "See what happened",
      keys: [
        KeyHint("4 Enter", "what changed when an alert began"),
        KeyHint("a A", "next, previous alert"),
        KeyHint("1 Left Right", "a moment: its rate, and who had most"),
        KeyHint("c C", "span of the chart, 5 min to all"),
        KeyHint("Space  p", "pause and resume"),
      ]),
    Group(
      title: "Replay",
      keys: [
        KeyHint("> <  0", "faster, slower, original speed"),
        KeyHint("] [  } {", "10 s, 1 min on or back"),
        KeyHint("a A", "to the next, the previous alert"),
        KeyHint("Enter", "to the selected alert"),
        KeyHint(".", "skip the silence"),
      ]),
    Group(
      title: "Screen",
      keys: [
        KeyHint("t", "theme: dark, light, 16 colours"),
        KeyHint("T", "times: local, UTC, the log's"),
        KeyHint("F2", "mouse: click and wheel, or off"),
        KeyHint("Ctrl-L", "draw everything again"),
        KeyHint("?  h  F1", "this help"),
        KeyHint("Ctrl-C  F10", "quit at once"),
      ]),
  ]

  private static var paneNames: String {
    Pane.allCases.map(\.content.shortTitle).joined(separator: ", ")
  }
}
