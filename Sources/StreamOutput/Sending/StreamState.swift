import AccessLog
import Messages
import SafeText

/// How sending to a broker goes.
package struct StreamState: Equatable, Sendable {
  /// What a stream carries.
  package enum Content: Equatable, Sendable {
    /// Seconds with hits.
    case seconds
    case events

    fileprivate func text(_ count: Int) -> String {
      let word = self == .seconds ? "second" : "event"
      return count == 1 ? "1 \(word)" : "\(Wording.grouped(count)) \(word)s"
    }
  }

  /// Since when the broker does not answer; `nil` if it does, or if that is not known.
  package var awaySince: EpochSecond?
  /// Why.
  package var failure: String?
  package var content: Content
  /// What is not acknowledged yet.
  package var waiting = 0
  /// The number of messages that the broker did not accept, and why.
  package var refused = 0
  package var refusal: String?
  /// What was dropped because there was no room for it.
  package var lost = 0
  /// The number of files of a former run that are damaged.
  package var damaged = 0
  /// Why what waits is not kept on disk; `nil` if it is.
  package var spoolProblem: String?

  package init(_ content: Content) { self.content = content }

  /// What is wrong, in a few words: `broker away since 21:12:37 (connection refused); 120 seconds wait`.
  /// `nil` if nothing is.
  ///
  /// - Parameter time: formats a time.
  package func notice(time: (EpochSecond) -> String) -> SafeString? {
    var parts: [String] = []
    if let awaySince {
      let reason = failure.map { " (\($0))" } ?? ""
      parts.append("broker away since \(time(awaySince))\(reason)")
      if waiting > 0 { parts.append(waitingText) }
    }
    parts += losses
    if let spoolProblem { parts.append("not kept on disk: \(spoolProblem)") }
    return parts.isEmpty ? nil : SafeString(parts.joined(separator: "; "))
  }

  /// What has not been sent, at the end of a run.
  package var rest: [SafeString] {
    var lines = losses
    if waiting > 0 {
      lines.insert("\(waitingText) in the spool\(failure.map { " (\($0))" } ?? "")", at: 0)
    }
    return lines.map { SafeString($0) }
  }

  /// Whether something got lost, or will not be sent by this run.
  package var isIncomplete: Bool { waiting > 0 || lost > 0 || refused > 0 }

  private var waitingText: String { "\(content.text(waiting)) wait\(waiting == 1 ? "s" : "")" }

  /// What never reaches the broker.
  private var losses: [String] {
    var parts: [String] = []
    if lost > 0 {
      parts.append("\(content.text(lost)) lost: no room for \(lost == 1 ? "it" : "them")")
    }
    if refused > 0 {
      let messages = refused == 1 ? "1 message" : "\(Wording.grouped(refused)) messages"
      parts.append("\(messages) refused: \(refusal ?? "")")
    }
    if damaged > 0 {
      parts.append(
        damaged == 1
          ? "1 damaged file of the spool kept aside as .bad"
          : "\(damaged) damaged files of the spool kept aside as .bad")
    }
    return parts
  }
}
