import DashboardModel
import SafeText
import TerminalCanvas

/// The pane with a ranking: names, bars and figures in columns of fixed width.
struct RankingPane: PaneListView {
  static let headRows = 1
  static let emptyText: SafeString = " no hits"

  let model: RankingModel

  /// The columns of the model that fit, with all widths.
  private struct Columns {
    /// The indices of the columns that fit.
    var visible: [Int] = []
    var widths: [Int] = []
    var name = 0
    var bar = 0
  }

  private func columns(in width: Int) -> Columns {
    var columns = Columns()
    // The name needs at least 14 columns; a blank is left on either side.
    var remaining = width - 2 - 14
    let byRank = model.columns.indices.sorted {
      model.columns[$0].rank < model.columns[$1].rank
    }
    for index in byRank where model.columns[index].width <= remaining {
      columns.visible.append(index)
      remaining -= model.columns[index].width
    }
    columns.visible.sort()
    columns.widths = columns.visible.map { model.columns[$0].width }
    let room = remaining + 14
    // The name gets up to half of the room and at most 40 columns, the bar the rest.
    columns.bar = room >= 22 ? room - max(14, min(room / 2, 40)) - 2 : 0
    columns.name = room - (columns.bar > 0 ? columns.bar + 2 : 0)
    return columns
  }

  func drawHead(in line: Rectangle, on canvas: inout Canvas) {
    let columns = columns(in: line.columns)
    canvas.draw(SafeString(" " + model.head), in: line, style: .muted)
    var column = line.columns - 1 - columns.widths.reduce(0, +)
    for (position, index) in columns.visible.enumerated() {
      let cell = line.slice(from: column, columns: columns.widths[position])
      canvas.draw(SafeString(model.columns[index].title), in: cell, style: .muted, align: .right)
      column += columns.widths[position]
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
    for (position, index) in columns.visible.enumerated() {
      let cell = line.slice(from: column, columns: columns.widths[position])
      canvas.draw(
        SafeString(row.cells[index].text), in: cell, style: row.cells[index].emphasis.style,
        align: .right)
      column += columns.widths[position]
    }
    if row.isSelected { canvas.select(line) }
  }
}
