import AccessLog
import Engine

// What the user does with a replay.

extension Session {
  /// Seeks shorter than this show no progress, in seconds.
  private static let seekDisplayDelay = 0.25

  func togglePause() {
    guard let pacer = replay?.pacer else { return }
    replay?.setPaused(!pacer.isPaused, at: monotonic())
  }

  func changeSpeed(by step: Int) {
    replay?.changeSpeed(by: step, at: monotonic())
  }

  func setSpeed(_ speed: ReplaySpeed) {
    replay?.setSpeed(speed, at: monotonic())
  }

  /// Seeks to a second and pauses there.
  ///
  /// - Returns: `false` if the input cannot go back.
  func seek(pausingAt second: EpochSecond) -> Bool {
    replay?.seek(to: second, pausing: true, at: monotonic()) ?? false
  }

  /// Seeks forward, or back if `seconds` is negative.
  ///
  /// - Returns: `false` if the input cannot go back.
  func seek(by seconds: Int64) -> Bool {
    replay?.seek(by: seconds, at: monotonic()) ?? false
  }

  /// Seeks to the next alert and pauses there.
  ///
  /// - Returns: `false` if looking ahead would consume the input.
  func seekNextAlert() -> Bool {
    replay?.seekNextAlert(at: monotonic()) ?? false
  }

  /// Skips the quiet part of the log that the replay is in.
  ///
  /// - Returns: `false` if there is none.
  func skipSilence() -> Bool {
    replay?.skipSilence(at: monotonic()) ?? false
  }

  /// Cancels a seek; the replay stays where it was.
  func cancelSeek() {
    replay?.cancelSeek(at: monotonic())
  }

  var isSeeking: Bool { replay?.isSeeking ?? false }

  /// The progress of a seek that takes long enough to be displayed, as a fraction of the input.
  var seekPosition: Double? {
    guard let replay, let duration = replay.seekDuration(at: monotonic()),
      duration > Self.seekDisplayDelay
    else { return nil }
    return replay.seekOffset.map(fraction) ?? 0
  }

  /// The fraction of the input that has been replayed.
  var position: Double { replay.map { fraction($0.offset) } ?? 0 }

  /// The periods with an alert, as fractions of the input.
  var alertSpans: [ClosedRange<Double>] {
    replay?.alerts.ranges(inInputOfSize: inputs.size ?? 0) ?? []
  }

  private func fraction(_ offset: Int64) -> Double {
    guard let size = inputs.size, size > 0 else { return 0 }
    return min(1, Double(offset) / Double(size))
  }
}
