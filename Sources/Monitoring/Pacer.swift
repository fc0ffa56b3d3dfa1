import AccessLog
import TrafficAnalysis

/// How fast log time may pass in a replay.
package enum ReplaySpeed: Equatable, Sendable {
  /// Log seconds in a second.
  case times(Double)
  /// No waiting.
  case max
}

/// The clock of a replay: says how far log time may have come by now. What it paces is closed
/// seconds. Monotonic time is given to it; it never asks.
package struct Pacer: Sendable {
  package private(set) var speed: ReplaySpeed
  /// A longer silence takes no longer than this, in seconds of the replay at any speed.
  private let maxGap: Double
  /// Log time and real time that belong together, from which the rest is reckoned.
  private var anchor: (log: Double, real: Double)?
  package private(set) var isPaused = false

  package init(speed: ReplaySpeed, maxGap: Double) {
    self.speed = speed
    self.maxGap = maxGap
  }

  /// The log time that may be shown now; `nil` while the log has not begun.
  package func logTime(at real: Double) -> Double? {
    guard let anchor else { return nil }
    guard !isPaused, case .times(let factor) = speed else { return anchor.log }
    return anchor.log + (real - anchor.real) * factor
  }

  /// How far the pipeline is to go now. Begins with the first second of the log, and shortens a
  /// silence as soon as it is seen.
  package mutating func next(for pipeline: Pipeline, at real: Double) -> Goal {
    guard speed != .max else { return isPaused ? hold(pipeline) : .everything }
    if anchor == nil {
      guard let first = pipeline.closedThrough ?? pipeline.nextHit?.advanced(by: -1) else {
        return .look
      }
      restart(at: first, real: real)
    }
    if isPaused { return hold(pipeline) }
    if let next = pipeline.nextHit { shorten(silenceUntil: next, at: real) }
    let log = logTime(at: real) ?? 0
    return .second(EpochSecond(Int64(min(max(log, -1e15), 1e15).rounded(.down))))
  }

  private func hold(_ pipeline: Pipeline) -> Goal {
    .second(pipeline.closedThrough ?? EpochSecond(-1_000_000_000_000_000))
  }

  /// Log time stands at `second` now; what was before does not matter.
  package mutating func restart(at second: EpochSecond, real: Double) {
    anchor = (Double(second.value), real)
  }

  package mutating func setSpeed(_ new: ReplaySpeed, at real: Double) {
    if let log = logTime(at: real) { anchor = speed == .max ? nil : (log, real) }
    speed = new
  }

  package mutating func setPaused(_ paused: Bool, at real: Double) {
    if let log = logTime(at: real) { anchor = (log, real) }
    isPaused = paused
  }

  /// Shortens the silence that is ahead to what `maxGap` allows.
  ///
  /// - Parameter next: the next second with a hit.
  package mutating func shorten(silenceUntil next: EpochSecond, at real: Double) {
    guard let log = logTime(at: real), case .times(let factor) = speed, !isPaused else { return }
    let longest = maxGap * factor
    if Double(next.value) - log > longest { anchor = (Double(next.value) - longest, real) }
  }

  /// The speeds that keys go through.
  private static let speeds: [Double] = [
    0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000,
  ]

  /// The next speed up or down; above the greatest there is no waiting.
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

  /// `x60`, `x2.5`, `max`.
  package var speedText: String {
    guard case .times(let factor) = speed else { return "max" }
    return factor == factor.rounded() && factor < 1e9 ? "x\(Int(factor))" : "x\(factor)"
  }
}
