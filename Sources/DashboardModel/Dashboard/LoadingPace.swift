import AccessLog

/// How fast a log is loaded and how long that still takes, smoothed so that the figures can be read.
///
/// Of a log whose size is unknown nobody knows how much is still to come: it is being loaded as long as
/// it brings over a megabyte a second.
package struct LoadingPace: Equatable, Sendable {
  /// The figures to display.
  package struct Figures: Equatable, Sendable {
    package var bytesPerSecond: Int64
    /// `nil` if the size of the log is unknown, or if nothing is read.
    package var secondsLeft: Int64?

    package init(bytesPerSecond: Int64, secondsLeft: Int64?) {
      self.bytesPerSecond = bytesPerSecond
      self.secondsLeft = secondsLeft
    }
  }

  private struct Sample: Equatable {
    /// In bytes.
    var read: Int64
    /// In seconds of a clock that never jumps.
    var time: Double
  }

  /// The time between two changes of the figures, in seconds.
  private static let period = 0.5
  /// A speed that lasts as long as this counts as much as all that was before, in seconds.
  private static let smoothing = 1.5
  /// A slower log of unknown size is a live one, in bytes a second.
  private static let slowestLoading = 1e6

  /// `nil` before the first half second, and if the log is not being loaded.
  package private(set) var figures: Figures?
  private var last: Sample?
  /// In bytes a second.
  private var speed: Double?

  package init() {}

  /// Records how far the log has been read. The figures change at most every half second.
  ///
  /// - Parameter now: the time in seconds of a clock that never jumps.
  package mutating func observe(_ phase: SourceState.Phase, at now: Double) {
    guard case .loading(let read, let total) = phase else {
      self = LoadingPace()
      return
    }
    guard let last else {
      self.last = Sample(read: read, time: now)
      return
    }
    let elapsed = now - last.time
    guard elapsed >= Self.period else { return }
    self.last = Sample(read: read, time: now)
    let current = Double(max(0, read - last.read)) / elapsed
    guard total != nil || current >= Self.slowestLoading else {
      (speed, figures) = (nil, nil)
      return
    }
    let before = speed ?? current
    let smoothed = before + (current - before) * elapsed / (elapsed + Self.smoothing)
    speed = smoothed
    let left = total.map { Double(max(0, $0 - read)) / smoothed }
    figures = Figures(
      bytesPerSecond: Int64(clamping: smoothed),
      secondsLeft: smoothed >= 1 ? left.map { Int64(clamping: $0.rounded(.up)) } : nil)
  }
}

extension Int64 {
  /// The nearest number to a positive value.
  fileprivate init(clamping value: Double) {
    self = value < 9e18 ? Int64(value) : .max
  }
}
