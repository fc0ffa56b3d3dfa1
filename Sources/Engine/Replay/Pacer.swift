import AccessLog

/// How fast a replay goes.
package enum ReplaySpeed: Equatable, Sendable {
  /// Log seconds in a second.
  case times(Double)
  /// No waiting.
  case max
}

/// The clock of a replay: says how far log time may have come by now. What it paces is closed
/// seconds. Monotonic time is given to it; it never asks.
package struct Pacer: Sendable {
  /// The most that real time goes on between two looks: whoever stopped the program for an hour
  /// finds the replay where it was.
  private static let longestStep = 1.0

  package private(set) var speed: ReplaySpeed
  package private(set) var isPaused = false
  /// A longer silence takes no longer than this, in real seconds.
  private let maxGap: Double
  /// Log time at the last look; `nil` where it is to begin with what the pipeline shows.
  private var log: Double?
  /// Real time at the last look.
  private var real: Double?

  package init(speed: ReplaySpeed, maxGap: Double) {
    self.speed = speed
    self.maxGap = maxGap
  }

  /// How far the pipeline is to go now. Begins with the first second of the log, and shortens a
  /// silence as soon as it is seen. Where reading cannot keep up, log time waits for it: nothing is
  /// caught up with later, and a lower speed counts at once.
  package mutating func next(for pipeline: Pipeline, at real: Double) -> Goal {
    let passed = take(real)
    if isPaused { return .beginning }
    guard case .times(let factor) = speed else {
      log = nil
      return .everything
    }
    let shown = pipeline.closedThrough ?? pipeline.nextHit?.advanced(by: -1)
    guard var now = log ?? shown.map({ Double($0.value) }) else { return .beginning }
    if let closed = pipeline.closedThrough { now = min(now, Double(closed.value) + 1) }
    now += passed * factor
    if let next = pipeline.nextHit {
      // The seconds without a hit, and the one that ends them.
      now = max(now, Double(next.value) - maxGap * factor - 1)
    }
    log = now
    return .second(EpochSecond(Int64(min(max(now, -1e15), 1e15).rounded(.down))))
  }

  /// The pipeline shows another moment now: log time goes on from there.
  package mutating func restart(at real: Double) {
    log = nil
    self.real = real
  }

  package mutating func setSpeed(_ new: ReplaySpeed, at real: Double) {
    goOn(to: real)
    speed = new
  }

  package mutating func setPaused(_ paused: Bool, at real: Double) {
    goOn(to: real)
    isPaused = paused
  }

  private mutating func goOn(to real: Double) {
    let passed = take(real)
    guard let now = log, !isPaused else { return }
    log = if case .times(let factor) = speed { now + passed * factor } else { nil }
  }

  /// Real seconds since the last look.
  private mutating func take(_ now: Double) -> Double {
    defer { real = now }
    return min(max(now - (real ?? now), 0), Self.longestStep)
  }

  /// The speeds that keys go through.
  private static let speeds: [Double] = [
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000,
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
