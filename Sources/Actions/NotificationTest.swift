import AccessLog
import EventOutput
import Messages
import SafeText

/// Sends a made-up notification through an action, to see whether it arrives.
package enum NotificationTest {
  /// Sends the notification once, and waits for the result.
  ///
  /// - Returns: a line about the result, and whether it was sent.
  package static func run(
    _ definition: ActionDefinition, _ context: ActionCenter.Context
  ) -> (text: SafeString, isSent: Bool) {
    do throws(ActionCenter.SettingFailure) {
      try definition.check(environment: context.environment)
    } catch {
      return (SafeString("\(definition.name): failed: \(error.reason)"), false)
    }
    let notification = notification(for: definition.name, at: context.clock.wall())
    switch definition.sender(context).send(notification) {
    case .sent: return (SafeString("\(definition.name): sent"), true)
    case .failed(let reason), .refused(let reason):
      return (SafeString("\(definition.name): failed: \(reason)"), false)
    }
  }

  /// An alert of a rule called `test`.
  static func notification(for action: String, at time: EpochSecond) -> ActionNotification {
    let message = "Test of the action \(action), sent at \(time.iso8601)"
    let event = JSONValue.object([
      .init(name: "event", value: .string("alert")), .init(name: "rule", value: .string("test")),
      .init(name: "state", value: .string("triggered")),
      .init(name: "time", value: .integer(time.value)),
      .init(name: "value", value: .integer(0)), .init(name: "hits", value: .integer(0)),
      .init(name: "window", value: .integer(1)), .init(name: "threshold", value: .integer(0)),
      .init(name: "message", value: .string(message)),
    ])
    let id = EventID(fields: ["test", action, String(time.value)])
    return ActionNotification(
      id: id.text, rule: "test", state: .triggered, time: time, value: "0",
      hits: 0, window: 1, limit: "0", message: message, event: event.bytes)
  }
}
