import AccessLog
import DashboardModel
import SafeText

// One source of several, shown alone.

extension Dashboard {
  /// Lets all panes show only the selected source.
  func showSelectedSource() {
    guard !session.isReplay else {
      return show("a replay shows all sources together")
    }
    guard session.sources.count > 1 else { return show("there is no other source") }
    guard let name = state.selectedSource else { return show("j k selects a source first") }
    guard let source = session.sources.first(where: { $0.path == name }) else { return }
    guard source.listener == nil else {
      return show("its senders have rows of their own")
    }
    state.showSource(name)
  }

  /// Lets the pipelines show what the state asks for.
  func applyShownSource() {
    guard !session.isReplay else { return }
    let name = state.shownSource
    guard session.plain.shownSource != name || (frozen.map { $0.shownSource != name } ?? false)
    else { return }
    if !session.showSource(named: name) { state.showAllSources() }
    frozen?.showSource(named: name)
    isStale = true
    refreshIfNeeded()
  }

  /// Shows all sources again once the one that was shown is gone.
  func followShownSource() {
    guard let name = state.shownSource, session.plain.shownSource != name else { return }
    show("\(SafeString(name.bytes, limit: 40).text) is gone: all sources are shown again")
    state.showAllSources()
    applyShownSource()
  }
}
