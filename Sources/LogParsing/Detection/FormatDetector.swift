import AccessLog

/// Detects the format of a source: the first line that any format accepts decides, and if several
/// accept it, the most specific one wins.
///
/// Why the lines before it are rejected depends on that format. Until then the reasons are counted
/// for each format.
struct FormatDetector: Sendable {
  /// How the formats judge a line.
  enum Verdict {
    /// The format that accepts the line, in the state before it read the line.
    case accepted(any LogFormat)
    /// Rejected by every format, with the reason of the one that got furthest.
    case rejected(Rejection)
  }

  private(set) var candidates: [any LogFormat]
  /// The reasons by candidate; the last element counts the reason that got furthest.
  private var tallies: [RejectionCounts]
  /// The reason of each candidate for the last rejected line.
  private var reasons: [Rejection] = []
  /// The number of lines so far; no format has accepted any of them.
  private(set) var undecided = 0

  init(candidates: [any LogFormat.Type] = FormatCatalog.all) {
    self.candidates = candidates.map { $0.init() }
    tallies = Array(repeating: RejectionCounts(), count: candidates.count + 1)
  }

  /// Tries every format on a line.
  ///
  /// - Parameter trial: scratch space; it is emptied.
  /// - Complexity: O(formats × bytes of the line).
  mutating func judge(_ line: LineBytes, trial: RecordBatch) -> Verdict {
    reasons.removeAll(keepingCapacity: true)
    var accepting: [any LogFormat] = []
    for index in candidates.indices {
      trial.removeAll()
      let before = candidates[index]
      switch candidates[index].read(line, into: trial) {
      case .hit, .ignored: accepting.append(before)
      case .rejected(let reason): reasons.append(reason)
      }
    }
    trial.removeAll()
    if let format = accepting.first(where: { $0.claims(line) }) ?? accepting.first {
      return .accepted(format)
    }
    let furthest = reasons.max { $0.rawValue < $1.rawValue } ?? .shape
    for (index, reason) in (reasons + [furthest]).enumerated() { tallies[index][reason] += 1 }
    undecided += 1
    return .rejected(furthest)
  }

  /// Explains the line that was just rejected.
  func explain(_ line: LineBytes, number: Int) -> RejectedLine {
    FormatCatalog.explain(line, number: number, Array(zip(candidates, reasons)))
  }

  /// Adds the lines so far to the batch, rejected for the reasons of `format`.
  ///
  /// - Parameter format: the detected format; `nil` to use for each line the reason that got
  ///   furthest.
  mutating func addUndecided(as format: (any LogFormat)?, into batch: RecordBatch) {
    var tally = candidates.count
    if let format, let index = candidates.firstIndex(where: { type(of: $0) == type(of: format) }) {
      tally = index
    }
    for reason in Rejection.allCases where tallies[tally][reason] > 0 {
      batch.add(line: reason, count: tallies[tally][reason])
    }
    self = FormatDetector(candidates: candidates.map { type(of: $0) })
  }
}
