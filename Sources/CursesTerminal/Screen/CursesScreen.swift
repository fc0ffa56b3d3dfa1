import CTerminalGuard
import Glibc
import TerminalCanvas

/// A screen on a terminal, by curses.
///
/// Curses works out what changed on the screen and how to say it, but writes into memory: the bytes
/// go on to the terminal as it takes them, so nothing here ever waits for one. One at a time.
package final class CursesScreen: Screen {
  package let glyphs: GlyphSet
  package private(set) var size: Size
  /// What a person should know of how this terminal is drawn, if anything. Holds no more than the
  /// characters that names of types are made of.
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
  /// Whether the window holds changes that the terminal was not told.
  private var isBehind = false

  /// Takes the terminal: alternate screen, cursor hidden, keys unseen and at once.
  ///
  /// - Throws: `TerminalFailure` before anything was written to the terminal.
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
    Self.arm(settings, description, screen: output.descriptor)
    guard let curses = Curses(settings, description) else {
      terminal_guard_disarm()
      modes.leaveKeyboard()
      throw .cannotStart(description.type)
    }
    self.curses = curses
    size = drawableSize(settings.measure(settings.output))
    modes.enterKeyboard()
    curses.resize(to: size)
    output.append(curses.takeOutput())
    output.append(description.beginMarkingPastes)
  }

  deinit {
    restore()
  }

  private static func notice(_ type: String, drawnAs other: String) -> String? {
    type == other ? nil : "drawn as \(other): this machine does not know '\(type)'"
  }

  private static func arm(
    _ settings: TerminalSettings, _ description: TerminalDescription, screen: Int32
  ) {
    description.restoring.withUnsafeBytes { bytes in
      _ = terminal_guard_arm(
        settings.input, screen, bytes.baseAddress, bytes.count, "lm2000")
    }
  }
}

// MARK: - Picture

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
    isBehind = isBehind || !areas.isEmpty
    flush()
  }

  package func flush() {
    // Only when the last frame is out does curses compare again: what it tells the terminal must
    // arrive whole and in order.
    guard state == .open, output.flush(), isBehind else { return }
    isBehind = false
    curses.update()
    output.append(curses.takeOutput())
    output.flush()
  }

  package func redraw() {
    guard state == .open else { return }
    // Another program may have left the terminal in modes of its own while we were stopped.
    modes.enterKeyboard()
    curses.repaint()
    isBehind = true
    flush()
  }

  @discardableResult
  package func resize() -> Bool {
    guard state != .closed else { return false }
    let now = drawableSize(settings.measure(settings.output))
    let isOther = now != size
    size = now
    curses.resize(to: now)
    isBehind = true
    return isOther
  }

  package func beep() {
    guard state == .open else { return }
    curses.ring()
    output.append(curses.takeOutput())
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

// MARK: - Giving the terminal back

extension CursesScreen {
  package func suspend() {
    guard state == .open else { return }
    leave()
    state = .suspended
  }

  package func lose() {
    guard state == .open else { return }
    output.cut()
    curses.end()
    _ = curses.takeOutput()
    terminal_guard_disarm()
    modes.leaveKeyboard()
    state = .suspended
  }

  package func resume() {
    guard state == .suspended else { return }
    state = .open
    keys = KeyReader()
    Self.arm(settings, description, screen: output.descriptor)
    modes.enterKeyboard()
    output.append(description.beginMarkingPastes)
    resize()
    redraw()
  }

  package func restore() {
    guard state != .closed else { return }
    if state == .open { leave() }
    state = .closed
    curses.close()
  }

  /// Leaves the alternate screen. A terminal that takes nothing cannot hold this up.
  private func leave() {
    // The rest of a frame would be gone with the screen in a moment. Curses does not know in which
    // style it was cut.
    output.cut()
    output.append(description.plain)
    output.append(description.endMarkingPastes)
    curses.end()
    output.append(curses.takeOutput())
    output.append(description.endOfPicture)
    let patience: Int32 = 200
    if !output.flush(waiting: patience) {
      output.discard()
      terminal_guard_restore()
    }
    terminal_guard_disarm()
    modes.leaveKeyboard()
  }
}
