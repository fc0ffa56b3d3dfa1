import AccessLog
import Synchronization
import TrafficAnalysis

@testable import Actions

/// A change of an alert at 2019-02-07 21:12:36 UTC.
func sample(
  _ rule: String = "high-traffic", key: String? = nil,
  state: ActionNotification.State = .triggered, at second: Int64 = 1_549_573_956,
  message: String? = nil
) -> ActionNotification {
  let duration = state == .recovered ? ",\"duration\":87" : ""
  var members: [JSONValue.Member] = [
    .init(name: "event", value: .string("alert")), .init(name: "rule", value: .string(rule)),
    .init(name: "state", value: .string(state.rawValue)),
    .init(name: "time", value: .integer(second)), .init(name: "value", value: .number("10.05")),
    .init(name: "hits", value: .integer(1206)), .init(name: "window", value: .integer(120)),
    .init(name: "threshold", value: .integer(10)),
  ]
  if !duration.isEmpty { members.append(.init(name: "duration", value: .integer(87))) }
  members.append(.init(name: "message", value: .string(message ?? "\(rule) \(state.rawValue)")))
  if let key { members.append(.init(name: "key", value: .string(key))) }
  return ActionNotification(event: .object(members))!
}

/// The statistics of an interval of ten seconds.
func sampleInterval(to second: Int64) -> ActionNotification {
  ActionNotification(
    event: .object([
      .init(name: "event", value: .string("interval")),
      .init(name: "from", value: .integer(second - 10)),
      .init(name: "to", value: .integer(second)), .init(name: "hits", value: .integer(59)),
      .init(name: "rate", value: .number("5.9")),
    ]))!
}

let testOrigin = Origin(host: "web1", version: "0.1.0")

/// A clock whose time of day stands still and whose chance is certain.
func testClock() -> DeliveryClock {
  let start = ContinuousClock.now
  return DeliveryClock(
    monotonic: {
      let passed = start.duration(to: .now).components
      return Double(passed.seconds) + Double(passed.attoseconds) / 1e18
    }, wall: { EpochSecond(1_549_573_957) }, random: { 0.5 })
}

/// Limits that let attempts follow each other at once.
///
/// - Parameter timeout: the time for one attempt, in seconds.
func quickLimits(timeout: Double = 30) -> DeliveryLimits {
  var limits = DeliveryLimits()
  limits.backoff = 0
  limits.connectTimeout = timeout
  limits.totalTimeout = timeout
  limits.terminationGrace = 0.3
  return limits
}

/// Keeps what it is to send, and answers with the given results, the last of them again and again.
final class RecordingSender: Sender {
  private struct State {
    var sent: [ActionNotification] = []
    var results: [SendResult]
  }

  private let state: Mutex<State>

  init(_ results: [SendResult] = [.sent]) { state = Mutex(State(results: results)) }

  var sent: [ActionNotification] { state.withLock { $0.sent } }

  func send(_ notification: ActionNotification) -> SendResult {
    state.withLock { state in
      state.sent.append(notification)
      return state.results.count > 1 ? state.results.removeFirst() : state.results[0]
    }
  }
}
