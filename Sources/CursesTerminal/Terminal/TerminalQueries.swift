import Glibc
import TerminalCanvas

/// Opens the controlling terminal, to read keys from while standard input is a log. (tty(4))
///
/// - Returns: a descriptor, or nil if the process has no controlling terminal.
package func openControllingTerminal() -> Int32? {
  let descriptor = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
  return descriptor >= 0 ? descriptor : nil
}

/// The size that the terminal itself reports; the size in the environment may be outdated.
/// (ioctl_tty(2))
///
/// - Returns: the size, which may be zero, or nil if the descriptor is not a terminal.
package func terminalSize(_ descriptor: Int32) -> Size? {
  var size = winsize()
  guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 else { return nil }
  return Size(rows: Int(size.ws_row), columns: Int(size.ws_col))
}

/// A size that can be drawn. A terminal that reports no size is assumed to have 24 rows of 80 columns;
/// of an implausibly large one only a part is used.
func drawableSize(_ size: Size?) -> Size {
  guard let size, size.rows > 0, size.columns > 0 else { return Size(rows: 24, columns: 80) }
  return Size(rows: min(size.rows, 1_000), columns: min(size.columns, 2_000))
}

/// Whether the terminal behind a descriptor was closed. (poll(2))
func hasHungUp(_ descriptor: Int32) -> Bool {
  var state = pollfd(fd: descriptor, events: 0, revents: 0)
  guard poll(&state, 1, 0) > 0 else { return false }
  return Int32(state.revents) & (POLLHUP | POLLERR | POLLNVAL) != 0
}
