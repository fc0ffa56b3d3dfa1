import Synchronization

/// What became of the latest notifications, for whoever shows them. Threads that send write to it; asking
/// it takes a moment only.
package final class OutcomeBoard: Sendable {
  /// The outcome of a notification for one action.
  package struct Entry: Equatable, Sendable {
    /// The name of the action.
    package var action: String
    package var outcome: DeliveryOutcome
  }

  /// The number of notifications whose outcomes are kept.
  package static let capacity = 10_000

  /// The most failures that are kept until they are asked for.
  private static let failureLimit = 100

  private struct Entries {
    var byID: [String: [Entry]] = [:]
    /// The ids, oldest first. Those before `oldest` are forgotten.
    var order: [String] = []
    var oldest = 0
    /// The failures that nobody has asked for yet.
    var failures: [Entry] = []
  }

  private let entries = Mutex(Entries())
  private let changes = Atomic<Int>(0)
  private let capacity: Int

  package init(capacity: Int = OutcomeBoard.capacity) { self.capacity = capacity }

  /// Differs whenever an outcome has changed.
  package var revision: Int { changes.load(ordering: .relaxed) }

  /// The outcome for each action that was to send the notification, in the order in which they were
  /// asked to.
  package func outcomes(of id: String) -> [Entry] { entries.withLock { $0.byID[id] ?? [] } }

  /// The notifications that have failed for good since the last call; of many, the first ones.
  package func drainFailures() -> [Entry] {
    entries.withLock { entries in
      defer { entries.failures = [] }
      return entries.failures
    }
  }

  func set(_ outcome: DeliveryOutcome, of id: String, for action: String) {
    entries.withLock { entries in
      if case .failed = outcome, entries.failures.count < Self.failureLimit {
        entries.failures.append(Entry(action: action, outcome: outcome))
      }
      if let index = entries.byID[id]?.firstIndex(where: { $0.action == action }) {
        entries.byID[id]?[index].outcome = outcome
      } else {
        if entries.byID[id] == nil { append(id, to: &entries) }
        entries.byID[id, default: []].append(Entry(action: action, outcome: outcome))
      }
    }
    changes.add(1, ordering: .relaxed)
  }

  private func append(_ id: String, to entries: inout Entries) {
    entries.order.append(id)
    guard entries.order.count - entries.oldest > capacity else { return }
    entries.byID[entries.order[entries.oldest]] = nil
    entries.oldest += 1
    if entries.oldest >= capacity {
      entries.order.removeFirst(entries.oldest)
      entries.oldest = 0
    }
  }
}
