import AccessLog

/// Copies of a pipeline at moments of a replay, to come back to. The further back, the fewer: their
/// number is bounded, and so is the way from the nearest one to any moment since.
package struct ReplayHistory: Sendable {
  /// Copies kept besides the beginning.
  private static let capacity = 24
  /// Log seconds between the closest copies, and lines, whichever is more.
  private static let leastSeconds: Int64 = 30

  private let beginning: Pipeline
  private var copies: [(second: EpochSecond, pipeline: Pipeline)] = []

  package init(beginning: Pipeline) {
    self.beginning = beginning
  }

  /// Keeps the pipeline as it is now, if that is far enough from the last copy.
  package mutating func keep(_ pipeline: Pipeline) {
    guard let second = pipeline.closedThrough else { return }
    if let last = copies.last, second.seconds(since: last.second) < Self.leastSeconds { return }
    copies.append((second, pipeline))
    if copies.count > Self.capacity { thin(now: second) }
  }

  /// The latest copy that has not come further than `second`.
  package func nearest(to second: EpochSecond) -> Pipeline {
    copies.last { $0.second <= second }?.pipeline ?? beginning
  }

  /// Drops the copy that is missed least: the one whose neighbours are closest, by how long ago
  /// they are.
  private mutating func thin(now: EpochSecond) {
    var least = (index: 1, cost: Double.infinity)
    for index in 1..<copies.count - 1 {
      let gap = copies[index + 1].second.seconds(since: copies[index - 1].second)
      let age = now.seconds(since: copies[index].second) + Self.leastSeconds
      let cost = Double(gap) / Double(age)
      if cost < least.cost { least = (index, cost) }
    }
    copies.remove(at: least.index)
  }
}
