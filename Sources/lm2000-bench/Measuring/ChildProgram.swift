import Foundation
import Glibc

/// A program that is run to its end, with its output discarded.
struct ChildProgram {
  var name: String
  /// The path of the program.
  var path: String
  var arguments: [String]

  /// What a run used.
  struct Usage {
    /// From the start to the end.
    var seconds: Double
    /// Processor time in seconds.
    var processor: Double
  }

  /// A run that has begun.
  struct Run {
    fileprivate let program: ChildProgram
    fileprivate let start: ContinuousClock.Instant
    /// The greatest resident memory of this process when it started the other one, in bytes.
    fileprivate let inheritedMemory: Int
    let process: pid_t

    /// Ends it by a signal, and waits for the end.
    func kill() {
      _ = Glibc.kill(process, SIGKILL)
      var status: Int32 = 0
      waitpid(process, &status, 0)
    }

    /// Waits for the end. Ends this program if the other one failed.
    func wait() -> Usage {
      var usage = rusage()
      while !hasEnded(&usage, options: 0) {}
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      return Usage(seconds: seconds, processor: usage.processorTime)
    }

    /// The greatest resident memory so far, in bytes.
    var peakMemory: Int { Resources.peakMemory(of: process) }

    /// Waits for the end. Ends this program if the other one failed.
    ///
    /// Linux counts the memory of this process as that of its child. A peak below that is therefore
    /// looked up again and again, and what grew within the last milliseconds is missed.
    ///
    /// - Returns: the greatest resident memory in bytes.
    func waitForPeakMemory() -> Int {
      var peak = 0
      var usage = rusage()
      while !hasEnded(&usage, options: WNOHANG) {
        peak = max(peak, peakMemory)
        usleep(2000)
      }
      let counted = usage.ru_maxrss * 1024
      return counted > inheritedMemory + 1 << 20 ? counted : peak
    }

    /// (wait4(2))
    private func hasEnded(_ usage: inout rusage, options: Int32) -> Bool {
      var status: Int32 = 0
      guard wait4(process, &status, options, &usage) == process else { return false }
      guard status == 0 else {
        Measurement.stop(([program.path] + program.arguments).joined(separator: " ") + ": failed")
      }
      return true
    }
  }

  var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: path) }

  /// The program on one core. (taskset(1))
  func onOneCore() -> ChildProgram {
    ChildProgram(name: name, path: "/usr/bin/taskset", arguments: ["-c", "0", path] + arguments)
  }

  /// Runs the program to its end.
  func run() -> Usage { start().wait() }

  /// The greatest resident memory of a run in bytes. That run also brings its files into the page
  /// cache.
  func peakMemory() -> Int { start().waitForPeakMemory() }

  /// Starts the program. Foundation's `Process` polls for the end of a child, which would distort the
  /// time. (posix_spawn(3))
  ///
  /// - Parameter input: the descriptor of its standard input; `nil` for none.
  func start(input: Int32? = nil) -> Run {
    Resources.resetPeakMemory()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input {
      posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    } else {
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    }
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    // It ends at the signals that this process handles or ignores.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var words = ([path] + arguments).map { (word: String) in strdup(word) } + [nil]
    var variables =
      ScreenProgram.environment(home: TemporaryFolder.path, isTrueColor: false)
      .map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var process = pid_t()
    let start = ContinuousClock.now
    let error = posix_spawn(&process, path, &actions, &attributes, &words, &variables)
    guard error == 0 else { Measurement.stop("\(path): \(String(cString: strerror(error)))") }
    return Run(
      program: self, start: start, inheritedMemory: Resources.peakMemory(of: getpid()),
      process: process)
  }
}

// MARK: - Programs

extension ChildProgram {
  static func wordCount(_ log: String) -> ChildProgram {
    ChildProgram(name: "wc -l", path: "/usr/bin/wc", arguments: ["-l", log])
  }

  /// The program that was built beside this one, with JSON lines as its output.
  static func monitor(_ arguments: [String]) -> ChildProgram {
    ChildProgram(
      name: "lm2000", path: ScreenProgram.monitorPath(),
      arguments: ["--output", "ndjson"] + arguments)
  }
}
