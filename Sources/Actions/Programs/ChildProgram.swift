import CSpawn
import Glibc

/// All programs that actions run.
package enum ChildPrograms {
  /// Kills all that run, and lets no further one be started. For the moment before this process ends at
  /// once, on any thread: it takes no locks.
  package static func killAll() { cspawn_kill_all() }
}

/// A program that is run without a shell: in a session and a process group of its own, without a
/// terminal, with default signals, and with no descriptors but 0 to 2.
///
/// This process must ignore or block SIGPIPE: the program need not read its input.
struct ChildProgram {
  /// How a run has ended.
  enum Ending: Equatable {
    case exited(Int32)
    case killed(signal: Int32)
    case timedOut
    /// It could not be started.
    case notStarted(String)
  }

  /// The most output that is kept, in bytes.
  static let outputLimit = 64 * 1_024

  /// The program that is run.
  var path: String
  /// Its arguments, the first of which is the name by which it was called.
  var arguments: [String]
  /// `NAME=VALUE`.
  var environment: [String]
  var input: [UInt8]
  /// When it is asked to end, in seconds.
  var timeout: Double
  /// When it is killed after that, in seconds.
  var grace: Double
  /// Seconds of a clock that never jumps.
  var now: () -> Double

  /// Runs the program and waits for it.
  ///
  /// - Parameter started: called with its process group, and with `nil` once that has ended.
  /// - Returns: how it ended, and the first part of what it wrote to its output and errors.
  func run(started: (pid_t?) -> Void) -> (ending: Ending, output: [UInt8]) {
    guard let pipes = ChildPipes() else { return (.notStarted(Self.reason(errno)), []) }
    var child = pid_t()
    let code = spawn(&child, pipes)
    pipes.closeFarEnds()
    guard code == 0 else { return (.notStarted(Self.reason(code)), []) }
    started(child)
    defer {
      cspawn_forget(child)
      started(nil)
    }
    var exchange = Exchange(input: input, pipes: pipes)
    var status: Int32 = 0
    let deadline = now() + timeout
    var isTimedOut = false
    var pause: Int32 = 1
    while true {
      exchange.step(milliseconds: pause)
      let ended = waitpid(child, &status, WNOHANG)
      if ended == child || (ended < 0 && errno != EINTR) { break }
      let time = now()
      if time >= deadline + grace {
        kill(-child, SIGKILL)
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        isTimedOut = true
        break
      }
      if time >= deadline, !isTimedOut {
        isTimedOut = true
        kill(-child, SIGTERM)
      }
      pause = min(50, pause * 2)
    }
    // Those whom it started may have ignored the request to end.
    if isTimedOut { kill(-child, SIGKILL) }
    exchange.drain()
    if isTimedOut { return (.timedOut, exchange.output) }
    let signal = status & 0x7F
    return (signal == 0 ? .exited((status >> 8) & 0xFF) : .killed(signal: signal), exchange.output)
  }

  private func spawn(_ child: inout pid_t, _ pipes: ChildPipes) -> Int32 {
    withCStrings(arguments) { arguments in
      withCStrings(environment) { variables in
        cspawn(&child, path, arguments, variables, pipes.childInput, pipes.childOutput)
      }
    }
  }

  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}

/// Calls the body with a null-terminated list of C strings.
private func withCStrings<Result>(
  _ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  var pointers: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) }
  pointers.append(nil)
  defer { for pointer in pointers { free(pointer) } }
  return pointers.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
}

/// The pipes between this process and a child.
private final class ChildPipes {
  let childInput: Int32
  let childOutput: Int32
  private(set) var input: Int32
  private(set) var output: Int32

  init?() {
    var toChild: [Int32] = [-1, -1]
    var fromChild: [Int32] = [-1, -1]
    guard cspawn_pipe(&toChild) == 0 else { return nil }
    guard cspawn_pipe(&fromChild) == 0 else {
      close(toChild[0])
      close(toChild[1])
      return nil
    }
    (childInput, input) = (toChild[0], toChild[1])
    (output, childOutput) = (fromChild[0], fromChild[1])
    for descriptor in [input, output] {
      _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }
  }

  func closeFarEnds() {
    close(childInput)
    close(childOutput)
  }

  func closeInput() {
    if input >= 0 { close(input) }
    input = -1
  }

  func closeOutput() {
    if output >= 0 { close(output) }
    output = -1
  }

  deinit {
    closeInput()
    closeOutput()
  }
}

/// What is written to a child and read from it.
private struct Exchange {
  private let input: [UInt8]
  private var written = 0
  private let pipes: ChildPipes
  private(set) var output: [UInt8] = []
  private var buffer = [UInt8](repeating: 0, count: 16_384)

  init(input: [UInt8], pipes: ChildPipes) {
    self.input = input
    self.pipes = pipes
    if input.isEmpty { pipes.closeInput() }
  }

  /// Writes and reads what is possible, or waits. (poll(2))
  mutating func step(milliseconds: Int32) {
    // A negative descriptor is ignored, so that the call is only a pause.
    var requests = [
      pollfd(fd: pipes.input, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: pipes.output, events: Int16(POLLIN), revents: 0),
    ]
    _ = poll(&requests, 2, milliseconds)
    if requests[0].revents != 0 { write() }
    if requests[1].revents != 0 { _ = read() }
  }

  /// Reads what has been written already. Other processes may still hold the pipe.
  mutating func drain() {
    var rest = ChildProgram.outputLimit / buffer.count + 1
    while pipes.output >= 0, rest > 0, read() { rest -= 1 }
  }

  private mutating func write() {
    let count = input.withUnsafeBytes {
      Glibc.write(pipes.input, $0.baseAddress! + written, $0.count - written)
    }
    if count < 0, errno == EAGAIN || errno == EINTR { return }
    // A child need not read its input: the rest is dropped.
    written = count < 0 ? input.count : written + count
    if written == input.count { pipes.closeInput() }
  }

  /// - Returns: whether anything was read.
  private mutating func read() -> Bool {
    let count = Glibc.read(pipes.output, &buffer, buffer.count)
    if count < 0, errno == EAGAIN || errno == EINTR { return false }
    guard count > 0 else {
      pipes.closeOutput()
      return false
    }
    output += buffer[..<min(count, ChildProgram.outputLimit - output.count)]
    return true
  }
}
