import Glibc
import TerminalCanvas

/// Opens the terminal that the program was started from, for keys while standard input is a log.
///
/// - Returns: its descriptor; nothing where there is none.
package func openControllingTerminal() -> Int32? {
  let descriptor = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
  return descriptor >= 0 ? descriptor : nil
}

/// What the terminal itself says; the environment may hold the size of another day.
package func terminalSize(_ descriptor: Int32) -> Size? {
  var size = winsize()
  guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 else { return nil }
  return Size(rows: Int(size.ws_row), columns: Int(size.ws_col))
}

/// A size that can be drawn: a terminal without one is taken for the usual 80x24, and one beyond all
/// screens is used in part.
func drawableSize(_ size: Size?) -> Size {
  guard let size, size.rows > 0, size.columns > 0 else { return Size(rows: 24, columns: 80) }
  return Size(rows: min(size.rows, 1_000), columns: min(size.columns, 2_000))
}

func hasHungUp(_ descriptor: Int32) -> Bool {
  var state = pollfd(fd: descriptor, events: 0, revents: 0)
  guard poll(&state, 1, 0) > 0 else { return false }
  return Int32(state.revents) & (POLLHUP | POLLERR | POLLNVAL) != 0
}
