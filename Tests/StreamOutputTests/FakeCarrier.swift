import Glibc
import Synchronization

@testable import StreamOutput

/// A broker that answers as a test wants it to.
final class FakeCarrier: MessageCarrier {
  struct State {
    /// What the broker got, in the order of its arrival, also what it did not acknowledge.
    var arrived: [StreamMessage] = []
    /// Handed over and not answered yet.
    var open: [(id: UInt64, message: StreamMessage)] = []
    var outcomes: [MessageOutcome] = []
    var attempts = 0
    var discards = 0
    var isAway = false
    /// The outcomes of a message, by the number of the attempt from 1.
    var answer: @Sendable (StreamMessage, Int) -> [MessageOutcome.Result] = { _, _ in
      [.acknowledged]
    }
    /// The most messages without an answer.
    var capacity = Int.max
    /// Whether what has no outcome is lost with its answer, so that the sender must give it up.
    var loses = false
    /// Whether messages after one that fails fail too.
    var keepsOrder = true
    /// Whether outcomes are held back until the next call.
    var isLate = false
  }

  let state = Mutex(State())

  var isAway: Bool {
    get { state.withLock { $0.isAway } }
    set { state.withLock { $0.isAway = newValue } }
  }

  var arrived: [StreamMessage] { state.withLock { $0.arrived } }

  init(_ change: (inout State) -> Void = { _ in }) { state.withLock { change(&$0) } }

  func submit(_ message: StreamMessage, id: UInt64) -> Bool {
    state.withLock { state in
      guard state.open.count < state.capacity else { return false }
      state.open.append((id, message))
      return true
    }
  }

  func outcomes(waiting patience: Double) -> [MessageOutcome] {
    let outcomes = state.withLock { state in
      let known = state.isLate ? state.outcomes : []
      if state.isLate { state.outcomes = [] }
      if !state.isAway { state.answerAll() }
      guard !state.isLate else { return known }
      defer { state.outcomes = [] }
      return state.outcomes
    }
    if outcomes.isEmpty, patience > 0 { usleep(2_000) }
    return outcomes
  }

  func discard() {
    state.withLock { state in
      state.discards += 1
      state.outcomes += state.open.map { MessageOutcome(id: $0.id, result: .failed("purged")) }
      state.open = []
    }
  }

  var problem: String? { isAway ? "connection refused" : nil }
}

extension FakeCarrier.State {
  fileprivate mutating func answerAll() {
    var hasFailed = false
    for (id, message) in open {
      attempts += 1
      var results = answer(message, attempts)
      if hasFailed, keepsOrder { results = [.failed("after another one")] }
      if case .failed = results.first { hasFailed = true }
      if results.contains(.acknowledged) || results.isEmpty { arrived.append(message) }
      let lost: [MessageOutcome.Result] = results.isEmpty && loses ? [.failed("no answer")] : []
      outcomes += (results + lost).map { MessageOutcome(id: id, result: $0) }
    }
    open = []
  }
}
