import DashboardModel
import SafeText
import TerminalCanvas

/// A ranking: names, a bar of their share, and figures in columns of fixed width.
struct RankingPane: PaneListView {
  static let headRows = 1
  static let emptyText: SafeString = " no hits"

  let model: RankingModel

  /// Which of the model's columns fit, the widths they take, and what the bar gets.
  private struct Columns {
    var shown: [Int] = []
    var widths: [Int] = []
    var name = 0
    var bar = 0
  }

  private func columns(in width: Int) -> Columns {
    var columns = Columns()
    var left = width - 2 - 14
    let byRank = model.columns.indices.sorted {
      model.columns[$0].rank < model.columns[$1].rank
    }
    for index in byRank where model.columns[index].width <= left {
      columns.shown.append(index)
      left -= model.columns[index].width
    }
    columns.shown.sort()
    columns.widths = columns.shown.map { model.columns[$0].width }
    let room = left + 14
    // Long names matter more than long bars, but where there is room for all there is for both.
    columns.bar = room >= 22 ? room - max(14, min(room / 2, 40)) - 2 : 0
    columns.name = room - (columns.bar > 0 ? columns.bar + 2 : 0)
    return columns
  }

  func drawHead(in line: Rectangle, on canvas: inout Canvas) {
    let columns = columns(in: line.columns)
    canvas.draw(SafeString(" " + model.head), in: line, style: .muted)
    var column = line.columns - 1 - columns.widths.reduce(0, +)
    for (place, index) in columns.shown.enumerated() {
      let cell = line.slice(from: column, columns: columns.widths[place])
      canvas.draw(SafeString(model.columns[index].title), in: cell, style: .muted, align: .right)
      column += columns.widths[place]
    }
  }

  func draw(_ row: RankingModel.Row, in line: Rectangle, on canvas: inout Canvas) {
    let columns = columns(in: line.columns)
    canvas.draw(row.name, in: line.slice(from: 1, columns: columns.name))
    if columns.bar > 0 {
      canvas.bar(
        row.bar, in: line.slice(from: 1 + columns.name + 1, columns: columns.bar), track: .text)
    }
    var column = line.columns - 1 - columns.widths.reduce(0, +)
    for (place, index) in columns.shown.enumerated() {
      let cell = line.slice(from: column, columns: columns.widths[place])
      canvas.draw(
        SafeString(row.cells[index].text), in: cell, style: row.cells[index].emphasis.style,
        align: .right)
      column += columns.widths[place]
    }
    if row.isSelected { canvas.select(line) }
  }
}
