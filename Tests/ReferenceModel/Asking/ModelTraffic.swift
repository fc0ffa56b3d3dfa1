/// What rules are judged by.
struct ModelTraffic {
  /// The hits that count in their seconds, in no order.
  let hits: [ModelRecord]
  /// The first second that is evaluated when it closes.
  let first: Int64
  /// The last one.
  let last: Int64
  /// The lines that were read while a second closed.
  let lines: [Int64: ModelLineCounts]
  /// What is told of the hits when an alert triggers.
  let options: ModelOptions
}

/// Lines, and what became of them.
struct ModelLineCounts: Equatable {
  var lines = 0
  var late = 0
  var rejected = 0
  /// Those of the rejected ones that are ahead of the clock.
  var future = 0

  static func + (a: ModelLineCounts, b: ModelLineCounts) -> ModelLineCounts {
    ModelLineCounts(
      lines: a.lines + b.lines, late: a.late + b.late, rejected: a.rejected + b.rejected,
      future: a.future + b.future)
  }

  static func - (a: ModelLineCounts, b: ModelLineCounts) -> ModelLineCounts {
    ModelLineCounts(
      lines: a.lines - b.lines, late: a.late - b.late, rejected: a.rejected - b.rejected,
      future: a.future - b.future)
  }
}

/// Says of every line while which second it was read.
struct ModelLineClock {
  /// By the first second that closed after they were read.
  private(set) var lines: [Int64: ModelLineCounts] = [:]
  private var counted = ModelLineCounts()
  private var closed: Int64?

  /// After a line is judged.
  ///
  /// - Parameter all: of the lines up to it.
  mutating func note(_ all: ModelLineCounts, _ clock: ModelClockGuard) {
    guard let start = clock.start, let reach = clock.reach else { return }
    close(clock.lastClosed(reach), since: clock.lastClosed(start), all)
  }

  /// After the last line: all seconds close that have not.
  mutating func end(_ all: ModelLineCounts, _ clock: ModelClockGuard) {
    guard let start = clock.start, let highest = clock.highest else { return }
    close(highest, since: clock.lastClosed(start), all)
  }

  private mutating func close(_ second: Int64, since start: Int64, _ all: ModelLineCounts) {
    let before = closed ?? start
    if second > before {
      lines[before + 1, default: ModelLineCounts()] = all - counted
      counted = all
    }
    closed = max(before, second)
  }
}
