import Glibc

/// The processor time that another process has used.
enum ProcessorTime {
  /// The time of all threads so far, in seconds; `nil` if there is no such process.
  /// (clock_getcpuclockid(3), clock_gettime(2))
  static func of(_ process: pid_t) -> Double? {
    var clock = clockid_t()
    var time = timespec()
    guard clock_getcpuclockid(process, &clock) == 0, clock_gettime(clock, &time) == 0 else {
      return nil
    }
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
