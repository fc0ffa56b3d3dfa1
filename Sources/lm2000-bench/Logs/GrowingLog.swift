import AccessLog
import Foundation
import TrafficGenerator

/// A log with an hour of traffic. `writeDue` adds each line when its time has come.
struct GrowingLog {
  /// Hits a second in the mean; a second misses it by up to 40 %.
  static let rate = 20.0
  /// The length of the traffic that is there at the start, in seconds.
  private static let history: Int64 = 3600

  private let log = LogOnDisk()
  private let descriptor: Int32
  private let plan: RatePlan
  private var stream: TrafficStream
  /// The second whose lines are being written.
  private var second: EpochSecond
  /// The lines that were written before that second.
  private var linesBefore = 0

  var path: String { log.path }

  /// - Parameter age: how many seconds before now the traffic ends.
  init(age: Int64 = 0) {
    let now = Self.wallClock()
    let end = EpochSecond(Int64(now)).advanced(by: -age)
    let start = end.advanced(by: -Self.history)
    plan = .uneven(rate: Self.rate, seed: 1, origin: start)
    stream = TrafficStream(plan: plan, start: start, seed: 1, format: .combined)
    second = end
    descriptor = log.openForAppending()
    write(through: end.advanced(by: -1))
    linesBefore = stream.lines
  }

  /// Removes the log and all else in its directory, such as the settings of other programs.
  func remove() {
    close(descriptor)
    try? FileManager.default.removeItem(atPath: log.directory)
  }

  /// Writes the lines that are due by now and not written yet.
  mutating func writeDue() {
    let now = Self.wallClock()
    let current = EpochSecond(Int64(now))
    if current > second {
      write(through: current.advanced(by: -1))
      second = current
      linesBefore = stream.lines
    }
    let part = now - Double(current.value)
    let due = Int(Double(plan.load(at: current).hits) * part) - (stream.lines - linesBefore)
    if due > 0 { write(through: current, atMost: due) }
  }

  private mutating func write(through last: EpochSecond, atMost limit: Int = .max) {
    var bytes: [UInt8] = []
    _ = stream.append(to: &bytes, through: last, atMost: limit)
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
      Measurement.stop("\(path): short write")
    }
  }

  /// The time of day in seconds. (clock_gettime(2))
  private static func wallClock() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
