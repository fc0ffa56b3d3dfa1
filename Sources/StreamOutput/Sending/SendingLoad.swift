/// Messages that are handed over together, attempt after attempt, until each of them is acknowledged or
/// refused. Where a broker refuses some, they are handed over one by one until the one is found that it
/// refuses alone; then the rest go together again.
struct SendingLoad: Sendable {
  /// What has to be done with the load.
  enum Step: Equatable, Sendable {
    /// Hand over the message with that index.
    case submit(index: Int, id: UInt64)
    case wait
    /// Give up what is on its way, and try again later.
    case retry(String)
    /// The load is delivered, but for those that were refused.
    case done
  }

  let messages: [StreamMessage]
  private(set) var refused = 0
  private(set) var refusal: String?
  /// Whether a message was acknowledged or refused for good, by its index.
  private var isDone: [Bool]
  private var left: Int
  /// The indices of the messages of this attempt.
  private var attempt: [Int]
  /// The id of the first of them.
  private var base: UInt64
  private var submitted = 0
  private var failure: String?
  private var isOneByOne = false

  /// - Parameter base: the id of the first message. No earlier message has it or a higher one.
  init(_ messages: [StreamMessage], base: UInt64) {
    self.messages = messages
    self.base = base
    isDone = Array(repeating: false, count: messages.count)
    left = messages.count
    attempt = Array(messages.indices)
  }

  /// Higher than the ids of all messages so far.
  var nextID: UInt64 { base + UInt64(attempt.count) }

  var step: Step {
    if left == 0 { return .done }
    if let failure { return .retry(failure) }
    guard submitted < attempt.count else { return .wait }
    return .submit(index: attempt[submitted], id: base + UInt64(submitted))
  }

  /// Notes that the message of the last `step` was taken.
  mutating func noteSubmitted() { submitted += 1 }

  /// Notes an outcome. Those of former attempts, and second ones, change nothing.
  ///
  /// - Returns: whether the broker has answered.
  mutating func note(_ outcome: MessageOutcome) -> Bool {
    guard outcome.id >= base, outcome.id - base < UInt64(submitted) else { return false }
    let index = attempt[Int(outcome.id - base)]
    guard !isDone[index] else { return false }
    switch outcome.result {
    case .failed(let reason):
      failure = failure ?? reason
      return false
    case .refusedTogether(let reason) where attempt.count > 1:
      failure = failure ?? reason
      isOneByOne = true
      return false
    case .refused(let reason), .refusedTogether(let reason):
      refused += 1
      refusal = reason
      isOneByOne = false
    case .acknowledged: break
    }
    isDone[index] = true
    left -= 1
    if attempt.count == 1, left > 0 { retry() }
    return true
  }

  /// Begins another attempt with what is left, in order.
  mutating func retry() {
    base = nextID
    attempt = messages.indices.filter { !isDone[$0] }
    if isOneByOne { attempt = Array(attempt.prefix(1)) }
    submitted = 0
    failure = nil
  }
}
