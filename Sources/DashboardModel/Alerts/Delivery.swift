import SafeText

/// What became of one notification of an alert.
package struct Delivery: Equatable, Sendable {
  /// How far it has come, from the best to the worst.
  package enum Outcome: Int, Comparable, Sendable {
    case sent
    /// It waits, or is tried again.
    case pending
    /// It was given up.
    case failed

    package static func < (left: Outcome, right: Outcome) -> Bool {
      left.rawValue < right.rawValue
    }

    var emphasis: Emphasis {
      switch self {
      case .sent: .muted
      case .pending: .warning
      case .failed: .alert
      }
    }
  }

  package var outcome: Outcome
  /// The action and what became of it: `ops: sent 21:12:37`, `mail: failed: connection refused`.
  package var text: SafeString

  package init(_ outcome: Outcome, _ text: SafeString) {
    (self.outcome, self.text) = (outcome, text)
  }
}

extension [Delivery] {
  /// The worst first; those of one outcome keep their order.
  var worstFirst: [Delivery] {
    enumerated().sorted {
      ($1.element.outcome, $0.offset) < ($0.element.outcome, $1.offset)
    }.map(\.element)
  }

  /// The worst outcome in the room of a row, with the number of the others; `nil` without any.
  var summary: Words? {
    guard let worst = worstFirst.first else { return nil }
    let more = count > 1 ? " +\(count - 1)" : ""
    return Words(worst.text.text + more, worst.outcome.emphasis)
  }
}
