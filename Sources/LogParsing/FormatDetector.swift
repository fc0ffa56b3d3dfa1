import AccessLog

/// Finds the format of a source: the first line that any format accepts decides, and where several
/// accept it, the most specific one.
///
/// What the lines before it were is known only then, since every format judges them differently:
/// the verdicts are kept by format, as counts.
struct FormatDetector: Sendable {
  /// How many lines may match nothing before that is said.
  static let patience = 1000
  /// How many rejected lines are kept for show.
  static let detailLimit = 10

  /// A rejected line, with the reason of each format in turn and, last, that of the format that got
  /// furthest with it.
  private struct Suspect: Sendable {
    var number: Int
    var excerpt: [UInt8]
    var reasons: [Rejection]
  }

  private var candidates: [any LogFormat]
  /// One count for each candidate, and the last for the reason that got furthest.
  private var tallies: [RejectionCounts]
  private var suspects: [Suspect] = []
  /// Lines that no format has accepted so far.
  private(set) var undecided = 0

  init(candidates: [any LogFormat.Type] = FormatCatalog.all) {
    self.candidates = candidates.map { $0.init() }
    tallies = Array(repeating: RejectionCounts(), count: candidates.count + 1)
  }

  /// Tries a line on every format.
  ///
  /// - Returns: the format that accepts it, which has not yet read it into `batch`; or `nil`.
  mutating func offer(_ line: LineBytes, number: Int, trial: RecordBatch) -> (any LogFormat)? {
    var reasons: [Rejection] = []
    var accepting: [any LogFormat] = []
    for index in candidates.indices {
      trial.removeAll()
      let untouched = candidates[index]
      switch candidates[index].read(line, into: trial) {
      case .hit, .ignored:
        accepting.append(untouched)
      case .rejected(let reason):
        reasons.append(reason)
      }
    }
    trial.removeAll()
    if let format = accepting.first(where: { $0.claims(line) }) ?? accepting.first {
      return format
    }
    count(reasons, of: line, number: number)
    return nil
  }

  private mutating func count(_ reasons: [Rejection], of line: LineBytes, number: Int) {
    undecided += 1
    let furthest = reasons.max { $0.rawValue < $1.rawValue } ?? .shape
    let all = reasons + [furthest]
    for (index, reason) in all.enumerated() { tallies[index][reason] += 1 }
    if suspects.count < Self.detailLimit {
      suspects.append(Suspect(number: number, excerpt: line.excerpt, reasons: all))
    }
  }

  /// The first line that nothing accepted, as the format that got furthest saw it.
  var firstSuspect: RejectedLine? {
    suspects.first.map {
      RejectedLine(number: $0.number, rejection: $0.reasons.last ?? .shape, excerpt: $0.excerpt)
    }
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
    for suspect in suspects {
      batch.details.append(
        RejectedLine(
          number: suspect.number, rejection: suspect.reasons[place], excerpt: suspect.excerpt))
    }
    self = FormatDetector(candidates: candidates.map { type(of: $0) })
  }
}

extension LineBytes {
  /// The beginning of the line, for show.
  var excerpt: [UInt8] {
    Array(UnsafeBufferPointer(start: start, count: min(count, 200)))
  }
}
