import Glibc
import TerminalCanvas

/// A program that runs on its own pseudoterminal, as if started from a shell: it is the leader of a
/// session that the terminal controls. It is killed when the object is released.
package final class TerminalProgram {
  /// The way a program ended.
  package enum Ending: Equatable, Sendable {
    /// It exited with a status.
    case exited(Int32)
    /// A signal killed it.
    case died(ofSignal: Int32)
  }

  /// The terminal that the program runs on.
  package let terminal: PseudoTerminal
  /// The process of the program.
  package let processID: pid_t
  /// The modes of the terminal before the program started.
  package let modesBefore: [UInt32]
  /// All bytes that have arrived at the terminal.
  package private(set) var output: [UInt8] = []
  /// The picture that the terminal displays.
  package private(set) var picture: TerminalPicture
  private var ending: Ending?
  /// The time in seconds after which waiting fails: more than a busy machine needs.
  private static let timeout = 60.0

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - words: the program's path and its arguments.
  ///   - environment: the whole environment.
  ///   - input: the descriptor for standard input; by default the terminal.
  ///   - errors: the descriptor for standard error; by default the terminal.
  /// - Throws: an error if the program cannot be started.
  package init(
    _ words: [String], environment: [String: String] = usualEnvironment,
    size: Size = Size(rows: 24, columns: 80), input: Int32? = nil, errors: Int32? = nil
  ) throws {
    terminal = PseudoTerminal(size: size)
    modesBefore = terminal.modes
    picture = TerminalPicture(size: size)
    processID = try startProgram(
      words, environment.map { $0.key + "=" + $0.value }, on: terminal.path, input, errors)
  }

  deinit {
    guard ending == nil else { return }
    kill(processID, SIGKILL)
    var status: Int32 = 0
    while waitpid(processID, &status, 0) < 0 && errno == EINTR {}
  }

  /// An environment for a terminal compatible with xterm and a UTF-8 locale.
  package static let usualEnvironment = [
    "TERM": "xterm-256color", "LANG": "C.UTF-8", "TZ": "UTC", "PATH": "/usr/bin:/bin",
    // A sanitizer must not report leaks, see `Ended.running`.
    "ASAN_OPTIONS": "detect_leaks=0",
  ]

  /// Sends a signal to the program.
  package func send(_ signal: Int32) { kill(processID, signal) }

  /// Whether the program is stopped. (proc_pid_stat(5))
  package var isStopped: Bool {
    guard let file = fopen("/proc/\(processID)/stat", "r") else { return false }
    defer { fclose(file) }
    var line = [UInt8](repeating: 0, count: 512)
    let count = fread(&line, 1, line.count, file)
    // The state follows the name, which is in parentheses.
    guard let end = line[..<count].lastIndex(of: UInt8(ascii: ")")) else { return false }
    return line[end + 2] == UInt8(ascii: "T")
  }

  /// Types all bytes, as fast as the terminal accepts them.
  package func typeAll(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    try wait("it takes what is typed") {
      while !rest.isEmpty {
        let count = terminal.typeSome(rest.prefix(4_096))
        guard count > 0 else { break }
        rest = rest.dropFirst(count)
      }
      return rest.isEmpty ? true : nil
    }
  }

  // MARK: - Output

  /// Reads the output that has arrived; waits at most `milliseconds` for it.
  ///
  /// - Returns: whether there was output.
  @discardableResult
  package func read(waiting milliseconds: Int32 = 0) -> Bool {
    let count = output.count
    if !terminal.isOpen { usleep(UInt32(milliseconds) * 1_000) }
    if terminal.waitForOutput(milliseconds) { append(terminal.readOnce(atMost: 65_536)) }
    return output.count > count
  }

  /// Reads at most `limit` bytes of output, like a slow connection.
  package func read(atMost limit: Int) { append(terminal.readOnce(atMost: limit)) }

  /// Changes the size of the terminal.
  package func resize(to size: Size) {
    // Output that has arrived already was drawn for the former size.
    while read() {}
    terminal.resize(to: size)
    picture.resize(to: size)
  }

  private func append(_ bytes: [UInt8]) {
    output += bytes
    picture.append(bytes)
  }

  /// Waits until the screen contains a text.
  ///
  /// - Returns: the screen.
  /// - Throws: `TerminalTimeout`, as all waiting functions.
  @discardableResult
  package func wait(for text: String) throws -> String {
    try wait("it shows \(text)") { screen.contains(text) ? screen : nil }
  }

  /// Waits until the screens of this program and another one are the same.
  package func waitUntilItLooks(like other: TerminalProgram) throws {
    try wait("it looks like another one") {
      other.read()
      return picture.lines == other.picture.lines ? true : nil
    }
  }

  /// The current screen, one line for each row.
  package var screen: String { picture.lines.joined(separator: "\n") }

  /// Reads output until a condition is met.
  ///
  /// - Parameters:
  ///   - expectation: what is waited for, for the message of a timeout.
  ///   - condition: returns a value as soon as it is met, and nil before.
  @discardableResult
  package func wait<Value>(
    _ expectation: String, until condition: () throws -> Value?
  ) throws -> Value {
    let end = monotonicSeconds() + Self.timeout
    while monotonicSeconds() < end {
      read(waiting: 20)
      if let value = try condition() { return value }
    }
    throw TerminalTimeout(
      expectation: expectation, screen: screen + "\nnot understood: \(picture.unknown)",
      output: output.suffix(300))
  }

  // MARK: - Ending

  /// The way the program ended, or nil while it runs.
  package func endingIfEnded() -> Ending? {
    if let ending { return ending }
    var status: Int32 = 0
    guard waitpid(processID, &status, WNOHANG) == processID else { return nil }
    let signal = status & 0x7F
    ending = signal == 0 ? .exited((status >> 8) & 0xFF) : .died(ofSignal: signal)
    if terminal.isOpen { append(terminal.read()) }
    return ending
  }

  /// Waits until the program ends, and reads the rest of its output.
  @discardableResult
  package func waitForEnd() throws -> Ending {
    try wait("it ends") { endingIfEnded() }
  }

  /// Whether no process of the program's process group is left.
  package var leftNoProcess: Bool { kill(-processID, 0) == -1 && errno == ESRCH }
}
