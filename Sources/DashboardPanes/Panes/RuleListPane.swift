import DashboardModel
import SafeText
import TerminalCanvas

/// The pane with the rules, a row each.
struct RuleListPane: PaneListView {
  static let headRows = 1
  static let emptyText: SafeString = " no rule: --alert adds one"
  /// The least room for a name beside what follows it.
  private static let shortestName = 8

  let model: RuleListModel

  func drawHead(in line: Rectangle, on canvas: inout Canvas) {
    for place in model.layout.places {
      canvas.draw(
        SafeString(place.column.title), in: line.slice(from: place.start, columns: place.width),
        style: .muted, align: place.column == .value ? .right : .left)
    }
  }

  func draw(_ row: RuleListModel.Row, in line: Rectangle, on canvas: inout Canvas) {
    for place in model.layout.places {
      draw(
        place.column, of: row, in: line.slice(from: place.start, columns: place.width), on: &canvas)
    }
    if row.isSelected { canvas.select(line) }
  }

  private func draw(
    _ column: RuleLayout.Column, of row: RuleListModel.Row, in cell: Rectangle,
    on canvas: inout Canvas
  ) {
    let encoding = canvas.glyphs.encoding
    func middle(_ text: SafeString) -> SafeString {
      text.truncatedInMiddle(to: cell.columns, as: encoding)
    }
    switch column {
    case .state: drawState(row.state, in: cell, on: &canvas)
    case .name:
      canvas.draw(middle(row.name), in: cell, style: row.isActive ? .alert : .strong)
    case .watched: canvas.draw(middle(row.watched), in: cell)
    case .gauge: if let gauge = row.gauge { GaugeBar(gauge: gauge).draw(in: cell, on: &canvas) }
    case .value:
      guard row.value.text.isEmpty else {
        canvas.draw([row.value.styled], in: cell, align: .right)
        return
      }
      canvas.fill(cell.slice(from: cell.columns - 1), with: canvas.glyphs.dot, style: .faint)
    case .limit: canvas.draw(SafeString(row.limit), in: cell, style: .muted)
    case .worst: drawWorst(row, in: cell, on: &canvas)
    case .terms: canvas.draw(middle(row.terms), in: cell, style: .muted)
    }
  }

  private func drawState(_ state: Words, in cell: Rectangle, on canvas: inout Canvas) {
    let mark =
      switch state.emphasis {
      case .alert: canvas.glyphs.active
      case .good: canvas.glyphs.ended
      default: SafeString(String(canvas.glyphs.dot))
      }
    canvas.draw([StyledText(mark, state.emphasis.style)], in: cell)
    canvas.draw([state.styled], in: cell.slice(from: RuleLayout.mark))
  }

  /// Draws the worst name, and after it as much about the others as leaves room for a name.
  private func drawWorst(
    _ row: RuleListModel.Row, in cell: Rectangle, on canvas: inout Canvas
  ) {
    let texts = (0...row.others.count).reversed().map { count in
      SafeString(row.others.prefix(count).map { " " + $0 }.joined(separator: ","))
    }
    let needed = min(Self.shortestName, row.worst?.name.width ?? 0)
    let others = texts.first { $0.width + needed <= cell.columns } ?? .empty
    var used = 0
    if let worst = row.worst {
      let name = worst.name.truncatedInMiddle(
        to: cell.columns - others.width, as: canvas.glyphs.encoding)
      used = canvas.draw(name, in: cell, style: worst.emphasis.style)
    }
    canvas.draw(others, in: cell.slice(from: used), style: row.isActive ? .alert : .muted)
  }
}
