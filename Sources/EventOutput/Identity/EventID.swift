import AccessLog
import TrafficAnalysis

/// Identifies an event: the same for everyone who computes it from the same event, in this process or
/// from its JSON, and on every attempt to send it.
package struct EventID: Hashable, Sendable {
  /// 32 hexadecimal digits.
  package let text: String

  /// The id of an alert's change.
  ///
  /// - Parameters:
  ///   - key: the affected name as text, with U+FFFD for bytes that are not UTF-8, as in JSON.
  ///   - state: `triggered` or `recovered`.
  package init(rule: String, key: String?, state: String, time: EpochSecond) {
    self.init(
      fields: ["alert", rule, key == nil ? "" : "key", key ?? "", state, String(time.value)])
  }

  /// The id of an interval's statistics.
  package init(from: EpochSecond, to: EpochSecond) {
    self.init(fields: ["interval", String(from.value), String(to.value)])
  }

  /// The id of something that these texts describe.
  package init(fields: [String]) {
    // Lengths in front keep the borders between the fields.
    var bytes: [UInt8] = []
    for field in fields {
      bytes += String(field.utf8.count).utf8
      bytes.append(UInt8(ascii: ":"))
      bytes += field.utf8
    }
    let digits = Array("0123456789abcdef".utf8)
    let hash = SHA256.hash(bytes).prefix(16)
    let hex = hash.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    text = String(decoding: hex, as: UTF8.self)
  }

  /// The id of an alert's change.
  package init(_ transition: AlertTransition) {
    self.init(
      rule: transition.rule.name, key: transition.key.map { "\($0)" },
      state: transition.change == .triggered ? "triggered" : "recovered", time: transition.second)
  }

  /// The id of an event; `nil` for what is not reported.
  package init?(_ event: MonitorEvent) {
    switch event {
    case .alert(let transition): self.init(transition)
    case .interval(let report): self.init(from: report.from, to: report.to)
    case .gap(let from, let to): self.init(fields: ["gap", String(from.value), String(to.value)])
    case .start(let sources):
      self.init(fields: ["start"] + sources.flatMap { ["\($0.path)", $0.format ?? ""] })
    case .end(let report): self.init(report)
    case .notice, .lines, .minute, .second: return nil
    }
  }

  /// The id of the totals of a run.
  private init(_ end: EndReport) {
    let counts = [
      end.tally.lines, end.tally.hits, end.tally.late, end.tally.rejected.total, end.tally.ignored,
    ]
    let times = [end.first, end.last].map { $0.map { String($0.value) } ?? "" }
    self.init(fields: ["end"] + counts.map { String($0) } + times)
  }
}
