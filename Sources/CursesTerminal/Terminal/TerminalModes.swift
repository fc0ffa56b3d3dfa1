import Glibc

/// How the terminal treats what is typed, before us and while we run.
struct TerminalModes {
  private let descriptor: Int32
  private let before: termios?

  /// Takes down the modes of a terminal; where it is none, nothing will be changed.
  init(of descriptor: Int32) {
    self.descriptor = descriptor
    var modes = termios()
    before = tcgetattr(descriptor, &modes) == 0 ? modes : nil
  }

  /// Every key comes at once and unseen; Ctrl-C, Ctrl-\ and Ctrl-Z stay signals.
  func enterKeyboard() {
    guard var modes = before else { return }
    modes.c_lflag &= ~tcflag_t(ICANON | ECHO | ECHONL | IEXTEN)
    modes.c_lflag |= tcflag_t(ISIG)
    // Ctrl-S would freeze the picture, and Ctrl-M be taken for Ctrl-J.
    modes.c_iflag &= ~tcflag_t(IXON | ICRNL | INLCR | IGNCR)
    // Curses moves the cursor with line feeds and expects that these do nothing else.
    modes.c_oflag &= ~tcflag_t(ONLCR)
    withUnsafeMutableBytes(of: &modes.c_cc) { characters in
      characters[Int(VMIN)] = 1
      characters[Int(VTIME)] = 0
    }
    set(modes)
  }

  /// As it was before.
  func leaveKeyboard() {
    if let before { set(before) }
  }

  private func set(_ modes: termios) {
    // From the background this would stop the program.
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
