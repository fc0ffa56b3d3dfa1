import AccessLog
import EventOutput
import Messages
import SafeText
import TrafficAnalysis

/// What an action is to make known. It is made from the JSON of an event, so that it is the same whether
/// the event arose in this process or was read from another one.
package struct ActionNotification: Equatable, Sendable {
  package enum State: String, Sendable {
    case triggered, recovered
    /// The statistics of an interval.
    case interval
    /// Stands for several alerts that exceed what may be sent.
    case summary
  }

  /// The same on every attempt and for everyone who computes it from the same event.
  package var id: String
  package var rule: String
  /// The affected name, if the rule watches each name of a dimension separately. It is text from a log.
  package var key: String?
  package var state: State
  package var time: EpochSecond
  /// The value compared with the limit, as JSON writes it.
  package var value: String
  package var hits: Int64
  /// The length of the window in seconds.
  package var window: Int64
  package var limit: String
  /// A sentence for people. It may contain text from a log.
  package var message: String
  /// How long the alert was active, in seconds; `nil` while it is.
  package var duration: Int64?
  /// The JSON object of the event, in which names from a log are whole.
  package var event: [UInt8]
  /// Whether a former run of the program has made it, so that nobody knows whether its alert is still
  /// active.
  var isFromFormerRun = false

  /// The names of the actions for this; `nil` for all of them.
  ///
  /// - Parameter routes: the names of the actions of each rule that names any. They are for alerts only:
  ///   a rule may be called `interval`.
  package func actions(in routes: [String: [String]]) -> [String]? {
    state.isAlert ? routes[rule] : nil
  }

  /// The second at which the alert triggered.
  var start: EpochSecond { time.advanced(by: -(duration ?? 0)) }
  /// The same for all changes of one alert.
  var alert: AlertName { AlertName(rule: rule, key: key) }

  /// The message, safe for terminals and files, and not too long.
  var safeMessage: String { ClippedText.text(SafeString(ClippedText.text(message)).text) }
}

/// Names an alert.
struct AlertName: Hashable, Sendable {
  var rule: String
  var key: String?
}

extension ActionNotification {
  /// The notification of an alert or an interval; `nil` for other events.
  ///
  /// - Parameter object: the event, as `NDJSONWriter` writes it. Unknown members are kept.
  init?(event object: JSONValue) {
    switch object["event"]?.text {
    case "alert": self.init(alert: object)
    case "interval": self.init(interval: object)
    case "summary": self.init(summary: object)
    default: return nil
    }
  }

  /// The notification of an event; `nil` if the event is neither an alert nor an interval.
  package init?(_ event: MonitorEvent, ranked: DimensionSet = []) {
    switch event {
    case .alert, .interval: break
    default: return nil
    }
    guard let object = JSONReader.value(of: EventJSON.bytes(of: event, ranked: ranked)) else {
      return nil
    }
    self.init(event: object)
  }

  private init?(alert object: JSONValue) {
    guard let rule = object["rule"]?.text, let second = object["time"]?.integer,
      let state = object["state"]?.text.flatMap(State.init), state.isAlert
    else { return nil }
    self.rule = rule
    self.state = state
    key = object["key"]?.text
    time = EpochSecond(second)
    id =
      Self.id(in: object)
      ?? EventID(rule: rule, key: key, state: state.rawValue, time: time).text
    value = object["value"]?.digits ?? ""
    hits = object["hits"]?.integer ?? 0
    window = object["window"]?.integer ?? 0
    limit = object["threshold"]?.digits ?? ""
    message = object["message"]?.text ?? "\(rule) \(state.rawValue)"
    duration = state == .recovered ? max(0, object["duration"]?.integer ?? 0) : nil
    event = object.bytes
  }

  private init?(interval object: JSONValue) {
    guard let from = object["from"]?.integer, let to = object["to"]?.integer, to > from else {
      return nil
    }
    rule = "interval"
    state = .interval
    time = EpochSecond(to)
    id = Self.id(in: object) ?? EventID(from: EpochSecond(from), to: time).text
    value = object["rate"]?.digits ?? ""
    hits = object["hits"]?.integer ?? 0
    window = time.seconds(since: EpochSecond(from))
    limit = ""
    message = "\(hits) hits from \(EpochSecond(from).iso8601) to \(time.iso8601)"
    event = object.bytes
  }

  /// A summary that a former run of the program could not send.
  private init?(summary object: JSONValue) {
    guard let message = object["message"]?.text, let id = Self.id(in: object),
      let time = object["time"]?.integer
    else { return nil }
    self.init(
      id: id, rule: "summary", state: .summary, time: EpochSecond(time),
      value: object["alerts"]?.digits ?? "", hits: 0, window: 60, limit: "", message: message,
      event: object.bytes)
  }

  /// The id that another process has given to the event; `nil` if it has none. As it becomes the name of
  /// a file, one of another form is represented by its hash.
  private static func id(in object: JSONValue) -> String? {
    guard let id = object["id"]?.text, !id.isEmpty else { return nil }
    let isPlain =
      id.utf8.count <= 64
      && id.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    return isPlain ? id : EventID(fields: ["id", id]).text
  }
}

extension ActionNotification {
  /// The event with what tells receivers apart whom it comes from.
  ///
  /// - Parameter fieldLimit: the most bytes of each string; `nil` for no limit.
  func body(_ origin: Origin, fieldLimit: Int?) -> [UInt8] {
    let members = [
      JSONValue.Member(name: "id", value: .string(id)),
      JSONValue.Member(name: "host", value: .string(origin.host)),
      JSONValue.Member(name: "version", value: .string(origin.version)),
    ]
    guard let object = JSONReader.value(of: event)?.appending(members) else { return [] }
    return (fieldLimit.map { object.clipped(to: $0) } ?? object).bytes
  }
}

/// Where notifications come from.
package struct Origin: Equatable, Sendable {
  /// The name of this machine.
  package var host: String
  /// The version of the program.
  package var version: String

  package init(host: String, version: String) {
    self.host = host
    self.version = version
  }
}
