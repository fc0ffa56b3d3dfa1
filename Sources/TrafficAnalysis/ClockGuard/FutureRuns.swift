import AccessLog

/// The first record of each run of records ahead of the wall clock. Only recent runs are kept, more
/// than can lie between what is read and what is shown.
struct FutureRuns: Sendable {
  private static let limit = 1000

  private var lines: [RejectedLine] = []
  /// The number of all runs so far.
  private(set) var count: UInt32 = 0

  mutating func add(_ first: RejectedLine) {
    count &+= 1
    if lines.count == 2 * Self.limit { lines.removeFirst(Self.limit) }
    lines.append(first)
  }

  /// The first record of a run, numbered from 1; `nil` if it is not kept.
  subscript(run: UInt32) -> RejectedLine? {
    let index = lines.count - Int(count) + Int(run) - 1
    return run > 0 && lines.indices.contains(index) ? lines[index] : nil
  }
}
