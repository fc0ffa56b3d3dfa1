import Foundation

/// The resources that this process uses. (proc(5), getrusage(2))
struct Resources {
  /// Processor time so far, in seconds.
  var processor: Double
  /// How often a thread has gone to sleep.
  var sleeps: Int
  /// Open file descriptors.
  var descriptors: Int
  /// Resident memory, in bytes.
  var memory: Int

  static func now() -> Resources {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Resources(
      processor: usage.processorTime,
      sleeps: sleeps(),
      descriptors: (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count)
        ?? 0,
      memory: field("VmRSS:", in: "/proc/self/status") * 1024)
  }

  /// What another process has used so far: processor time in seconds, and how often its threads have
  /// gone to sleep.
  static func used(by process: pid_t) -> (processor: Double, sleeps: Int) {
    let folder = "/proc/\(process)/task"
    let threads = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return threads.reduce((0, 0)) { used, thread in
      let schedule = (try? String(contentsOfFile: "\(folder)/\(thread)/schedstat", encoding: .utf8))
      let nanoseconds = schedule?.split(separator: " ").first.flatMap { Double($0) } ?? 0
      let sleeps = field("voluntary_ctxt_switches:", in: "\(folder)/\(thread)/status")
      return (used.0 + nanoseconds / 1e9, used.1 + sleeps)
    }
  }

  /// Makes the greatest resident memory of this process what it is now, since a child process counts
  /// that as its own. (proc(5), clear_refs)
  static func resetPeakMemory() {
    let file = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { return }
    write(file, "5", 1)
    close(file)
  }

  /// The greatest resident memory of another process so far, in bytes.
  static func peakMemory(of process: pid_t) -> Int {
    field("VmHWM:", in: "/proc/\(process)/status") * 1024
  }

  private static func sleeps() -> Int {
    let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
    return threads.reduce(0) {
      $0 + field("voluntary_ctxt_switches:", in: "/proc/self/task/\($1)/status")
    }
  }

  private static func field(_ name: String, in path: String) -> Int {
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
    return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
  }
}

extension rusage {
  /// Processor time in seconds, the program's own and the kernel's.
  var processorTime: Double {
    [ru_utime, ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
  }
}
