import AccessLog

/// Says of the lines of a source during which second they were read, for rules that ask for lines: the
/// first one that closed after them. A line counts once it is known what becomes of it.
struct LineClock: Sendable {
  /// What was counted for seconds that have closed, oldest first, since it was last taken.
  private var counted: [(second: EpochSecond, lines: LineCounts)] = []
  /// The lines up to the last closing.
  private var total = LineCounts()
  private var closedThrough: EpochSecond?

  /// Notes the lines so far, after a line has closed seconds or time has.
  ///
  /// - Parameters:
  ///   - all: the lines of the source so far.
  ///   - clock: the clock of the source.
  mutating func note(_ all: LineCounts, _ clock: SourceClock) {
    guard let closed = clock.closedThrough, let first = clock.firstOpen else { return }
    let next = closedThrough?.advanced(by: 1) ?? first
    guard closed >= next else { return }
    closedThrough = closed
    guard all != total else { return }
    var lines = all
    lines -= total
    total = all
    counted.append((next, lines))
  }

  /// Removes and returns what was counted since the last call.
  mutating func take() -> [(second: EpochSecond, lines: LineCounts)] {
    defer { counted.removeAll(keepingCapacity: true) }
    return counted
  }

  var isEmpty: Bool { counted.isEmpty }
}
