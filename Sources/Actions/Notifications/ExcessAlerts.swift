import AccessLog
import EventOutput

/// The alerts that exceed what may be sent, gathered for one summary.
struct ExcessAlerts: Equatable, Sendable {
  /// The most rules that are named; the alerts of others are counted together.
  private static let ruleLimit = 20

  private(set) var count = 0
  /// How many of them could not even wait.
  private(set) var dropped = 0
  private var rules: [String: Int] = [:]
  private var others = 0
  private var firstID = ""
  private var lastID = ""

  var isEmpty: Bool { count == 0 }

  /// - Parameter isDropped: whether there was no room for the alert.
  mutating func add(_ notification: ActionNotification, isDropped: Bool) {
    count += 1
    if isDropped { dropped += 1 }
    if firstID.isEmpty { firstID = notification.id }
    lastID = notification.id
    if rules[notification.rule] != nil || rules.count < Self.ruleLimit {
      rules[notification.rule, default: 0] += 1
    } else {
      others += 1
    }
  }

  /// The summary.
  ///
  /// - Parameters:
  ///   - action: the name of the action.
  ///   - time: the time of day.
  func summary(action: String, time: EpochSecond) -> ActionNotification {
    var parts = rules.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\(ClippedText.text($0.key, limit: 64)) \($0.value)" }
    if others > 0 { parts.append("other rules \(others)") }
    var message = "\(count) more alerts: \(parts.joined(separator: ", "))"
    if dropped > 0 { message += "; \(dropped) of them found no room in the queue" }
    let id = EventID(fields: ["summary", action, firstID, lastID, String(count)]).text
    let event = JSONValue.object([
      .init(name: "event", value: .string("summary")),
      .init(name: "action", value: .string(action)),
      .init(name: "time", value: .integer(time.value)),
      .init(name: "alerts", value: .integer(Int64(count))),
      .init(name: "dropped", value: .integer(Int64(dropped))),
      .init(name: "message", value: .string(message)),
    ])
    return ActionNotification(
      id: id, rule: "summary", state: .summary, time: time, value: String(count),
      hits: 0, window: 60, limit: "", message: message, event: event.bytes)
  }
}
