import Glibc
import TerminalCanvas

/// A pseudoterminal: what a program writes to the inner side can be read from the outer side. (pty(7))
package final class PseudoTerminal {
  /// The descriptor of the user's side.
  package let outer: Int32
  /// The descriptor of the program's side.
  package let inner: Int32
  /// The path of the program's side, for another process.
  package let path: String

  /// Opens a new pseudoterminal.
  package init(size: Size = Size(rows: 24, columns: 80)) {
    outer = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var number: Int32 = 0
    var locked: Int32 = 0
    // TIOCGPTN and TIOCSPTLCK, which Swift does not import.
    precondition(ioctl(outer, 0x8004_5430, &number) == 0)
    precondition(ioctl(outer, 0x4004_5431, &locked) == 0)
    path = "/dev/pts/\(number)"
    inner = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    precondition(inner >= 0)
    _ = fcntl(outer, F_SETFL, O_NONBLOCK)
    resize(to: size)
  }

  deinit {
    close(inner)
    closeOuter()
  }

  /// Whether the user's side is open.
  package private(set) var isOpen = true

  /// Closes the user's side, as closing a terminal window does.
  package func closeOuter() {
    if isOpen { close(outer) }
    isOpen = false
  }

  /// Changes the size, which sends SIGWINCH to the foreground process group.
  package func resize(to size: Size) {
    var bytes = winsize()
    bytes.ws_row = UInt16(size.rows)
    bytes.ws_col = UInt16(size.columns)
    _ = ioctl(outer, UInt(TIOCSWINSZ), &bytes)
  }

  /// All output until now.
  ///
  /// The kernel passes bytes on with a delay, so this writes a marker and waits for it to arrive.
  package func read() -> [UInt8] {
    let mark = Array("\u{1}mark\u{2}".utf8)
    _ = mark.withUnsafeBytes { write(inner, $0.baseAddress, $0.count) }
    var result: [UInt8] = []
    while !result.suffix(mark.count).elementsEqual(mark), waitForOutput(30_000) {
      result += readOnce(atMost: 4_096)
    }
    return Array(result.dropLast(mark.count))
  }

  /// All output until now as text.
  package func readText() -> String { String(decoding: read(), as: UTF8.self) }

  /// At most `limit` bytes of the output that has arrived. Never blocks.
  package func readOnce(atMost limit: Int) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: limit)
    let count = Glibc.read(outer, &buffer, limit)
    return Array(buffer[..<max(0, count)])
  }

  /// Waits until output arrives, but at most `milliseconds`.
  ///
  /// - Returns: whether there is output.
  package func waitForOutput(_ milliseconds: Int32) -> Bool {
    var state = pollfd(fd: outer, events: Int16(POLLIN), revents: 0)
    return isOpen && poll(&state, 1, milliseconds) > 0
  }

  /// Types text.
  package func type(_ text: String) { type(Array(text.utf8)) }

  /// Types bytes.
  package func type(_ bytes: [UInt8]) { typeSome(bytes[...]) }

  /// Types as many bytes as the terminal accepts.
  ///
  /// - Returns: the number of bytes typed.
  @discardableResult
  package func typeSome(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.withUnsafeBytes { write(outer, $0.baseAddress, $0.count) }
  }

  /// Whether the program has not read all typed bytes yet. (tty_ioctl(4))
  package var hasUnreadKeys: Bool { unreadKeyCount > 0 }

  /// The number of typed bytes that have arrived and that the program has not read yet. (tty_ioctl(4))
  package var unreadKeyCount: Int {
    var count: Int32 = 0
    return ioctl(inner, UInt(FIONREAD), &count) == 0 ? Int(count) : 0
  }

  /// Sets the flags to earlier values of `modes`.
  package func setModes(like other: [UInt32]) {
    var modes = termios()
    tcgetattr(inner, &modes)
    (modes.c_iflag, modes.c_oflag) = (other[0], other[1])
    (modes.c_cflag, modes.c_lflag) = (other[2], other[3])
    tcsetattr(inner, TCSANOW, &modes)
  }

  /// The modes of the terminal: four sets of flags, then the special characters. (tcgetattr(3))
  package var modes: [UInt32] {
    var modes = termios()
    tcgetattr(inner, &modes)
    let characters = withUnsafeBytes(of: modes.c_cc) { $0.map(UInt32.init) }
    return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag] + characters
  }

  /// Whether the terminal edits and echoes lines, as under a shell.
  package var isCooked: Bool { modes[3] & UInt32(ICANON | ECHO) == UInt32(ICANON | ECHO) }
}
