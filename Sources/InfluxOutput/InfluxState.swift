import Messages
import SafeText

/// How sending goes.
package struct InfluxState: Equatable, Sendable {
  /// The number of points that are not sent yet.
  package var waiting = 0
  /// Why the latest attempt has failed; `nil` if it has not. It holds no secret.
  package var failure: String?
  /// The number of points that the store did not accept, and why.
  package var refused = 0
  package var refusal: String?
  /// The number of points that were dropped because there was no room for them.
  package var lost = 0
  /// The number of intervals that are not sent because a former run has come further.
  package var known = 0
  /// The number of files of a former run that could not be read.
  package var damaged = 0
  /// Why points that wait are not kept on disk; `nil` if they are.
  package var spoolProblem: String?

  package init() {}

  /// What is wrong, in a few words: `connection refused; 1,234 points wait`. `nil` if nothing is.
  package var notice: SafeString? {
    var parts: [String] = []
    if let failure { parts.append("\(failure); \(Self.points(waiting)) wait") }
    parts += losses
    if failure != nil, let spoolProblem { parts.append("not kept on disk: \(spoolProblem)") }
    return parts.isEmpty ? nil : SafeString(parts.joined(separator: "; "))
  }

  /// What has not been sent, at the end of a run.
  package var rest: [SafeString] {
    var lines = losses
    if waiting > 0 {
      let reason = failure.map { " (\($0))" } ?? ""
      lines.insert("\(Self.points(waiting)) wait in the spool\(reason)", at: 0)
    }
    return lines.map { SafeString($0) }
  }

  /// What is not sent because a former run has come further; `nil` if all is.
  package var knownText: SafeString? {
    guard known > 0 else { return nil }
    let intervals = known == 1 ? "1 interval" : "\(Wording.grouped(known)) intervals"
    return SafeString("\(intervals) not sent: a former run has come further")
  }

  /// Points that never reach the store.
  private var losses: [String] {
    var parts: [String] = []
    if refused > 0 { parts.append("\(Self.points(refused)) refused: \(refusal ?? "")") }
    if lost > 0 {
      let reason = spoolProblem.map { "not kept on disk: \($0)" } ?? "no room for them"
      parts.append("\(Self.points(lost)) lost: \(reason)")
    }
    if damaged > 0 {
      parts.append(
        damaged == 1
          ? "1 damaged file of the spool removed" : "\(damaged) damaged files of the spool removed")
    }
    return parts
  }

  private static func points(_ count: Int) -> String {
    count == 1 ? "1 point" : "\(Wording.grouped(count)) points"
  }
}
