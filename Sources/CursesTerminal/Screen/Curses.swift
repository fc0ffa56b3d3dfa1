import CNcurses
import Glibc
import TerminalCanvas

/// One window of curses that fills a terminal, and whose output is caught in memory.
final class Curses {
  private let terminal: OpaquePointer
  private let window: UnsafeMutablePointer<WINDOW>
  /// Keys are read from a window that is never shown: reading from the other one would show it.
  private let keyWindow: UnsafeMutablePointer<WINDOW>
  private let outputFile: UnsafeMutablePointer<FILE>
  private let inputFile: UnsafeMutablePointer<FILE>
  /// What curses wrote; negative where there is no memory file and it writes to the terminal itself.
  private let memory: Int32
  private let palette: Palette
  /// Coming back to the screen and leaving it, curses sets the terminal's colours back to those of
  /// its start. We never change them, and somebody else may have.
  private let paletteReset: [UInt8]
  /// Whether the cursor can be hidden. Where it cannot, it rests in a corner.
  private var hidesCursor = true
  /// The characters of a run, kept to be used again.
  private var run: [wchar_t] = []

  /// Starts curses on a terminal whose type is known to work.
  init?(_ settings: TerminalSettings, _ description: TerminalDescription) {
    guard let outputFile = fdopen(fcntl(settings.output, F_DUPFD_CLOEXEC, 3), "w") else {
      return nil
    }
    guard let inputFile = fdopen(fcntl(settings.input, F_DUPFD_CLOEXEC, 3), "r") else {
      fclose(outputFile)
      return nil
    }
    // Sizes come from the terminal, never from LINES and COLUMNS.
    use_env(false)
    use_tioctl(true)
    guard let terminal = keepingSignals({ newterm(description.type, outputFile, inputFile) }),
      let window = curses_window(), let keyWindow = newpad(1, 1)
    else {
      fclose(outputFile)
      fclose(inputFile)
      return nil
    }
    self.terminal = terminal
    self.window = window
    self.keyWindow = keyWindow
    self.outputFile = outputFile
    self.inputFile = inputFile
    // From here on the descriptor that curses writes to is the file in memory.
    memory = curses_memory_file()
    if memory >= 0 { dup2(memory, fileno(outputFile)) }
    palette = Palette(isColored: settings.isColored)
    paletteReset = description.paletteReset
    setModes()
  }

  private func setModes() {
    noecho()
    nonl()
    hidesCursor = curs_set(0) != ERR
    leaveok(window, hidesCursor)
    // A key that waits must not cut a frame in two.
    typeahead(-1)
    nodelay(keyWindow, true)
    keypad(keyWindow, true)
    // A lone Esc is a key, not the beginning of one, after 25 ms.
    set_escdelay(25)
    KeyReader.defineKeys()
  }

  func resize(to size: Size) {
    resize_term(Int32(size.rows), Int32(size.columns))
    werase(window)
    repaint()
  }

  /// With the next update every cell is written anew.
  func repaint() {
    clearok(window, true)
  }

  /// Tells the terminal what changed since the last update.
  func update() {
    if !hidesCursor { wmove(window, getmaxy(window) - 1, getmaxx(window) - 1) }
    wnoutrefresh(window)
    doupdate()
  }

  /// Takes what curses wrote since the last time.
  func takeOutput() -> [UInt8] {
    guard memory >= 0 else { return [] }
    let count = Int(lseek(memory, 0, SEEK_CUR))
    guard count > 0 else { return [] }
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      used = max(0, pread(memory, buffer.baseAddress!, count, 0))
    }
    lseek(memory, 0, SEEK_SET)
    ftruncate(memory, 0)
    return paletteReset.isEmpty ? bytes : bytes.replacing(paletteReset, with: [])
  }

  /// A byte that was typed, or the number of a special key; nothing where none waits.
  func readKey() -> Int32? {
    let code = wgetch(keyWindow)
    return code == ERR ? nil : code
  }

  func ring() {
    CNcurses.beep()
  }

  /// Leaves the alternate screen until the next update.
  func end() {
    endwin()
  }

  func close() {
    delwin(keyWindow)
    delscreen(terminal)
    fclose(outputFile)
    fclose(inputFile)
    if memory >= 0 { Glibc.close(memory) }
  }
}

// MARK: - Cells

extension Curses {
  /// Puts an area of the canvas into the window, in runs of one look.
  func write(_ canvas: Canvas, _ area: Rectangle) {
    let area = area.intersection(canvas.bounds)
    guard !area.isEmpty else { return }
    for row in area.row..<area.endRow { writeRow(row, of: canvas, area) }
  }

  private func writeRow(_ row: Int, of canvas: Canvas, _ area: Rectangle) {
    var column = area.column
    // Half a wide character cannot be written: begin with the whole.
    if column > 0, canvas.cell(row: row, column: column).width == 0 { column -= 1 }
    var start = column
    var first = canvas.cell(row: row, column: column)
    run.removeAll(keepingCapacity: true)
    while column < area.endColumn {
      let cell = canvas.cell(row: row, column: column)
      if cell.style != first.style || cell.isSelected != first.isSelected {
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
    palette.apply(cell.style, isSelected: cell.isSelected, to: window)
    _ = curses_put(window, Int32(row), Int32(column), run, Int32(run.count))
    run.removeAll(keepingCapacity: true)
  }

  /// Adds a cell to the run. Curses asks the C library how wide a character is; where that one does
  /// not know it, or says otherwise, a question mark keeps the columns in their place.
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
