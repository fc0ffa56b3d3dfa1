import AccessLog

/// Watches closed seconds for a condition and reports when it begins and ceases to hold.
///
/// What is asked of it for every second counts as mutating: then the rule is asked in place, and not a
/// copy of it.
protocol Rule: Sendable {
  /// The name of the rule.
  var name: String { get }

  /// The state as of the last closed second.
  func state(_ names: NameTables) -> RuleState

  /// Begins with the first second that closes. Called before it is evaluated.
  mutating func begin(at second: EpochSecond)

  /// The next empty second, not after `end`, at which the alert may change; `nil` if there is none.
  /// Other empty seconds are skipped.
  mutating func nextChange(through end: EpochSecond) -> EpochSecond?

  /// Evaluates the condition at a second. All seconds since the previous evaluation were empty.
  ///
  /// - Parameter input: the hits of the second.
  /// - Returns: the changes at the second. `ClosedTraffic` adds which names grew in the rule's window.
  mutating func evaluate(_ input: RuleInput, _ names: NameTables) -> [AlertTransition]

  /// Evaluates the condition at each second of a run, and appends the changes.
  mutating func evaluate(
    _ run: SecondRun, _ names: NameTables, _ changes: inout [AlertTransition])

  /// Counts lines that were read while a second and those after it closed. Called before that second
  /// is evaluated.
  mutating func count(_ lines: LineCounts, at second: EpochSecond)

  /// Takes over the alerts of an earlier run, whose last second has just been evaluated again: those, and
  /// no others, are active.
  ///
  /// - Parameters:
  ///   - active: their triggers.
  ///   - cut: the last second of which not all hits are known; `nil` if there is none. As long as it is in
  ///     the window, the rule does not judge what that may change.
  mutating func restore(
    _ active: [AlertTransition], cutThrough cut: EpochSecond?, _ names: inout NameTables)

  /// Marks the names that it refers to.
  func markNames(_ marks: inout NameMarks)

  /// Replaces the name IDs.
  mutating func renumber(_ newIDs: NameIDMap)

  /// Whether its figures lack something because there was too much of it.
  var isShortened: Bool { mutating get }

  /// The memory used by a copy, in bytes.
  var footprint: Int { get }
}

extension Rule {
  mutating func evaluate(
    _ run: SecondRun, _ names: NameTables, _ changes: inout [AlertTransition]
  ) {
    for place in 0..<run.count {
      let second = run[place]
      let new = evaluate(RuleInput(second: second.second, figures: second), names)
      if !new.isEmpty { changes += new }
    }
  }

  mutating func begin(at second: EpochSecond) {}
  mutating func count(_ lines: LineCounts, at second: EpochSecond) {}
  func markNames(_ marks: inout NameMarks) {}
  mutating func renumber(_ newIDs: NameIDMap) {}
  var isShortened: Bool { false }
  var footprint: Int { 0 }
}

/// What a rule learns of a closed second.
struct RuleInput {
  let second: EpochSecond
  /// Its hits; `nil` if it has none.
  let figures: SecondView?
}

/// Lines read, as far as rules ask for them.
struct LineCounts: Equatable, Sendable {
  var lines = 0
  var late = 0
  var rejected = 0
  var future = 0

  init() {}

  init(_ tally: LineTally) {
    // A line in quarantine is not counted yet.
    lines = tally.hits + tally.rejected.total + tally.ignored
    late = tally.late
    rejected = tally.rejected.total
    future = tally.rejected[.future]
  }

  static func += (left: inout LineCounts, right: LineCounts) {
    left.lines += right.lines
    left.late += right.late
    left.rejected += right.rejected
    left.future += right.future
  }

  static func -= (left: inout LineCounts, right: LineCounts) {
    left.lines -= right.lines
    left.late -= right.late
    left.rejected -= right.rejected
    left.future -= right.future
  }
}
