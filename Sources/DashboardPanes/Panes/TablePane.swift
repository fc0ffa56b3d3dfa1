import DashboardModel
import SafeText
import TerminalCanvas

/// The pane with a ranking: names, sparklines and figures in columns of fixed width.
struct TablePane: PaneListView {
  static let headRows = 1
  static let emptyText: SafeString = " no hits in this window"

  let model: TableModel

  func drawHead(in line: Rectangle, on canvas: inout Canvas) {
    for (index, place) in model.layout.places.enumerated() {
      let isSorted = index == model.sorted
      var title = SafeString(model.heads[index])
      if isSorted {
        let mark = model.isReversed ? canvas.glyphs.up : canvas.glyphs.down
        // A letter marks it in ASCII, which a blank sets apart if there is room.
        let blank: SafeString = model.heads[index].count + 2 < place.width ? " " : ""
        title = canvas.glyphs.encoding == .ascii ? title + blank + mark : mark + title
      }
      let isLeft = place.column == .name || place.column == .trend
      canvas.draw(
        title, in: line.slice(from: place.start, columns: place.width),
        style: isSorted ? .strong : .muted, align: isLeft ? .left : .right)
    }
  }

  func draw(_ row: TableModel.Row, in line: Rectangle, on canvas: inout Canvas) {
    var cells = row.cells[...]
    for place in model.layout.places {
      let area = line.slice(from: place.start, columns: place.width)
      switch place.column {
      case .name:
        let name = row.name.truncatedInMiddle(to: place.width, as: canvas.glyphs.encoding)
        let style = row.isSelected ? Style.strong : row.nameEmphasis.style
        canvas.draw(name, in: area, style: style)
      case .trend:
        canvas.sparkline(row.trend, in: area, paint: .hits5)
      default:
        guard let words = cells.popFirst() else { continue }
        draw(words, in: area, on: &canvas)
      }
    }
    if row.isSelected { canvas.select(line) }
  }

  /// Draws a figure; a zero is a dot.
  private func draw(_ words: Words, in area: Rectangle, on canvas: inout Canvas) {
    if words.emphasis == .faint, words.text.isEmpty {
      canvas.fill(
        area.slice(from: area.columns - 1), with: canvas.glyphs.dot, style: words.emphasis.style)
    } else {
      canvas.draw(SafeString(words.text), in: area, style: words.emphasis.style, align: .right)
    }
  }
}
