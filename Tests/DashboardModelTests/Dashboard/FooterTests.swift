import AccessLog
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// The line at the bottom.
struct FooterTests {
  private func keys(_ pane: Pane, isReplay: Bool = false) -> [String] {
    var (status, state) = (RunStatus.sample(), ViewState())
    if isReplay { status.replay = .init(speed: "x60", position: 0.5, alerts: []) }
    state.focus(pane)
    return FooterModel(status, state).keys.map(\.key)
  }

  @Test func theKeysAreThoseOfThePaneWithTheFocus() {
    #expect(keys(.sections).prefix(5) == ["?", "q", "j k", "s", "/"])
    #expect(keys(.clients) == keys(.sections))
    #expect(keys(.chart).prefix(3) == ["?", "q", "Left Right"])
    #expect(keys(.alerts).prefix(3) == ["?", "q", "j k"])
    #expect(keys(.status).prefix(3) == ["?", "q", "w"])
    for pane in Pane.allCases {
      #expect(keys(pane).last == "t")
      #expect(keys(pane, isReplay: true).prefix(3) == ["?", "q", "Space"])
    }
  }

  @Test func inTheDetailsOfAnAlertTheKeysLeadBack() {
    var snapshot = Snapshot(SecondSeries(0...99))
    snapshot.addAlert(from: 50)
    var state = ViewState()
    state.focus(.alerts)
    _ = state.openSelectedAlert(snapshot, isLive: true)
    #expect(FooterModel(.sample(), state).keys.map(\.key) == ["?", "Esc", "Left Right", "a A"])
  }

  @Test func aMessageAndAPromptAreSafeForATerminal() {
    var (status, state) = (RunStatus.sample(), ViewState())
    status.message = "a\u{1B}[2J"
    state.prompt = "b\u{7}"
    let footer = FooterModel(status, state)
    #expect(footer.message?.text == #"a\x1B[2J"#)
    #expect(footer.prompt?.text.text == #"b\x07"# && footer.prompt?.purpose == "find")
  }
}
