import AccessLog
import Actions
import DashboardModel
import EventOutput
import SafeText
import TrafficAnalysis

/// What became of the notifications of the latest alerts, for the screen.
struct AlertDeliveries {
  /// The number of alerts whose notifications are shown.
  private static let limit = 500

  private let board: OutcomeBoard
  private var revision = -1
  private var lastTransition: AlertTransition?
  private var known: [AlertKey: [Delivery]] = [:]

  /// - Parameter board: where actions note what became of their notifications.
  init(_ board: OutcomeBoard) {
    self.board = board
  }

  /// The notifications of the alerts that some transitions tell of. Made again only if something has
  /// changed.
  ///
  /// - Parameter time: formats the time of day.
  mutating func current(
    _ transitions: [AlertTransition], time: (EpochSecond) -> String
  ) -> [AlertKey: [Delivery]] {
    let revision = board.revision
    guard revision != self.revision || transitions.last != lastTransition else { return known }
    self.revision = revision
    lastTransition = transitions.last
    known = [:]
    for transition in transitions.suffix(Self.limit) {
      let entries = board.outcomes(of: EventID(transition).text)
      guard !entries.isEmpty else { continue }
      let isRecovery = transition.change != .triggered
      known[Self.key(of: transition), default: []] += entries.map {
        Self.delivery($0, isRecovery: isRecovery, time)
      }
    }
    return known
  }

  /// The alert that a transition belongs to.
  private static func key(of transition: AlertTransition) -> AlertKey {
    var key = AlertKey(transition)
    if case .recovered(let since) = transition.change { key.second = since }
    return key
  }

  private static func delivery(
    _ entry: OutcomeBoard.Entry, isRecovery: Bool, _ time: (EpochSecond) -> String
  ) -> Delivery {
    let outcome: Delivery.Outcome =
      switch entry.outcome {
      case .sent, .inSummary: .sent
      case .waiting: .pending
      case .failed, .dropped: .failed
      }
    let what = isRecovery ? " (recovery): " : ": "
    return Delivery(
      outcome, SafeString(entry.action) + SafeString(what) + entry.outcome.text(time: time))
  }
}
