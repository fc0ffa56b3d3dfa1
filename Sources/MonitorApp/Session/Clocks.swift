import AccessLog
import Glibc
import Synchronization

/// The machine's clocks. (clock_gettime(2))
enum Clocks {
  /// The time of day, unless a test has set another one.
  static func wall() -> EpochSecond {
    InjectedClock.second ?? EpochSecond(Int64(seconds(CLOCK_REALTIME)))
  }

  /// Seconds of the clock that never jumps.
  static func monotonic() -> Double { seconds(CLOCK_MONOTONIC) }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// The time zone of the machine. (localtime_r(3))
enum LocalZone {
  /// The offset at an instant, in seconds east of UTC.
  static func offset(_ second: EpochSecond) -> Int {
    var time = time_t(second.value)
    var parts = tm()
    guard localtime_r(&time, &parts) != nil else { return 0 }
    return Int(parts.tm_gmtoff)
  }
}

/// The zone of the latest time read from the log. The reader of the log sets it; formatters of times
/// read it, on any thread.
final class LogZone: Sendable {
  private let seconds = Atomic<Int>(0)

  /// The offset, in seconds east of UTC.
  var offset: Int {
    get { seconds.load(ordering: .relaxed) }
    set { seconds.store(newValue, ordering: .relaxed) }
  }
}
