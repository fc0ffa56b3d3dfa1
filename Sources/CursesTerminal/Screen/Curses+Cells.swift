import CNcurses
import TerminalCanvas

extension Curses {
  /// Copies an area of the canvas into the window, in runs of cells with the same style.
  func write(_ canvas: Canvas, _ area: Rectangle) {
    let area = area.intersection(canvas.bounds)
    guard !area.isEmpty else { return }
    for row in area.row..<area.endRow { writeRow(row, of: canvas, area) }
  }

  private func writeRow(_ row: Int, of canvas: Canvas, _ area: Rectangle) {
    var column = area.column
    // Half of a wide character cannot be written, so begin with its left half.
    if column > 0, canvas.cell(row: row, column: column).width == 0 { column -= 1 }
    var start = column
    var first = canvas.cell(row: row, column: column)
    run.removeAll(keepingCapacity: true)
    while column < area.endColumn {
      let cell = canvas.cell(row: row, column: column)
      if cell.style != first.style || cell.scalar.isBlockElement != first.scalar.isBlockElement {
        writeRun(row: row, column: start, like: first)
        start = column
        first = cell
      }
      let isWhole = column + Int(cell.width) <= Int(getmaxx(window))
      append(
        isWhole ? cell : cell.blank, marks: canvas.marks(row: row, column: column))
      column += max(1, Int(cell.width))
    }
    writeRun(row: row, column: start, like: first)
  }

  private func writeRun(row: Int, column: Int, like cell: Cell) {
    let isBlock = cell.scalar.isBlockElement
    let omitsBlocks = palette.apply(cell.style, isBlock: isBlock, to: window)
    if isBlock, omitsBlocks {
      run = Array(repeating: 0x20, count: run.count)
    }
    _ = curses_put(window, Int32(row), Int32(column), run, Int32(run.count))
    run.removeAll(keepingCapacity: true)
  }

  /// Adds a cell to the run. Curses asks the C library for the width of a character. If the C library
  /// does not know the character, or reports another width, question marks keep the columns aligned.
  private func append(_ cell: Cell, marks: [Unicode.Scalar]) {
    let character = wchar_t(bitPattern: cell.scalar.value)
    let width = Int32(cell.width)
    let isPlain = cell.scalar.value >= 0x20 && cell.scalar.value < 0x7F
    guard isPlain || (cell.scalar.value >= 0xA0 && curses_width(character) == width) else {
      run.append(contentsOf: repeatElement(0x3F, count: max(1, Int(width))))
      return
    }
    run.append(character)
    for mark in marks {
      let character = wchar_t(bitPattern: mark.value)
      if curses_width(character) == 0 { run.append(character) }
    }
  }
}
