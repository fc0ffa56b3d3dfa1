import CTerminalGuard
import Glibc
import TerminalCanvas

/// A screen on a terminal, driven by curses.
///
/// Curses computes what changed and which sequences to send, but writes them into memory. From there
/// they are passed on as fast as the terminal accepts them, so no call waits for the terminal.
///
/// Curses has global state: only one screen may exist at a time.
package final class CursesScreen: Screen {
  /// The glyphs that the terminal can display.
  package let glyphs: GlyphSet
  /// The size that the terminal reported last.
  package private(set) var size: Size
  /// A message if the terminal is treated as one of another type. It contains no characters other than
  /// those of terminal names.
  package let notice: String?

  private enum State {
    case open
    case suspended
    case closed
  }

  private var state = State.open
  private let settings: TerminalSettings
  private let description: TerminalDescription
  private let modes: TerminalModes
  private var output: TerminalOutput
  private let curses: Curses
  private var keys = KeyReader()
  /// Whether the window has changes that were not written to the terminal.
  private var hasUnwrittenChanges = false

  /// Takes over the terminal: switches to the alternate screen, hides the cursor, and delivers keys at
  /// once and without echo.
  ///
  /// - Throws: `TerminalFailure`, in which case nothing was written to the terminal.
  package init(_ settings: TerminalSettings) throws(TerminalFailure) {
    guard fcntl(settings.output, F_GETFD) >= 0, fcntl(settings.input, F_GETFD) >= 0 else {
      throw .notOpen
    }
    self.settings = settings
    glyphs = settings.glyphs
    description = try TerminalDescription(type: settings.type, output: settings.output)
    notice = Self.notice(settings.type ?? "", drawnAs: description.type)
    modes = TerminalModes(of: settings.input)
    output = TerminalOutput(shared: settings.output)
    Self.armCrashHandler(settings, description, screen: output.descriptor)
    guard let curses = Curses(settings, description) else {
      terminal_guard_disarm()
      modes.restore()
      throw .cannotStart(description.type)
    }
    self.curses = curses
    size = drawableSize(settings.measure(settings.output))
    modes.enableKeyInput()
    curses.resize(to: size)
    output.append(curses.drainOutput())
    output.append(description.enableBracketedPaste)
  }

  deinit {
    restore()
  }

  private static func notice(_ type: String, drawnAs other: String) -> String? {
    type == other ? nil : "drawn as \(other): this machine does not know '\(type)'"
  }

  /// Makes a crash of the program restore the terminal.
  private static func armCrashHandler(
    _ settings: TerminalSettings, _ description: TerminalDescription, screen: Int32
  ) {
    description.restoreSequence.withUnsafeBytes { bytes in
      _ = terminal_guard_arm(
        settings.input, screen, bytes.baseAddress, bytes.count, "lm2000")
    }
  }
}

// MARK: - Display

extension CursesScreen {
  package var isReady: Bool {
    output.flush()
    return output.isEmpty
  }

  package var isGone: Bool {
    guard state == .open else { return false }
    output.check()
    return output.isGone || hasHungUp(settings.input)
  }

  package func present(_ canvas: Canvas, changed areas: [Rectangle]) {
    guard state != .closed else { return }
    let screen = Rectangle(row: 0, column: 0, rows: size.rows, columns: size.columns)
    for area in areas { curses.write(canvas, area.intersection(screen)) }
    hasUnwrittenChanges = hasUnwrittenChanges || !areas.isEmpty
    flush()
  }

  package func flush() {
    // Curses computes the next changes only after the last ones are written: its output must reach
    // the terminal completely and in order.
    guard state == .open, output.flush(), hasUnwrittenChanges else { return }
    hasUnwrittenChanges = false
    curses.update()
    output.append(curses.drainOutput())
    output.flush()
  }

  package func redraw() {
    guard state == .open else { return }
    // Another program may have changed the terminal's modes while this one was stopped.
    modes.enableKeyInput()
    curses.repaint()
    hasUnwrittenChanges = true
    flush()
  }

  @discardableResult
  package func resize() -> Bool {
    guard state != .closed else { return false }
    let newSize = drawableSize(settings.measure(settings.output))
    let hasChanged = newSize != size
    size = newSize
    curses.resize(to: newSize)
    hasUnwrittenChanges = true
    return hasChanged
  }

  package func beep() {
    guard state == .open else { return }
    curses.ring()
    output.append(curses.drainOutput())
    output.flush()
  }
}

// MARK: - Keys

extension CursesScreen {
  package func nextKey() -> Key {
    guard state == .open else { return .none }
    keys.now = settings.now()
    while let code = curses.readKey() {
      if let key = keys.key(code) { return key }
    }
    return keys.pause() ?? .none
  }
}

// MARK: - Suspending and restoring

extension CursesScreen {
  package func suspend() {
    guard state == .open else { return }
    leaveAlternateScreen()
    state = .suspended
  }

  package func detach() {
    guard state == .open else { return }
    output.truncate()
    curses.end()
    _ = curses.drainOutput()
    terminal_guard_disarm()
    modes.restore()
    state = .suspended
  }

  package func resume() {
    guard state == .suspended else { return }
    state = .open
    keys = KeyReader()
    Self.armCrashHandler(settings, description, screen: output.descriptor)
    modes.enableKeyInput()
    output.append(description.enableBracketedPaste)
    resize()
    redraw()
  }

  package func restore() {
    guard state != .closed else { return }
    if state == .open { leaveAlternateScreen() }
    state = .closed
    curses.close()
  }

  /// Leaves the alternate screen. A terminal that accepts no output delays this by 200 ms at most.
  private func leaveAlternateScreen() {
    // The rest of a frame need not be written, as the screen is about to disappear. Curses does not
    // know which style the terminal is left in then.
    output.truncate()
    output.append(description.resetStyle)
    output.append(description.disableBracketedPaste)
    curses.end()
    output.append(curses.drainOutput())
    output.append(description.finalLineEnd)
    if !output.flush(timeout: 200) {
      output.discard()
      terminal_guard_restore()
    }
    terminal_guard_disarm()
    modes.restore()
  }
}
