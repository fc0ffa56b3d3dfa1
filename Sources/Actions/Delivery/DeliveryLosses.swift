import SafeText

/// What an action did not send during a run.
package struct DeliveryLosses: Equatable, Sendable {
  /// The name of the action.
  package var action: String
  /// Those that have failed for good, or were still waiting at the end and are not kept.
  package internal(set) var failed = 0
  /// Those that found no room in the queue. Alerts among them are counted by a summary.
  package internal(set) var dropped = 0
  /// The intervals that exceeded what may be sent in a minute.
  package internal(set) var excessIntervals = 0
  /// Whether the action has to get everything: the reader of a file relies on it.
  package internal(set) var mustBeComplete = false

  /// Whether something was lost that should not have been.
  package var isFailure: Bool { failed > 0 || mustBeComplete && dropped > 0 }

  /// A few words without the name of the action; `nil` if neither room nor pace were exceeded.
  package var text: SafeString? {
    var parts: [String] = []
    if dropped > 0 {
      let reason = mustBeComplete ? "writing failed" : "no room in the queue"
      parts.append("\(dropped) dropped: \(reason)")
    }
    if excessIntervals > 0 {
      let what = excessIntervals == 1 ? "1 interval" : "\(excessIntervals) intervals"
      parts.append("\(what) not sent: too many in a minute")
    }
    return parts.isEmpty ? nil : SafeString(parts.joined(separator: "; "))
  }
}
