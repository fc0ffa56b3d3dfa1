import SafeText
import TerminalCanvas

/// A terminal emulator for tests: what a terminal compatible with xterm displays. It knows only the
/// sequences that curses uses, and ignores queries.
package struct TerminalPicture {
  private var size: Size
  /// The character in each cell with its combining marks; empty for the right half of a wide character.
  private var cells: [[String]]
  /// The style of each cell.
  private var styles: [[TerminalStyle]]
  /// The style of the characters that are written next.
  private var style = TerminalStyle()
  /// The rows that scroll.
  private var region: Range<Int>
  private var saved = (row: 0, column: 0)
  private var row = 0
  private var column = 0
  /// Whether the last column was written, so that the next character goes to the next line.
  private var isPastEdge = false
  private var lastCharacter = " "
  private var pending: ArraySlice<UInt8> = []
  /// Unsupported sequences. If there are any, the picture may be wrong.
  package private(set) var unknown: Set<String> = []
  /// Whether the cursor was moved to a position outside the screen.
  package private(set) var movedOutside = false

  /// Creates a blank screen.
  ///
  /// - Parameter size: the size of the screen; an empty one counts as 24 rows of 80 columns.
  package init(size: Size) {
    let size = size.rows > 0 && size.columns > 0 ? size : Size(rows: 24, columns: 80)
    self.size = size
    region = 0..<size.rows
    cells = Array(repeating: Array(repeating: " ", count: size.columns), count: size.rows)
    styles = Array(
      repeating: Array(repeating: TerminalStyle(), count: size.columns), count: size.rows)
  }

  /// The characters of each row without trailing blanks.
  package var lines: [String] {
    cells.map { row in
      let end = row.lastIndex { $0 != " " } ?? -1
      return row[...end].joined()
    }
  }

  /// The style of a cell.
  package func style(row: Int, column: Int) -> TerminalStyle { styles[row][column] }

  /// The position of the cursor.
  package var cursor: (row: Int, column: Int) { (row, column) }

  /// The width of each row in columns.
  package var widths: [Int] {
    cells.map { $0.reduce(0) { $0 + SafeString($1).width } }
  }

  /// Changes the size and keeps the content of the cells that remain.
  package mutating func resize(to size: Size) {
    var other = TerminalPicture(size: size)
    for row in 0..<min(size.rows, self.size.rows) {
      for column in 0..<min(size.columns, self.size.columns) {
        other.cells[row][column] = cells[row][column]
        other.styles[row][column] = styles[row][column]
      }
    }
    cells = other.cells
    styles = other.styles
    self.size = size
    region = 0..<size.rows
    moveCursor(to: min(row, size.rows - 1), min(column, size.columns - 1))
  }

  /// Displays output of a program. A sequence may be split between two calls.
  package mutating func append(_ bytes: [UInt8]) {
    let parsed = TerminalBytes(pending + bytes)
    pending = parsed.leftover
    for item in parsed.items {
      switch item {
      case .text(let bytes): write(String(decoding: bytes, as: UTF8.self))
      case .control(let byte): execute(byte)
      case .sequence(let text): execute(text)
      case .string(let text): if !Self.queries.contains(text) { unknown.insert(text) }
      }
    }
  }

  /// Queries for the background, for synchronized output and for attributes.
  private static let queries: Set = [
    TerminalBytes.backgroundQuery, "\u{1B}[?2026$p", "\u{1B}[c",
  ]

  // MARK: - Cells

  private mutating func write(_ text: String) {
    for scalar in text.unicodeScalars {
      let isMark = scalar.properties.generalCategory == .nonspacingMark
      if isMark { mark(scalar) } else { put(String(scalar)) }
    }
  }

  private mutating func put(_ character: String) {
    let width = SafeString(character).width
    if isPastEdge || column + width > size.columns {
      column = 0
      moveDown()
    }
    guard column + width <= size.columns else { return }
    clear(row, column..<column + width)
    cells[row][column] = character
    for column in column..<column + width { styles[row][column] = style }
    if width == 2 { cells[row][column + 1] = "" }
    lastCharacter = character
    isPastEdge = column + width == size.columns
    column = min(column + width, size.columns - 1)
  }

  private mutating func mark(_ scalar: Unicode.Scalar) {
    var place = isPastEdge ? column : column - 1
    if place > 0, cells[row][place].isEmpty { place -= 1 }
    if place >= 0 { cells[row][place].unicodeScalars.append(scalar) }
  }

  /// Blanks cells, which get the current background as xterm's do; blanking half of a wide character
  /// blanks the other half too.
  private mutating func clear(_ row: Int, _ columns: Range<Int>) {
    guard !columns.isEmpty else { return }
    if cells[row][columns.lowerBound].isEmpty { cells[row][columns.lowerBound - 1] = " " }
    let blanks = repeatElement(" ", count: columns.count)
    cells[row].replaceSubrange(columns, with: blanks)
    styles[row].replaceSubrange(columns, with: repeatElement(style.erased, count: columns.count))
    if columns.upperBound < size.columns, cells[row][columns.upperBound].isEmpty {
      cells[row][columns.upperBound] = " "
    }
  }

  /// Moves the characters of the row from the cursor on; cells that become free are blank.
  private mutating func shift(by columns: Int) {
    let count = min(abs(columns), size.columns - column)
    let blanks = Array(repeating: " ", count: count)
    let plain = Array(repeating: style.erased, count: count)
    if columns < 0 {
      cells[row].removeSubrange(column..<column + count)
      cells[row] += blanks
      styles[row].removeSubrange(column..<column + count)
      styles[row] += plain
    } else {
      cells[row].removeLast(count)
      cells[row].insert(contentsOf: blanks, at: column)
      styles[row].removeLast(count)
      styles[row].insert(contentsOf: plain, at: column)
    }
    isPastEdge = false
  }

  private mutating func moveDown() {
    isPastEdge = false
    if row == region.upperBound - 1 {
      scroll(region, by: 1)
    } else {
      row = min(row + 1, size.rows - 1)
    }
  }

  /// Moves rows up, or down if the number is negative; rows that become free are blank.
  private mutating func scroll(_ rows: Range<Int>, by number: Int) {
    let blank = Array(repeating: " ", count: size.columns)
    let plain = Array(repeating: style.erased, count: size.columns)
    for _ in 0..<min(abs(number), rows.count) {
      let removed = number > 0 ? rows.lowerBound : rows.upperBound - 1
      let inserted = number > 0 ? rows.upperBound - 1 : rows.lowerBound
      cells.remove(at: removed)
      cells.insert(blank, at: inserted)
      styles.remove(at: removed)
      styles.insert(plain, at: inserted)
    }
  }

  private mutating func moveCursor(to row: Int, _ column: Int) {
    movedOutside =
      movedOutside || row < 0 || row >= size.rows || column < 0 || column >= size.columns
    self.row = max(0, min(row, size.rows - 1))
    self.column = max(0, min(column, size.columns - 1))
    isPastEdge = false
  }

  // MARK: - Commands

  private mutating func execute(_ control: UInt8) {
    switch control {
    case 0, 7, 14, 15: break
    case 8: moveCursor(to: row, column - 1)
    case 9: moveCursor(to: row, (column / 8 + 1) * 8)
    case 10: moveDown()
    case 13: moveCursor(to: row, 0)
    default: unknown.insert("C0 \(control)")
    }
  }

  private mutating func execute(_ sequence: String) {
    if sequence == "\u{1B}M" {
      if row == region.lowerBound {
        scroll(region, by: -1)
      } else {
        moveCursor(to: row - 1, column)
      }
      return
    }
    switch sequence {
    case "\u{1B}7": saved = (row, column)
    case "\u{1B}8": moveCursor(to: saved.row, saved.column)
    default: executeControlSequence(sequence)
    }
  }

  private mutating func executeControlSequence(_ sequence: String) {
    if Self.queries.contains(sequence) { return }
    guard sequence.hasPrefix("\u{1B}["), let command = sequence.last else {
      if !["\u{1B}(B", "\u{1B}=", "\u{1B}>"].contains(sequence) { unknown.insert(sequence) }
      return
    }
    let parameters = sequence.dropFirst(2).dropLast().split(
      separator: ";", omittingEmptySubsequences: false
    ).map { Int($0) }
    let first = parameters.first.flatMap { $0 }
    let count = max(1, first ?? 1)
    switch command {
    case "A": moveCursor(to: row - count, column)
    case "B": moveCursor(to: row + count, column)
    case "C": moveCursor(to: row, column + count)
    case "D": moveCursor(to: row, column - count)
    case "G": moveCursor(to: row, count - 1)
    case "H": moveCursor(to: count - 1, (parameters.count > 1 ? parameters[1] ?? 1 : 1) - 1)
    case "J": eraseScreen(first ?? 0)
    case "K": clear(row, first == 1 ? 0..<column + 1 : column..<size.columns)
    case "X": clear(row, column..<min(size.columns, column + count))
    case "b": for _ in 0..<count { put(lastCharacter) }
    case "d": moveCursor(to: count - 1, column)
    case "P": shift(by: -count)
    case "@": shift(by: count)
    case "S": scroll(region, by: count)
    case "T": scroll(region, by: -count)
    case "M": scroll(row..<region.upperBound, by: count)
    case "L": scroll(row..<region.upperBound, by: -count)
    case "r":
      let last = parameters.count > 1 ? parameters[1] ?? size.rows : size.rows
      region = min(count - 1, size.rows - 1)..<min(max(last, count), size.rows)
      moveCursor(to: 0, 0)
    case "m": style.apply(sequence.dropFirst(2).dropLast())
    case "h", "l", "t": break
    default: unknown.insert(sequence)
    }
  }

  private mutating func eraseScreen(_ part: Int) {
    if part == 0 { clear(row, column..<size.columns) }
    for other in part == 0 ? row + 1..<size.rows : 0..<size.rows { clear(other, 0..<size.columns) }
  }
}
