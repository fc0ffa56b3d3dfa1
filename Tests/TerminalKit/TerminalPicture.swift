import SafeText
import TerminalCanvas

/// What a person sees: the cells that a terminal of xterm's kind makes of what it is sent. Styles are
/// left out, and of the sequences those that curses does not use.
package struct TerminalPicture {
  private var size: Size
  /// A character and its marks; empty where the one to the left is two columns wide.
  private var cells: [[String]]
  /// The rows that scroll; the others stay.
  private var region: Range<Int>
  private var saved = (row: 0, column: 0)
  private var row = 0
  private var column = 0
  /// The last column was written, and the next character goes to the next line.
  private var isPastEdge = false
  private var lastCharacter = " "
  private var pending: ArraySlice<UInt8> = []
  /// Sequences that are not understood here: what is seen is not to be trusted.
  package private(set) var unknown: Set<String> = []
  /// The cursor was sent to a place outside the screen.
  package private(set) var wasLeft = false

  /// - Parameter size: a terminal without one is as large as usual.
  package init(size: Size) {
    let size = size.rows > 0 && size.columns > 0 ? size : Size(rows: 24, columns: 80)
    self.size = size
    region = 0..<size.rows
    cells = Array(repeating: Array(repeating: " ", count: size.columns), count: size.rows)
  }

  /// Without the blanks at the end of each.
  package var lines: [String] {
    cells.map { row in
      let end = row.lastIndex { $0 != " " } ?? -1
      return row[...end].joined()
    }
  }

  /// Where the next character goes.
  package var cursor: (row: Int, column: Int) { (row, column) }

  /// The columns that each row takes.
  package var widths: [Int] {
    cells.map { $0.reduce(0) { $0 + SafeString($1).width } }
  }

  package mutating func resize(to size: Size) {
    var other = TerminalPicture(size: size)
    for row in 0..<min(size.rows, self.size.rows) {
      for column in 0..<min(size.columns, self.size.columns) {
        other.cells[row][column] = cells[row][column]
      }
    }
    cells = other.cells
    self.size = size
    region = 0..<size.rows
    go(to: min(row, size.rows - 1), min(column, size.columns - 1))
  }

  package mutating func take(_ bytes: [UInt8]) {
    let parsed = TerminalBytes(pending + bytes)
    pending = parsed.leftover
    for item in parsed.items {
      switch item {
      case .text(let bytes): write(String(decoding: bytes, as: UTF8.self))
      case .control(let byte): obey(byte)
      case .sequence(let text): obey(text)
      case .string(let text): unknown.insert(text)
      }
    }
  }

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

  /// Blanks; half of a wide character takes the other half along.
  private mutating func clear(_ row: Int, _ columns: Range<Int>) {
    guard !columns.isEmpty else { return }
    if cells[row][columns.lowerBound].isEmpty { cells[row][columns.lowerBound - 1] = " " }
    for column in columns { cells[row][column] = " " }
    if columns.upperBound < size.columns, cells[row][columns.upperBound].isEmpty {
      cells[row][columns.upperBound] = " "
    }
  }

  /// Moves the rest of the row, from the cursor on; what is free becomes blank.
  private mutating func shift(by columns: Int) {
    let count = min(abs(columns), size.columns - column)
    let blanks = Array(repeating: " ", count: count)
    if columns < 0 {
      cells[row].removeSubrange(column..<column + count)
      cells[row] += blanks
    } else {
      cells[row].removeLast(count)
      cells[row].insert(contentsOf: blanks, at: column)
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

  /// Moves rows up, or down where the number is negative; what is free becomes blank.
  private mutating func scroll(_ rows: Range<Int>, by number: Int) {
    let blank = Array(repeating: " ", count: size.columns)
    for _ in 0..<min(abs(number), rows.count) {
      cells.remove(at: number > 0 ? rows.lowerBound : rows.upperBound - 1)
      cells.insert(blank, at: number > 0 ? rows.upperBound - 1 : rows.lowerBound)
    }
  }

  private mutating func go(to row: Int, _ column: Int) {
    wasLeft = wasLeft || row < 0 || row >= size.rows || column < 0 || column >= size.columns
    self.row = max(0, min(row, size.rows - 1))
    self.column = max(0, min(column, size.columns - 1))
    isPastEdge = false
  }

  // MARK: - Commands

  private mutating func obey(_ control: UInt8) {
    switch control {
    case 0, 7, 14, 15: break
    case 8: go(to: row, column - 1)
    case 9: go(to: row, (column / 8 + 1) * 8)
    case 10: moveDown()
    case 13: go(to: row, 0)
    default: unknown.insert("C0 \(control)")
    }
  }

  private mutating func obey(_ sequence: String) {
    if sequence == "\u{1B}M" {
      if row == region.lowerBound { scroll(region, by: -1) } else { go(to: row - 1, column) }
      return
    }
    switch sequence {
    case "\u{1B}7": saved = (row, column)
    case "\u{1B}8": go(to: saved.row, saved.column)
    default: obeyControl(sequence)
    }
  }

  private mutating func obeyControl(_ sequence: String) {
    guard sequence.hasPrefix("\u{1B}["), let command = sequence.last else {
      if !["\u{1B}(B", "\u{1B}=", "\u{1B}>"].contains(sequence) { unknown.insert(sequence) }
      return
    }
    let figures = sequence.dropFirst(2).dropLast().split(
      separator: ";", omittingEmptySubsequences: false
    ).map { Int($0) }
    let first = figures.first.flatMap { $0 }
    let count = max(1, first ?? 1)
    switch command {
    case "A": go(to: row - count, column)
    case "B": go(to: row + count, column)
    case "C": go(to: row, column + count)
    case "D": go(to: row, column - count)
    case "G": go(to: row, count - 1)
    case "H": go(to: count - 1, (figures.count > 1 ? figures[1] ?? 1 : 1) - 1)
    case "J": eraseScreen(first ?? 0)
    case "K": clear(row, first == 1 ? 0..<column + 1 : column..<size.columns)
    case "X": clear(row, column..<min(size.columns, column + count))
    case "b": for _ in 0..<count { put(lastCharacter) }
    case "d": go(to: count - 1, column)
    case "P": shift(by: -count)
    case "@": shift(by: count)
    case "S": scroll(region, by: count)
    case "T": scroll(region, by: -count)
    case "M": scroll(row..<region.upperBound, by: count)
    case "L": scroll(row..<region.upperBound, by: -count)
    case "r":
      let last = figures.count > 1 ? figures[1] ?? size.rows : size.rows
      region = min(count - 1, size.rows - 1)..<min(max(last, count), size.rows)
      go(to: 0, 0)
    case "h", "l", "m", "t": break
    default: unknown.insert(sequence)
    }
  }

  private mutating func eraseScreen(_ part: Int) {
    if part == 0 { clear(row, column..<size.columns) }
    for other in part == 0 ? row + 1..<size.rows : 0..<size.rows { clear(other, 0..<size.columns) }
  }
}
