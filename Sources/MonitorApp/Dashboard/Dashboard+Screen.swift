import DashboardModel
import TerminalCanvas

// Theme, mouse and zone, which are remembered with the order of the tables.

extension Dashboard {
  /// Uses the next theme.
  func changeTheme() {
    let all = Theme.allCases
    let theme = all[((all.firstIndex(of: screen.theme) ?? 0) + 1) % all.count]
    screen.setTheme(theme)
    remembered.theme = theme
    remember("theme: \(theme.rawValue)")
    redrawEverything()
  }

  func changeZone() {
    switch state.times.zone {
    case "local":
      state.times = .utc
      remembered.times = .utc
    case "UTC":
      state.times = .log(zone)
      remembered.times = .log
    default:
      state.times = .local
      remembered.times = .local
    }
    remember("times: \(state.times.zone)")
  }

  func toggleMouse() {
    let before = screen.reportsMouse
    screen.reportsMouse.toggle()
    guard screen.reportsMouse != before else { return show("this terminal has no mouse") }
    remembered.mouse = screen.reportsMouse
    remember(
      screen.reportsMouse
        ? "mouse on: click a pane, a row or a column heading; F2 off"
        : "mouse off: select text as usual")
  }

  /// What the list of sources is called among the orders that are remembered.
  private static let sourcesName = "sources"

  /// Remembers the order of the sources.
  func rememberSourceOrder() {
    let order = state.sourceOrder
    remembered.setSort(
      (order.column?.rawValue ?? "standard") + (order.isReversed ? "-reversed" : ""),
      of: Self.sourcesName)
    remember(nil)
  }

  /// Remembers the order of the focused table.
  func rememberSorting() {
    guard case .table(let slot) = state.focus else { return }
    let table = state.tables[slot]
    remembered.setSort(
      table.column.rawValue + (table.isReversed ? "-reversed" : ""), of: "\(slot + 1)")
    remember(nil)
  }

  /// Applies the choices of an earlier run. Zone and theme are set before.
  func applyRemembered() {
    if remembered.mouse == true { screen.reportsMouse = true }
    for (table, order) in remembered.sort {
      let words = order.split(separator: "-")
      if table == Self.sourcesName {
        let column = words.first.flatMap { SourceColumn(rawValue: String($0)) }
        state.setSourceOrder(SourceOrder(column, isReversed: words.count > 1))
        continue
      }
      guard let slot = Int(table), slot > 0,
        let column = words.first.flatMap({ TableColumn(rawValue: String($0)) })
      else { continue }
      state.restoreSorting(column, isReversed: words.count > 1, of: slot - 1)
    }
  }

  private func remember(_ message: String?) {
    let failure = saveView(remembered)
    if let text = failure ?? message { show(text) }
  }

  // MARK: - Mouse

  /// The rows that the wheel moves.
  private static let wheelRows = 3

  func handle(_ mouse: Mouse) {
    if state.showsHelp {
      if mouse.action != .press { scroll(mouse, .first) }
      return
    }
    guard let (pane, target) = layout.target(row: mouse.row, column: mouse.column, state) else {
      return
    }
    guard mouse.action == .press else {
      return state.openAlert == nil ? scroll(mouse, pane) : ()
    }
    if case .chartColumn(let column) = target {
      state.setCursor(column: column, displayedSnapshot, rooms, isLive: isLive)
    }
    // The details of an alert stay open: the chart above them is a part of them.
    guard state.openAlert == nil else { return }
    state.focus(pane)
    switch target {
    case .row(let row): click(row)
    case .head(let column):
      state.sort(by: column)
      rememberSorting()
    case .sourceHead(let column):
      state.sortSources(by: column)
      rememberSourceOrder()
    case .chartColumn, .elsewhere: break
    }
    applyShownSource()
  }

  /// Selects a row; a second click on an alert or a source opens it.
  private func click(_ row: Int) {
    let index = state.firstRow(of: state.focus) + row
    if state.focus == .alerts, state.selectedRow == index {
      _ = state.openSelectedAlert(displayedSnapshot, isLive: isLive)
    } else if state.focus == .sources, state.selectedRow == index {
      showSelectedSource()
    } else {
      state.select(index, displayedSnapshot, rooms)
    }
  }

  private func scroll(_ mouse: Mouse, _ pane: Pane) {
    let step = mouse.action == .wheelUp ? -Self.wheelRows : Self.wheelRows
    if state.showsHelp {
      state.move(by: step, displayedSnapshot, rooms)
    } else {
      state.scroll(pane, by: step, displayedSnapshot, rooms)
    }
  }
}
