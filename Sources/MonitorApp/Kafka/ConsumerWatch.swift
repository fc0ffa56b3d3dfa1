import AccessLog
import KafkaTransfer

/// What the user should know of a consumer that waits whenever brokers are away.
struct ConsumerWatch {
  /// A problem that is over sooner is not reported, in seconds.
  private static let delay = 2.0

  private var reading = ProblemWatch(delay: delay)
  private var positions = ProblemWatch(delay: delay)

  /// When the present problem of reading began, in monotonic seconds; `nil` without one.
  var problemStart: Double? { reading.start }

  /// What has begun to be true, or is over, since the last call.
  mutating func update(_ consumer: KafkaConsumer, at now: Double) -> [InputNotice] {
    var notices: [InputNotice] = []
    let problem = consumer.problem
    switch reading.update(problem != nil, at: now) {
    case true?: notices.append(.interrupted(reason: Name(problem?.reason ?? "")))
    case false?: notices.append(.resumed)
    case nil: break
    }
    let missing = consumer.drainMissing()
    if missing > 0 { notices.append(.removedMessages(missing)) }
    // While brokers are away, that is said instead.
    let isNotKept = problem == nil && consumer.commitProblem != nil
    if positions.update(isNotKept, at: now) == true { notices.append(.positionNotKept) }
    return notices
  }
}
