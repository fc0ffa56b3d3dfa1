import AccessLog

/// What the figures depend on besides the bytes. Seconds throughout.
package struct AnalysisOptions: Equatable, Sendable {
  /// Length of an interval, at least 1.
  package var statsInterval: Int64 = 10
  /// Length of the alert window, at least 1.
  package var alertWindow: Int64 = 120
  package var threshold = Threshold(whole: 10)
  /// How long a second stays open for lines that come out of order.
  package var lateness: Int64 = 2
  /// How far a time may leap ahead before it is doubted.
  package var maxJump: Int64 = 60
  /// How long a live log may be quiet before time goes on without it.
  package var idleGrace: Int64 = 10
  /// Waits longer by itself, where a server that writes in blocks makes that necessary.
  package var adaptsIdleGrace = true
  /// Rows in a reported ranking.
  package var top = 10
  /// Only records in it take part.
  package var range = TimeRange()
  /// Somebody may look at tables: the names of the last hour and of the whole log are kept for them.
  package var keepsTables = true
  /// The source is followed: more may come after its end.
  package var following = false

  package init() {}
}
