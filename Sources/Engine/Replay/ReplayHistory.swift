import AccessLog
import TrafficAnalysis

/// Copies of a pipeline at moments of a replay, to return to. They are dense within an hour of the
/// current moment and sparser further away. This bounds both the memory that they take and the part
/// of the log that must be read again from the nearest copy to any moment.
package struct ReplayHistory: Sendable {
  /// Bounds the number of copies.
  package struct Limits: Sendable {
    /// The minimum number of lines between two copies; it is higher for large copies.
    package var lines = 50_000
    /// The maximum number of copies, not counting the one of the beginning.
    package var copies = 128
    /// The maximum memory that they take, in bytes.
    package var bytes = 64 << 20

    package init() {}
  }

  /// A copy of this size, in bytes, is made quickly compared with the time that reading
  /// `Limits.lines` takes. A copy of twice the size is made half as often.
  private static let smallCopy = 3 << 20
  /// Copies within this distance of the current moment, in log seconds, are equally useful: an hour
  /// back, and an hour more to go on from there.
  private static let nearDistance: Int64 = 7200

  private struct Copy: Sendable {
    var second: EpochSecond
    var lines: Int
    var footprint: Footprint
    var pipeline: Pipeline
  }

  private let limits: Limits
  private let beginning: Pipeline
  /// Ordered by second.
  private var copies: [Copy] = []

  package init(beginning: Pipeline, limits: Limits = Limits()) {
    self.limits = limits
    self.beginning = beginning
  }

  /// The number of copies.
  package var count: Int { copies.count }

  /// Adds a copy of the pipeline, unless another copy is close to it.
  ///
  /// - Complexity: O(copies), plus the memory of the copy once the original changes.
  package mutating func addCopy(of pipeline: Pipeline) {
    guard let second = pipeline.closedThrough else { return }
    let lines = pipeline.linesRead
    let index = copies.lastIndex { $0.second <= second }.map { $0 + 1 } ?? 0
    guard isDistant(lines, at: index, by: limits.lines) else { return }
    let footprint = pipeline.footprint
    let distance = limits.lines * max(1, footprint.own / Self.smallCopy)
    guard isDistant(lines, at: index, by: distance) else { return }
    copies.insert(
      Copy(second: second, lines: lines, footprint: footprint, pipeline: pipeline), at: index)
    while copies.count > limits.copies || bytes > limits.bytes {
      removeLeastUsefulCopy(now: second)
    }
  }

  /// Whether a copy inserted at the index would be that many lines away from both of its
  /// neighbours.
  private func isDistant(_ lines: Int, at index: Int, by distance: Int) -> Bool {
    let before = index > 0 ? copies[index - 1].lines : 0
    guard lines - before >= distance else { return false }
    return index == copies.count || copies[index].lines - lines >= distance
  }

  /// The latest copy that shows `second` or an earlier one; the beginning, if there is none.
  package func latestCopy(notAfter second: EpochSecond) -> Pipeline {
    copies.last { $0.second <= second }?.pipeline ?? beginning
  }

  /// The memory that the copies take, in bytes.
  ///
  /// - Complexity: O(copies).
  package var bytes: Int { copies.indices.reduce(0) { $0 + bytes(of: $1) } }

  /// The memory of one copy, without the recent seconds that it shares with the next one.
  private func bytes(of index: Int) -> Int {
    let footprint = copies[index].footprint
    let isLast = index + 1 == copies.count
    let gap = isLast ? .max : copies[index + 1].second.seconds(since: copies[index].second)
    return footprint.shared.reduce(footprint.own) { $0 + $1.unshared(after: gap) }
  }

  /// Removes the copy that costs least to do without: by the gap that it leaves between its
  /// neighbours, its distance from the current moment, and its memory.
  private mutating func removeLeastUsefulCopy(now: EpochSecond) {
    var least = (index: 0, cost: Double.infinity)
    // Without the last copy, everything after it would have to be read again.
    for (index, copy) in copies.enumerated().dropLast() {
      let gap = copies[index + 1].lines - (index > 0 ? copies[index - 1].lines : 0)
      let distance = max(Self.nearDistance, abs(now.seconds(since: copy.second)))
      // The square root makes gaps twice as wide at four times the distance.
      let cost = Double(gap) / Double(distance).squareRoot() / Double(bytes(of: index))
      if cost < least.cost { least = (index, cost) }
    }
    copies.remove(at: least.index)
  }
}
