import CTerminalGuard
import TerminalCanvas

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
    keys.reportsMouse = mouse
    Self.armCrashHandler(settings, description, screen: output.descriptor)
    modes.enableKeyInput()
    output.append(description.enableBracketedPaste)
    if mouse { output.append(MouseReports.enable) }
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
    if synchronizesOutput { output.append(SynchronizedOutput.end) }
    output.append(description.resetStyle)
    output.append(description.disableBracketedPaste)
    if mouse { output.append(MouseReports.disable) }
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
