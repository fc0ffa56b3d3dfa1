import AccessLog

/// The high-traffic alert changing its state, at the close of a second.
package struct AlertTransition: Equatable, Sendable {
  package enum Change: Equatable, Sendable {
    case triggered
    /// `since` is the second at which the alert had triggered.
    case recovered(since: EpochSecond)
  }

  package var change: Change
  /// The closed second at which it was found.
  package var second: EpochSecond
  /// Hits in the window that ends there.
  package var hits: Int
  /// Mean hits per second over the window.
  package var mean: Rate

  package init(change: Change, second: EpochSecond, hits: Int, mean: Rate) {
    self.change = change
    self.second = second
    self.hits = hits
    self.mean = mean
  }
}
