import AccessLog
import Messages

/// The bodies that are posted to webhooks.
enum WebhookBody {
  /// The time for which Alertmanager is told that an active alert stays active, in seconds. It is sent
  /// again every minute; if this program ends, the alert resolves after that time.
  static let activeSeconds: Int64 = 300

  /// `{"text":"..."}`. Slack interprets text between `<` and `>`, such as mentions of everybody in a
  /// channel, so these are escaped.
  static func slack(_ notification: ActionNotification, _ origin: Origin) -> [UInt8] {
    let text = escapedForSlack(notification.safeMessage) + " (\(escapedForSlack(origin.host)))"
    return JSONValue.object([.init(name: "text", value: .string(text))]).bytes
  }

  private static func escapedForSlack(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  /// A list of alerts. A recovered one ended when it recovered; others end in the future, except
  /// those of a former run, which end some time after they triggered.
  ///
  /// - Parameter now: the time of day.
  static func alertmanager(_ notifications: [ActionNotification], now: EpochSecond) -> [UInt8] {
    JSONValue.array(notifications.map { alert($0, now: now) }).bytes
  }

  private static func alert(_ notification: ActionNotification, now: EpochSecond) -> JSONValue {
    let rule = JSONValue.string(ClippedText.text(notification.rule))
    var labels: [JSONValue.Member] = [
      .init(name: "alertname", value: rule), .init(name: "rule", value: rule),
    ]
    if let key = notification.key {
      labels.append(.init(name: "key", value: .string(ClippedText.text(key))))
    }
    let end =
      if notification.state == .recovered {
        notification.time
      } else if notification.isFromFormerRun {
        notification.time.advanced(by: activeSeconds)
      } else {
        max(now, notification.time).advanced(by: activeSeconds)
      }
    return .object([
      .init(name: "labels", value: .object(labels)),
      .init(
        name: "annotations",
        value: .object([.init(name: "summary", value: .string(notification.safeMessage))])),
      .init(name: "startsAt", value: .string(notification.start.iso8601)),
      .init(name: "endsAt", value: .string(end.iso8601)),
    ])
  }
}
