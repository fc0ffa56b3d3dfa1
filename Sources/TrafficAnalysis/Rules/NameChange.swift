import AccessLog

/// How the hits of a name grew before an alert triggered.
package struct NameChange: Equatable, Sendable {
  /// The number of seconds before the alert window that it is compared with.
  package static let comparedSeconds: Int64 = 600
  /// The number of names kept per dimension and alert.
  static let limit = 8

  package var name: Name
  /// The mean rate over the ten minutes before the alert window, or as much of them as could be kept.
  package var before: Rate
  /// The mean rate over the alert window.
  package var now: Rate

  package init(name: Name, before: Rate, now: Rate) {
    self.name = name
    self.before = before
    self.now = now
  }
}
