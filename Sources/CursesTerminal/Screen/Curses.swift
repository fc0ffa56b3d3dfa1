import CNcurses
import Glibc
import TerminalCanvas

/// A curses window that covers the whole terminal and whose output is captured in memory.
final class Curses {
  private let terminal: OpaquePointer
  let window: UnsafeMutablePointer<WINDOW>
  /// Keys are read from a window that is never displayed: reading from the other one would refresh it.
  private let keyWindow: UnsafeMutablePointer<WINDOW>
  private let outputFile: UnsafeMutablePointer<FILE>
  private let inputFile: UnsafeMutablePointer<FILE>
  /// The descriptor of the memory file that curses writes to; negative if it could not be created and
  /// curses writes to the terminal directly.
  private let memory: Int32
  private let colors: TerminalColors
  var palette: Palette
  /// The sequence that resets the terminal's palette. Curses sends it whenever it enters or leaves the
  /// screen. It is removed from the output: this program never changes the palette, but another one
  /// may have.
  private let paletteReset: [UInt8]
  private let moveHome: [UInt8]
  /// Whether the cursor must be moved home before the next output, because the terminal may have moved
  /// it.
  private var hasLostCursor = false
  /// Whether the sequences of the terminal's styles can be shortened.
  private let compressesStyles: Bool
  /// Whether the terminal may have a style that curses does not know of.
  private var hasUnknownStyle = true
  /// Whether the alternate screen is displayed.
  private var isDisplayed = false
  /// Whether the cursor can be hidden. If not, it rests in the lower right corner.
  private var hidesCursor = true
  /// A reusable buffer for characters that have the same style.
  var run: [wchar_t] = []
  /// Bytes that were typed before curses was started.
  private var typed: ArraySlice<UInt8>

  /// Starts curses.
  ///
  /// - Parameters:
  ///   - theme: the colours.
  ///   - isLight: whether the terminal's background is light.
  ///   - typed: bytes that were already read from the terminal; they are delivered as keys first.
  /// - Returns: nil if the descriptors cannot be duplicated, or if curses rejects the terminal.
  init?(
    _ settings: TerminalSettings, _ description: TerminalDescription, theme: Theme, isLight: Bool,
    typed: [UInt8]
  ) {
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
    colors = TerminalColors(
      isColored: settings.isColored,
      supportsTruecolor: description.supportsTruecolor(TerminalHints(settings.environment)))
    palette = Palette(ColorScheme(theme, depth: colors.depth, isLight: isLight), colors)
    paletteReset = description.paletteReset
    moveHome = description.moveHome
    compressesStyles = description.toleratesQueries
    self.typed = typed[...]
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

  /// Changes the size of the window and makes all cells blank. The next update writes every cell, over
  /// whatever the terminal displays.
  func resize(to size: Size) {
    if isDisplayed { loseCursor() }
    resize_term(Int32(size.rows), Int32(size.columns))
    werase(window)
    rewrite()
  }

  /// Uses other colours and makes all cells blank. The next update writes every cell.
  ///
  /// - Parameter isLight: whether the terminal's background is light.
  func setTheme(_ theme: Theme, isLight: Bool) {
    palette = Palette(ColorScheme(theme, depth: colors.depth, isLight: isLight), colors)
    werase(window)
    rewrite()
  }

  /// Makes the next update clear the terminal and write every cell.
  func repaint() {
    hasUnknownStyle = true
    clearok(window, true)
  }

  /// Makes the next update write every cell without clearing the terminal first, which would flicker.
  private func rewrite() {
    // The first frame has a terminal of unknown content, which curses clears.
    if isDisplayed { redrawwin(window) } else { repaint() }
  }

  /// Handles that the terminal may have moved the cursor, as it does when its size changes. Curses
  /// cannot be told, and would move the cursor relative to its former position. So curses moves it to
  /// the upper left corner, but that output is replaced by an absolute movement.
  private func loseCursor() {
    leaveok(window, false)
    wmove(window, 0, 0)
    wnoutrefresh(window)
    doupdate()
    discardOutput()
    leaveok(window, hidesCursor)
    hasLostCursor = true
  }

  /// The output that displays the changes since the last update.
  func update() -> [UInt8] {
    if !hidesCursor { wmove(window, getmaxy(window) - 1, getmaxx(window) - 1) }
    wnoutrefresh(window)
    doupdate()
    isDisplayed = true
    let frame = drainOutput()
    guard compressesStyles, !frame.isEmpty, !hasUnknownStyle else {
      hasUnknownStyle = hasUnknownStyle && frame.isEmpty
      return frame
    }
    return StyleCompressor.compress(frame)
  }

  /// The output of curses since the last call.
  func drainOutput() -> [UInt8] {
    guard memory >= 0 else { return [] }
    let count = Int(lseek(memory, 0, SEEK_CUR))
    guard count > 0 else { return [] }
    var bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      used = max(0, pread(memory, buffer.baseAddress!, count, 0))
    }
    discardOutput()
    if !paletteReset.isEmpty { bytes.replace(paletteReset, with: []) }
    if hasLostCursor { bytes = moveHome + bytes }
    hasLostCursor = false
    return palette.translating(bytes)
  }

  private func discardOutput() {
    guard memory >= 0 else { return }
    lseek(memory, 0, SEEK_SET)
    ftruncate(memory, 0)
  }

  /// The next byte or the code of the next special key; nil where none is waiting.
  func readKey() -> Int32? {
    if !typed.isEmpty { return readTyped() }
    let code = wgetch(keyWindow)
    return code == ERR ? nil : code
  }

  /// The next key of those that were typed before curses was started. (key_defined(3))
  private func readTyped() -> Int32 {
    if typed.first == 0x1B {
      // Longer texts that begin with the sequence of a key are reported as that key too.
      for length in 1...min(typed.count, 8) {
        let code = key_defined(String(decoding: typed.prefix(length), as: UTF8.self))
        guard code > 0 else { continue }
        typed = typed.dropFirst(length)
        return code
      }
    }
    return Int32(typed.removeFirst())
  }

  /// Rings the bell.
  func ring() {
    CNcurses.beep()
  }

  /// Leaves the alternate screen until the next update.
  func end() {
    endwin()
    isDisplayed = false
    hasLostCursor = false
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
