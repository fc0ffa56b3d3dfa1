import DashboardModel
import SafeText
import TerminalCanvas

/// The details of one alert: what its names did before and during its window, side by side where there
/// is room.
struct AlertDetailsPane: PaneView {
  /// The narrowest list with all its figures.
  private static let narrowest = 36
  /// The least height that has room for the periods.
  private static let lowest = 10
  /// The width of the list of status codes beside others, which need the room for their names.
  private static let codeColumns = 32

  let model: AlertDetailsModel

  func draw(in inside: Rectangle, on canvas: inout Canvas) {
    var rest = inside.inset(left: 1, right: 1)
    // A low pane has room for names instead of the periods.
    rest = draw(model.summary, in: rest, on: &canvas)
    rest = draw(model.deliveries, in: rest, on: &canvas)
    if inside.rows >= Self.lowest { rest = draw(model.periods, in: rest, on: &canvas) }
    guard !model.lists.isEmpty else { return }
    rest = rest.inset(top: rest.rows > 12 ? 1 : 0)
    let columns = max(1, min(model.lists.count, rest.columns / Self.narrowest))
    if columns == model.lists.count {
      let widths = model.lists.dropLast().map { _ in Extent.share(1) } + [.fixed(Self.codeColumns)]
      let parts = rest.split(columns: widths, gap: 2)
      for (list, part) in zip(model.lists, parts) { draw(list, in: part, on: &canvas) }
      return
    }
    // One below the other, each with an equal share of the rows; as many as have room for a name.
    let lists = model.lists.prefix(max(1, rest.rows / 2))
    for (list, part) in zip(lists, rest.split(rows: lists.map { _ in .share(1) })) {
      draw(list, in: part, on: &canvas)
    }
  }

  /// Draws words in as many lines as they need.
  ///
  /// - Returns: the area below them.
  private func draw(_ words: [Words], in area: Rectangle, on canvas: inout Canvas) -> Rectangle {
    var (rest, column) = (area, 0)
    for word in words {
      let styled = word.styled
      if column > 0, column + styled.text.width > rest.columns {
        (rest, column) = (rest.inset(top: 1), 0)
      }
      column += canvas.draw([styled], in: rest.line(0).slice(from: column)) + 2
    }
    return words.isEmpty ? rest : rest.inset(top: 1)
  }

  private func draw(_ list: AlertDetailsModel.List, in area: Rectangle, on canvas: inout Canvas) {
    let widths = [8, 8, 9]
    let name = area.slice(from: 0, columns: area.columns - widths.reduce(0, +))
    func draw(_ figures: [Words], in line: Rectangle) {
      var start = name.columns
      for (words, width) in zip(figures, widths) {
        canvas.draw(
          SafeString(words.text), in: line.slice(from: start, columns: width),
          style: words.emphasis.style, align: .right)
        start += width
      }
    }
    canvas.draw(SafeString(list.title), in: name.line(0), style: .heading)
    draw(["before", "during", "change"].map { Words($0, .muted) }, in: area.line(0))
    if list.rows.isEmpty { canvas.draw("none grew", in: name.line(1), style: .muted) }
    for (index, row) in list.rows.enumerated() where index + 1 < area.rows {
      let line = area.line(index + 1)
      canvas.draw(
        row.name.truncatedInMiddle(to: name.columns, as: canvas.glyphs.encoding),
        in: name.line(index + 1))
      draw([Words(row.before, .muted), Words(row.during), Words(row.change, .alert)], in: line)
    }
  }
}
