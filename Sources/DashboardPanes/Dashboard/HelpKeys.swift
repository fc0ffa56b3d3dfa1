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
        KeyHint("1 to \(Pane.allCases.count)", "a pane, by its number"),
        KeyHint("Tab Shift-Tab", "next, previous pane"),
        KeyHint("z", "whole screen, and back"),
        KeyHint("j k Up Down", "select a row"),
        KeyHint("PgUp PgDn", "a page (Ctrl-B Ctrl-F)"),
        KeyHint("Ctrl-U Ctrl-D", "half a page"),
        KeyHint("g G Home End", "first, last row"),
        KeyHint("Esc q", "back; then quit"),
      ]),
    Group(
      title: "Find who and where",
      keys: [
        KeyHint("/ F3", "find a name"),
        KeyHint("n N", "next, previous match"),
        KeyHint("s F6", "sort by next column"),
        KeyHint("S", "reverse the order"),
        KeyHint("d D", "sections, clients, codes"),
        KeyHint("w W", "window of the figures"),
        KeyHint("=", "compare with before, 1 h"),
        KeyHint("6 Enter", "one server or log alone"),
      ]),
    Group(
      title: "See what happened",
      keys: [
        KeyHint("4 Enter", "what an alert changed"),
        KeyHint("7 j k", "the alerts of one rule"),
        KeyHint("a A", "next, previous alert"),
        KeyHint("1 Left Right", "the chart: when, who"),
        KeyHint("] [ } {", "10 s, 1 min on, back"),
        KeyHint("c C", "span of the chart"),
        KeyHint("Space p", "pause and resume"),
      ]),
    Group(
      title: "Replay",
      keys: [
        KeyHint("> < 0", "faster, slower, x1"),
        KeyHint(".", "skip the silence"),
      ]),
    Group(
      title: "Screen",
      keys: [
        KeyHint("t", "theme: dark, light, 16"),
        KeyHint("T", "times: local, UTC, log"),
        KeyHint("F2", "mouse on, off"),
        KeyHint("Ctrl-L", "draw it all again"),
        KeyHint("? h F1", "this help"),
        KeyHint("Ctrl-C F10", "quit at once"),
      ]),
  ]
}
