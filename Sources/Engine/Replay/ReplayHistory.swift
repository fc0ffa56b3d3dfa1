import AccessLog
import TrafficAnalysis

/// Copies of a pipeline at moments of a replay, to come back to. They lie close to each other within
/// an hour of where the replay is, and the further away the fewer: the memory that they take is
/// bounded, and so is the way from the nearest one to any moment.
package struct ReplayHistory: Sendable {
  /// How many copies there are.
  package struct Limits: Sendable {
    /// Lines between two copies, at least; more where a copy is large.
    package var lines = 50_000
    /// Copies kept besides the beginning, and what they may take, in bytes.
    package var copies = 128
    package var bytes = 64 << 20

    package init() {}
  }

  /// A copy of so many bytes takes a small part of the time that its lines take, and one of twice as
  /// many is made half as often.
  private static let smallCopy = 3 << 20
  /// Within so many log seconds copies are worth the same: those that lead to an hour ago, and from
  /// there some way further.
  private static let near: Int64 = 7200

  private struct Copy: Sendable {
    var second: EpochSecond
    var lines: Int
    var footprint: Footprint
    var pipeline: Pipeline
  }

  private let limits: Limits
  private let beginning: Pipeline
  /// In the order of their seconds.
  private var copies: [Copy] = []

  package init(beginning: Pipeline, limits: Limits = Limits()) {
    self.limits = limits
    self.beginning = beginning
  }

  package var count: Int { copies.count }

  /// Keeps the pipeline as it is now, if that is far enough from other copies.
  package mutating func keep(_ pipeline: Pipeline) {
    guard let second = pipeline.closedThrough else { return }
    let lines = pipeline.linesRead
    let place = copies.lastIndex { $0.second <= second }.map { $0 + 1 } ?? 0
    guard isFar(lines, from: place, limits.lines) else { return }
    let footprint = pipeline.footprint
    let least = limits.lines * max(1, footprint.own / Self.smallCopy)
    guard isFar(lines, from: place, least) else { return }
    copies.insert(
      Copy(second: second, lines: lines, footprint: footprint, pipeline: pipeline), at: place)
    while copies.count > limits.copies || bytes > limits.bytes { thin(now: second) }
  }

  /// Whether the copies before and behind a place are so many lines away.
  private func isFar(_ lines: Int, from place: Int, _ least: Int) -> Bool {
    let before = place > 0 ? copies[place - 1].lines : 0
    guard lines - before >= least else { return false }
    return place == copies.count || copies[place].lines - lines >= least
  }

  /// The latest copy that has not come further than `second`.
  package func nearest(to second: EpochSecond) -> Pipeline {
    copies.last { $0.second <= second }?.pipeline ?? beginning
  }

  /// What the copies take, in bytes.
  package var bytes: Int { copies.indices.reduce(0) { $0 + bytes(of: $1) } }

  /// Neighbours share the recent seconds that both hold.
  private func bytes(of index: Int) -> Int {
    let footprint = copies[index].footprint
    guard footprint.recentSeconds > 0, index + 1 < copies.count else {
      return footprint.own + footprint.recent
    }
    let gap = copies[index + 1].second.seconds(since: copies[index].second)
    let alone = min(1, Double(gap) / Double(footprint.recentSeconds))
    return footprint.own + Int(Double(footprint.recent) * alone)
  }

  /// Drops the copy that is missed least: the one without which the way between its neighbours is
  /// shortest, by how far away it is and by what it takes.
  private mutating func thin(now: EpochSecond) {
    var least = (index: 0, cost: Double.infinity)
    // The last one is the only way to all that is behind it.
    for (index, copy) in copies.enumerated().dropLast() {
      let gap = copies[index + 1].lines - (index > 0 ? copies[index - 1].lines : 0)
      let distance = max(Self.near, abs(now.seconds(since: copy.second)))
      // The root: four times as far away, copies lie twice as far from each other.
      let cost = Double(gap) / Double(distance).squareRoot() / Double(bytes(of: index))
      if cost < least.cost { least = (index, cost) }
    }
    copies.remove(at: least.index)
  }
}
