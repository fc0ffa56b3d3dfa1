import AccessLog

/// Finds the format of a source: the first line that any format accepts decides, and where several
/// accept it, the most specific one.
///
/// What the lines before it were is known only then, since every format judges them differently:
/// the verdicts are kept by format, as counts.
struct FormatDetector: Sendable {
  /// What the formats make of a line.
  enum Verdict {
    /// The format that accepts it, which has not yet read it into a batch.
    case accepted(any LogFormat)
    /// The reason of the format that got furthest.
    case rejected(Rejection)
  }

  private(set) var candidates: [any LogFormat]
  /// One count for each candidate, and the last for the reason that got furthest.
  private var tallies: [RejectionCounts]
  /// The reason of each candidate for the last line that none accepted.
  private var reasons: [Rejection] = []
  /// Lines that no format has accepted so far.
  private(set) var undecided = 0

  init(candidates: [any LogFormat.Type] = FormatCatalog.all) {
    self.candidates = candidates.map { $0.init() }
    tallies = Array(repeating: RejectionCounts(), count: candidates.count + 1)
  }

  /// Tries a line on every format.
  mutating func offer(_ line: LineBytes, trial: RecordBatch) -> Verdict {
    reasons.removeAll(keepingCapacity: true)
    var accepting: [any LogFormat] = []
    for index in candidates.indices {
      trial.removeAll()
      let untouched = candidates[index]
      switch candidates[index].read(line, into: trial) {
      case .hit, .ignored: accepting.append(untouched)
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

  /// The line that was just rejected, as the format saw it that got furthest with it.
  func explain(_ line: LineBytes, number: Int) -> RejectedLine {
    FormatCatalog.furthest(line, number: number, Array(zip(candidates, reasons)))
  }

  /// Counts the lines so far as `format` judges them; where there is none, each by the format that
  /// got furthest with it.
  mutating func settle(for format: (any LogFormat)?, into batch: RecordBatch) {
    var place = candidates.count
    if let format, let index = candidates.firstIndex(where: { type(of: $0) == type(of: format) }) {
      place = index
    }
    for reason in Rejection.allCases where tallies[place][reason] > 0 {
      batch.add(line: reason, count: tallies[place][reason])
    }
    self = FormatDetector(candidates: candidates.map { type(of: $0) })
  }
}
