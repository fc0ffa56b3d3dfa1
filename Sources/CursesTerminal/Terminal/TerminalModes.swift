import Glibc

/// The input and output modes of the terminal: the original ones, and those for the dashboard.
struct TerminalModes {
  private let descriptor: Int32
  private let original: termios?

  /// Saves the modes of a terminal. If the descriptor is not a terminal, the other methods do nothing.
  /// (tcgetattr(3))
  init(of descriptor: Int32) {
    self.descriptor = descriptor
    var modes = termios()
    original = tcgetattr(descriptor, &modes) == 0 ? modes : nil
  }

  /// Delivers every key immediately and without echo; Ctrl-C, Ctrl-\ and Ctrl-Z still send signals.
  func enableKeyInput() {
    guard var modes = original else { return }
    modes.c_lflag &= ~tcflag_t(ICANON | ECHO | ECHONL | IEXTEN)
    modes.c_lflag |= tcflag_t(ISIG)
    // Otherwise Ctrl-S would freeze the screen, and Ctrl-M would arrive as Ctrl-J.
    modes.c_iflag &= ~tcflag_t(IXON | ICRNL | INLCR | IGNCR)
    // Curses moves the cursor down with line feeds, which must not return it to the first column.
    modes.c_oflag &= ~tcflag_t(ONLCR)
    withUnsafeMutableBytes(of: &modes.c_cc) { characters in
      characters[Int(VMIN)] = 1
      characters[Int(VTIME)] = 0
    }
    set(modes)
  }

  /// Restores the original modes.
  func restore() {
    if let original { set(original) }
  }

  private func set(_ modes: termios) {
    // Block SIGTTOU, which would stop a program in the background.
    var stop = sigset_t()
    var mask = sigset_t()
    sigemptyset(&stop)
    sigaddset(&stop, SIGTTOU)
    pthread_sigmask(SIG_BLOCK, &stop, &mask)
    var modes = modes
    while tcsetattr(descriptor, TCSANOW, &modes) != 0 && errno == EINTR {}
    pthread_sigmask(SIG_SETMASK, &mask, nil)
  }
}
