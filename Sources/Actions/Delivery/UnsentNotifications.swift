import SafeText

/// The notifications of an action that the program could not send before its end.
package struct UnsentNotifications: Equatable, Sendable {
  package var action: String
  package var count: Int
  /// Why the latest attempt has failed; `nil` if none has.
  package var reason: String?
  /// Whether the next run sends them.
  package var isKept: Bool

  /// A few words without the name of the action.
  package var text: SafeString {
    let what = count == 1 ? "1 notification" : "\(count) notifications"
    let why = reason.map { " (\($0))" } ?? ""
    return SafeString("\(what) not sent\(why)\(isKept ? ", kept for the next run" : "")")
  }
}
