import AccessLog
import TrafficAnalysis

/// The sentence that tells people of an alert, the same in every kind of output.
package struct AlertMessage {
  package var transition: AlertTransition

  package init(_ transition: AlertTransition) {
    self.transition = transition
  }

  /// - Parameter time: writes a point in time the way this output shows it.
  package func append(
    to bytes: inout [UInt8], time: (EpochSecond, inout [UInt8]) -> Void
  ) {
    switch transition.change {
    case .triggered:
      bytes += "High traffic generated an alert - hits = ".utf8
      bytes += transition.mean.fixedText.utf8
      bytes += ", triggered at ".utf8
      time(transition.second, &bytes)
    case .recovered(let since):
      bytes += "Traffic recovered - hits = ".utf8
      bytes += transition.mean.fixedText.utf8
      bytes += ", recovered at ".utf8
      time(transition.second, &bytes)
      bytes += ", lasted ".utf8
      bytes += DurationText(seconds: transition.second.seconds(since: since)).text.utf8
    }
  }
}
