import AccessLog
import Glibc
import Synchronization

/// The machine's clocks. (clock_gettime(2))
enum Clocks {
  static func wall() -> EpochSecond { EpochSecond(Int64(seconds(CLOCK_REALTIME))) }

  /// Seconds of the clock that never jumps.
  static func monotonic() -> Double { seconds(CLOCK_MONOTONIC) }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// Offsets from UTC, in seconds east, by instant. (localtime_r(3))
enum LocalZone {
  static func offset(_ second: EpochSecond) -> Int {
    var time = time_t(second.value)
    var parts = tm()
    guard localtime_r(&time, &parts) != nil else { return 0 }
    return Int(parts.tm_gmtoff)
  }
}

/// The zone that the log writes its times in, as far as it has been read; times are shown in it from
/// wherever they are put into words.
final class LogZone: Sendable {
  private let seconds = Atomic<Int>(0)

  /// In seconds east.
  var offset: Int {
    get { seconds.load(ordering: .relaxed) }
    set { seconds.store(newValue, ordering: .relaxed) }
  }
}
