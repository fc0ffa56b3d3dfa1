import AccessLog

/// How the hits of a name grew before an alert triggered.
package struct NameChange: Equatable, Sendable {
  package var name: Name
  /// The mean rate over the ten minutes before the alert window.
  package var before: Rate
  /// The mean rate over the alert window.
  package var now: Rate

  package init(name: Name, before: Rate, now: Rate) {
    self.name = name
    self.before = before
    self.now = now
  }
}
