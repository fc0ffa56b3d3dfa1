import Glibc
import TerminalCanvas

/// A program on a terminal of its own, as somebody would start it there: it leads its session, and
/// the terminal controls it. It is killed with the test.
package final class TerminalProgram {
  /// How a program ended.
  package enum Ending: Equatable, Sendable {
    case exited(Int32)
    case died(ofSignal: Int32)
  }

  package let terminal: PseudoTerminal
  package let processID: pid_t
  /// How the terminal was before.
  package let modesBefore: [UInt32]
  /// All bytes that arrived at the terminal until now.
  package private(set) var output: [UInt8] = []
  /// What a person sees.
  package private(set) var picture: TerminalPicture
  private var ending: Ending?
  /// In seconds; beyond all that a busy machine needs.
  private static let patience = 60.0

  /// - Parameters:
  ///   - words: the program's path, then its arguments.
  ///   - environment: all of it.
  ///   - input: what it reads on standard input; without one, the terminal.
  ///   - errors: where its standard error goes; without one, to the terminal.
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

  package static let usualEnvironment = [
    "TERM": "xterm-256color", "LANG": "C.UTF-8", "TZ": "UTC", "PATH": "/usr/bin:/bin",
    // See `Ended.running`: no sanitizer is to tell of leaks.
    "ASAN_OPTIONS": "detect_leaks=0",
  ]

  package func send(_ signal: Int32) { kill(processID, signal) }

  /// (proc_pid_stat(5))
  package var isStopped: Bool {
    guard let file = fopen("/proc/\(processID)/stat", "r") else { return false }
    defer { fclose(file) }
    var line = [UInt8](repeating: 0, count: 512)
    let count = fread(&line, 1, line.count, file)
    // The state stands after the name, which stands in parentheses.
    guard let end = line[..<count].lastIndex(of: UInt8(ascii: ")")) else { return false }
    return line[end + 2] == UInt8(ascii: "T")
  }

  /// Types all of it, as fast as it is taken.
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

  // MARK: - What it shows

  /// Takes what arrived, after waiting for it for at most so long.
  ///
  /// - Returns: whether something did.
  @discardableResult
  package func read(waiting milliseconds: Int32 = 0) -> Bool {
    let count = output.count
    if !terminal.isOpen { usleep(UInt32(milliseconds) * 1_000) }
    if terminal.waitForOutput(milliseconds) { take(terminal.readOnce(atMost: 65_536)) }
    return output.count > count
  }

  /// Takes at most so many bytes: a slow line.
  package func read(atMost limit: Int) { take(terminal.readOnce(atMost: limit)) }

  package func resize(to size: Size) {
    // What was on its way was drawn for the other size.
    while read() {}
    terminal.resize(to: size)
    picture.resize(to: size)
  }

  private func take(_ bytes: [UInt8]) {
    output += bytes
    picture.take(bytes)
  }

  /// Waits until the screen shows a text.
  ///
  /// - Returns: the screen.
  @discardableResult
  package func wait(for text: String) throws -> String {
    try wait("it shows \(text)") { screen.contains(text) ? screen : nil }
  }

  /// Waits until its screen and that of another program are the same.
  package func waitUntilItLooks(like other: TerminalProgram) throws {
    try wait("it looks like another one") {
      other.read()
      return picture.lines == other.picture.lines ? true : nil
    }
  }

  /// The screen as it is now, a line for each row.
  package var screen: String { picture.lines.joined(separator: "\n") }

  /// Waits until something holds, and reads meanwhile.
  @discardableResult
  package func wait<Value>(_ what: String, until holds: () throws -> Value?) throws -> Value {
    let end = monotonicSeconds() + Self.patience
    while monotonicSeconds() < end {
      read(waiting: 20)
      if let value = try holds() { return value }
    }
    throw TerminalTimeout(
      what: what, screen: screen + "\nnot understood: \(picture.unknown)",
      output: output.suffix(300))
  }

  // MARK: - How it ends

  /// How it ended, if it did.
  package func endedBefore() -> Ending? {
    if let ending { return ending }
    var status: Int32 = 0
    guard waitpid(processID, &status, WNOHANG) == processID else { return nil }
    let signal = status & 0x7F
    ending = signal == 0 ? .exited((status >> 8) & 0xFF) : .died(ofSignal: signal)
    if terminal.isOpen { take(terminal.read()) }
    return ending
  }

  /// Waits until it ended, and takes all that it wrote.
  @discardableResult
  package func waitForEnd() throws -> Ending {
    try wait("it ends") { endedBefore() }
  }

  /// Whether nothing that it started is left.
  package var leftNoProcess: Bool { kill(-processID, 0) == -1 && errno == ESRCH }
}
