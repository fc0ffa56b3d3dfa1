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
  /// The colours that are used.
  package private(set) var theme: Theme

  enum State {
    case open
    case suspended
    case closed
  }

  var state = State.open
  let settings: TerminalSettings
  let description: TerminalDescription
  let modes: TerminalModes
  var output: TerminalOutput
  let curses: Curses
  var keys = KeyReader()
  /// Whether the window has changes that were not written to the terminal.
  private var hasUnwrittenChanges = false
  /// Whether the terminal's background is light.
  private let isLight: Bool
  /// Whether each frame is sent as synchronized output.
  let synchronizesOutput: Bool
  var mouse = false

  /// Takes over the terminal: switches to the alternate screen, hides the cursor, and delivers keys at
  /// once and without echo. Before that, it asks the terminal for its background and its abilities if
  /// the settings allow it to wait for the answers.
  ///
  /// - Throws: `TerminalFailure`, in which case nothing was drawn.
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
    modes.enableKeyInput()
    let hints = TerminalHints(settings.environment)
    let answers = Self.ask(settings, hints, description, &output)
    isLight = answers.hasLightBackground ?? hints.hasLightBackground ?? false
    theme = settings.theme ?? (isLight ? .light : .dark)
    synchronizesOutput = answers.synchronizesOutput
    guard
      let curses = Curses(
        settings, description, theme: theme, isLight: isLight, typed: answers.typed)
    else {
      terminal_guard_disarm()
      modes.restore()
      throw .cannotStart(description.type)
    }
    self.curses = curses
    size = drawableSize(settings.measure(settings.output))
    // Curses has changed the modes.
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

  /// Asks the terminal for its background and its abilities, if it understands such queries.
  private static func ask(
    _ settings: TerminalSettings, _ hints: TerminalHints, _ description: TerminalDescription,
    _ output: inout TerminalOutput
  ) -> TerminalAnswers {
    guard settings.answerTimeout > 0, description.toleratesQueries else {
      return TerminalAnswers()
    }
    output.append(TerminalInquiry(asksMode: !hints.printsModeQueries).bytes)
    output.flush()
    return TerminalInquiry.answers(
      from: settings.input, timeout: settings.answerTimeout, now: settings.now)
  }

  /// Makes a crash of the program restore the terminal.
  static func armCrashHandler(
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
    let frame = curses.update()
    guard !frame.isEmpty else { return }
    if synchronizesOutput { output.append(SynchronizedOutput.begin) }
    output.append(frame)
    if synchronizesOutput { output.append(SynchronizedOutput.end) }
    output.flush()
  }

  package func setTheme(_ theme: Theme) {
    guard state != .closed else { return }
    self.theme = theme
    curses.setTheme(theme, isLight: isLight)
    // The blank screen is not displayed.
    hasUnwrittenChanges = false
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
    // The blank screen is not displayed.
    hasUnwrittenChanges = false
    return hasChanged
  }

  package func beep() {
    guard state == .open else { return }
    curses.ring()
    output.append(curses.drainOutput())
    output.flush()
  }
}

// MARK: - Keys and the mouse

extension CursesScreen {
  package var reportsMouse: Bool {
    get { mouse }
    set {
      guard description.hasMouse, newValue != mouse, state != .closed else { return }
      mouse = newValue
      keys.reportsMouse = newValue
      guard state == .open else { return }
      output.append(newValue ? MouseReports.enable : MouseReports.disable)
      output.flush()
    }
  }

  package func nextKey() -> Key {
    guard state == .open else { return .none }
    keys.now = settings.now()
    while let code = curses.readKey() {
      if let key = keys.key(code) { return key }
    }
    return keys.pause() ?? .none
  }
}
