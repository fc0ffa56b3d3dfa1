import CNcurses
import Glibc
import TerminalCanvas

/// A curses window that covers the whole terminal and whose output is captured in memory.
final class Curses {
  private let terminal: OpaquePointer
  private let window: UnsafeMutablePointer<WINDOW>
  /// Keys are read from a window that is never displayed: reading from the other one would refresh it.
  private let keyWindow: UnsafeMutablePointer<WINDOW>
  private let outputFile: UnsafeMutablePointer<FILE>
  private let inputFile: UnsafeMutablePointer<FILE>
  /// The descriptor of the memory file that curses writes to; negative if it could not be created and
  /// curses writes to the terminal directly.
  private let memory: Int32
  private var palette: Palette
  /// The sequence that resets the terminal's palette. Curses sends it whenever it enters or leaves the
  /// screen. It is removed from the output: this program never changes the palette, but another one
  /// may have.
  private let paletteReset: [UInt8]
  /// Whether the cursor can be hidden. If not, it rests in the lower right corner.
  private var hidesCursor = true
  /// A reusable buffer for characters that have the same style.
  private var run: [wchar_t] = []

  /// Starts curses.
  ///
  /// - Returns: nil if the descriptors cannot be duplicated, or if curses rejects the terminal.
  init?(_ settings: TerminalSettings, _ description: TerminalDescription) {
    guard let outputFile = fdopen(fcntl(settings.output, F_DUPFD_CLOEXEC, 3), "w") else {
      return nil
    }
    guard let inputFile = fdopen(fcntl(settings.input, F_DUPFD_CLOEXEC, 3), "r") else {
      fclose(outputFile)
      return nil
    }
    // Take the size from the terminal, never from LINES and COLUMNS.
    use_env(false)
    use_tioctl(true)
    guard
      let terminal = preservingSignalActions({ newterm(description.type, outputFile, inputFile) }),
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
    // From here on curses writes to the memory file.
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
    // A waiting key must not interrupt a refresh.
    typeahead(-1)
    nodelay(keyWindow, true)
    keypad(keyWindow, true)
    // Esc is a key of its own if nothing follows within 25 ms.
    set_escdelay(25)
    KeyReader.defineKeys()
  }

  /// Changes the size of the window and clears it.
  func resize(to size: Size) {
    resize_term(Int32(size.rows), Int32(size.columns))
    werase(window)
    repaint()
  }

  /// Makes the next update write every cell.
  func repaint() {
    clearok(window, true)
  }

  /// Writes the changes since the last update to the terminal.
  func update() {
    if !hidesCursor { wmove(window, getmaxy(window) - 1, getmaxx(window) - 1) }
    wnoutrefresh(window)
    doupdate()
  }

  /// The output of curses since the last call.
  func drainOutput() -> [UInt8] {
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

  /// The next byte or the code of the next special key; nil where none is waiting.
  func readKey() -> Int32? {
    let code = wgetch(keyWindow)
    return code == ERR ? nil : code
  }

  /// Rings the bell.
  func ring() {
    CNcurses.beep()
  }

  /// Leaves the alternate screen until the next update.
  func end() {
    endwin()
  }

  /// Releases all resources. The object must not be used afterwards.
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
      if cell.style != first.style {
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
    palette.apply(cell.style, to: window)
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
