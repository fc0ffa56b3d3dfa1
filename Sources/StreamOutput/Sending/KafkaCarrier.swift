import KafkaTransfer
import Synchronization

/// Takes messages to a topic of Kafka.
package final class KafkaCarrier: MessageCarrier {
  private struct State {
    var producer: KafkaProducer
    /// Outcomes of messages that the library did not even take.
    var outcomes: [MessageOutcome] = []
  }

  private let makeProducer: @Sendable () throws(KafkaProblem) -> KafkaProducer
  private let state: Mutex<State>

  /// Loads the library. Brokers are looked for in the background.
  ///
  /// - Throws: if the library is missing or a setting cannot be used.
  package init(_ address: KafkaAddress, _ access: KafkaAccess) throws(KafkaProblem) {
    let makeProducer = { @Sendable () throws(KafkaProblem) in try KafkaProducer(address, access) }
    state = Mutex(State(producer: try makeProducer()))
    self.makeProducer = makeProducer
  }

  /// What users should know about the library; `nil` for nothing.
  package var notice: String? { producer.notice }

  private var producer: KafkaProducer { state.withLock { $0.producer } }

  package func submit(_ message: StreamMessage, id: UInt64) -> Bool {
    let producer = producer
    switch producer.send(key: message.key, value: message.value, id: id) {
    case .queued: return true
    case .full: return false
    case .refused(let problem):
      let result: MessageOutcome.Result =
        problem.kind == .unusable ? .refused(problem.reason) : .failed(problem.reason)
      state.withLock { $0.outcomes.append(MessageOutcome(id: id, result: result)) }
      return true
    }
  }

  package func outcomes(waiting patience: Double) -> [MessageOutcome] {
    let (producer, known) = state.withLock { state in
      defer { state.outcomes = [] }
      return (state.producer, state.outcomes)
    }
    let reports = producer.reports(waiting: known.isEmpty ? patience : 0)
    return known
      + reports.map { MessageOutcome(id: $0.id, result: Self.result(of: $0.problem)) }
  }

  /// What became of a message that was on its way, perhaps with others.
  private static func result(of problem: KafkaProblem?) -> MessageOutcome.Result {
    guard let problem else { return .acknowledged }
    return problem.kind == .unusable ? .refusedTogether(problem.reason) : .failed(problem.reason)
  }

  package func discard() {
    let old = producer
    old.purge()
    // One that has failed for good never sends again.
    guard old.failure != nil else { return }
    do throws(KafkaProblem) {
      let new = try makeProducer()
      state.withLock { $0.producer = new }
    } catch {
      // It is tried again with the next attempt.
    }
  }

  package var problem: String? {
    let producer = producer
    return producer.lastError?.reason ?? (producer.queued > 0 ? "no answer" : nil)
  }
}
