import AccessLog
import Glibc
import Monitoring
import Synchronization

/// The machine's clocks. (clock_gettime(2))
enum Clocks {
  static func read() -> ClockReading {
    ClockReading(wall: EpochSecond(Int64(seconds(CLOCK_REALTIME))), monotonic: monotonic())
  }

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

  /// When the clocks here show this. (mktime(3))
  static func instant(_ civil: CivilTime) -> EpochSecond {
    var parts = tm()
    parts.tm_year = Int32(civil.year - 1900)
    parts.tm_mon = Int32(civil.month - 1)
    parts.tm_mday = Int32(civil.day)
    parts.tm_hour = Int32(civil.hour)
    parts.tm_min = Int32(civil.minute)
    parts.tm_sec = Int32(civil.second)
    parts.tm_isdst = -1
    return EpochSecond(Int64(mktime(&parts)))
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
