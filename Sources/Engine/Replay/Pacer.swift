import AccessLog

/// The speed of a replay.
package enum ReplaySpeed: Equatable, Sendable {
  /// That many log seconds in a second.
  case times(Double)
  /// As fast as the log can be read.
  case max
}

/// The clock of a replay: decides which seconds of the log may close by now. It reads no clock:
/// callers pass monotonic time, in seconds.
package struct Pacer: Sendable {
  /// The maximum real time between two steps that counts, in seconds: after the program was stopped
  /// for an hour, the replay continues where it was.
  private static let maximumStep = 1.0

  package private(set) var speed: ReplaySpeed
  package private(set) var isPaused = false
  /// Longer silences are shortened to this, in real seconds.
  private let maxGap: Double
  /// The log time of the last step; `nil` to start from the second that the pipeline shows.
  private var logTime: Double?
  /// The real time of the last step.
  private var realTime: Double?

  /// - Parameter maxGap: longer silences are shortened to this, in real seconds.
  package init(speed: ReplaySpeed, maxGap: Double) {
    self.speed = speed
    self.maxGap = maxGap
  }

  /// The goal of the next step of the pipeline. It starts with the first second of the log, and
  /// shortens a silence as soon as its end is known. Where reading cannot keep up, log time waits
  /// for it, so that the replay never rushes to catch up, and a lower speed applies at once.
  package mutating func nextGoal(for pipeline: Pipeline, at real: Double) -> Goal {
    let elapsed = advanceRealTime(to: real)
    if isPaused { return .beginning }
    guard case .times(let factor) = speed else {
      logTime = nil
      return .everything
    }
    let shown = pipeline.closedThrough ?? pipeline.nextHit?.advanced(by: -1)
    guard var now = logTime ?? shown.map({ Double($0.value) }) else { return .beginning }
    if let closed = pipeline.closedThrough { now = min(now, Double(closed.value) + 1) }
    now += elapsed * factor
    if let next = pipeline.nextHit {
      // The seconds without a hit, and the one that ends them.
      now = max(now, Double(next.value) - maxGap * factor - 1)
    }
    logTime = now
    return .second(EpochSecond(Int64(min(max(now, -1e15), 1e15).rounded(.down))))
  }

  /// Continues log time from the second that the pipeline shows, after a seek.
  package mutating func restart(at real: Double) {
    logTime = nil
    realTime = real
  }

  /// Sets the speed, from `real` on.
  package mutating func setSpeed(_ new: ReplaySpeed, at real: Double) {
    advanceLogTime(to: real)
    speed = new
  }

  /// Pauses or continues, from `real` on.
  package mutating func setPaused(_ paused: Bool, at real: Double) {
    advanceLogTime(to: real)
    isPaused = paused
  }

  private mutating func advanceLogTime(to real: Double) {
    let elapsed = advanceRealTime(to: real)
    guard let now = logTime, !isPaused else { return }
    logTime = if case .times(let factor) = speed { now + elapsed * factor } else { nil }
  }

  /// - Returns: the real seconds since the last step.
  private mutating func advanceRealTime(to now: Double) -> Double {
    defer { realTime = now }
    return min(max(now - (realTime ?? now), 0), Self.maximumStep)
  }

  /// The speeds that keys step through.
  private static let speeds: [Double] = [
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000,
  ]

  /// Selects the next speed up or down. The one above the greatest is `.max`.
  ///
  /// - Parameter step: up where positive, down where negative.
  package mutating func changeSpeed(by step: Int, at real: Double) {
    guard case .times(let factor) = speed else {
      if step < 0 { setSpeed(.times(Self.speeds[Self.speeds.count - 1]), at: real) }
      return
    }
    if step > 0 {
      setSpeed(Self.speeds.first { $0 > factor }.map { .times($0) } ?? .max, at: real)
    } else if let slower = Self.speeds.last(where: { $0 < factor }) {
      setSpeed(.times(slower), at: real)
    }
  }

  /// The speed for display: `x60`, `x2.5`, `max`.
  package var speedText: String {
    guard case .times(let factor) = speed else { return "max" }
    return factor == factor.rounded() && factor < 1e9 ? "x\(Int(factor))" : "x\(factor)"
  }
}
