import AccessLog

/// The first record of each run that was ahead of the wall clock: of the last ones, more than there
/// are between what is read and what is shown.
struct FutureRuns: Sendable {
  private static let limit = 1000

  private var lines: [RejectedLine] = []
  /// Runs there ever were.
  private(set) var count: UInt32 = 0

  mutating func add(_ first: RejectedLine) {
    count &+= 1
    if lines.count == 2 * Self.limit { lines.removeFirst(Self.limit) }
    lines.append(first)
  }

  /// The first record of the run with that number, counted from 1.
  subscript(run: UInt32) -> RejectedLine? {
    let place = lines.count - Int(count) + Int(run) - 1
    return run > 0 && lines.indices.contains(place) ? lines[place] : nil
  }
}

extension RejectedLine {
  /// A record whose time is too far ahead.
  init(_ arrival: Arrival) {
    self.init(number: arrival.line, rejection: .future)
    time = arrival.time
  }
}
