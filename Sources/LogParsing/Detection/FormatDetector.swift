import AccessLog

/// Finds the format of a line: of those that accept it the most specific one.
///
/// Why a line is rejected depends on the format of its source. Until one is found, the reasons are
/// counted for each format.
struct FormatDetector: Sendable {
  private let candidates: [any LogFormat]
  /// How the lines that wait count, by candidate; the last element counts the reason that got furthest.
  private var tallies: [Tally]
  /// The reason of each candidate for the last line that none accepted; `nil` if it ignores the line.
  private var reasons: [Rejection?] = []
  /// The number of lines that wait for a format.
  private(set) var undecided = 0
  /// Whether the last line that none accepted is probably a header, but did not decide the format.
  private(set) var isPossibleHeader = false

  init(_ options: ParsingOptions) {
    candidates = FormatCatalog.types.map { $0.init(options) }
    tallies = Self.noTallies
  }

  /// How lines count.
  private struct Tally: Sendable {
    var rejected = RejectionCounts()
    var ignored = 0
  }

  private static var noTallies: [Tally] {
    Array(repeating: Tally(), count: FormatCatalog.types.count + 1)
  }

  /// The reason of the format that got furthest with the last line that none accepted.
  var furthest: Rejection {
    reasons.compactMap { $0 }.max { $0.rawValue < $1.rawValue } ?? .shape
  }

  /// The most specific format that accepts a line, in the state before it read the line; `nil` if
  /// there is none, or if the line is a header that does not decide it: see `isPossibleHeader`.
  ///
  /// - Parameters:
  ///   - trial: scratch space.
  ///   - requiresAddress: whether to reject headers, and lines whose client is not an address.
  /// - Complexity: O(formats × bytes of the line).
  mutating func format(
    of line: LineBytes, trial: RecordBatch, requiresAddress: Bool
  ) -> (any LogFormat)? {
    reasons.removeAll(keepingCapacity: true)
    isPossibleHeader = false
    for candidate in candidates {
      trial.removeAll()
      var reader = candidate
      switch reader.read(line, into: trial) {
      case .hit where requiresAddress && !trial.hasAddress: reasons.append(.shape)
      case .ignored where requiresAddress: reasons.append(.shape)
      case .hit: return candidate
      case .ignored:
        let evidence = candidate.evidence(ofIgnored: line)
        if evidence == .decisive { return candidate }
        if evidence == .weak { isPossibleHeader = true }
        reasons.append(nil)
      case .rejected(let reason): reasons.append(reason)
      }
    }
    return nil
  }

  /// Counts the last line that none accepted, until its reason is known.
  mutating func countUndecided() {
    for (index, reason) in (reasons + [furthest]).enumerated() {
      if let reason { tallies[index].rejected[reason] += 1 } else { tallies[index].ignored += 1 }
    }
    undecided += 1
  }

  /// Explains the last line that none accepted.
  func explain(_ line: LineBytes, number: Int) -> RejectedLine {
    let verdicts = zip(candidates, reasons).map { ($0, $1 ?? .shape) }
    return FormatCatalog.explain(line, number: number, verdicts)
  }

  /// Adds the lines that wait to the batch, as `format` judges them.
  ///
  /// - Parameter format: the detected format; `nil` to use for each line the reason that got
  ///   furthest.
  mutating func addUndecided(as format: (any LogFormat)?, into batch: RecordBatch) {
    guard undecided > 0 else { return }
    var tally = candidates.count
    if let format, let index = candidates.firstIndex(where: { type(of: $0) == type(of: format) }) {
      tally = index
    }
    for reason in Rejection.allCases where tallies[tally].rejected[reason] > 0 {
      batch.add(line: reason, count: tallies[tally].rejected[reason])
    }
    if tallies[tally].ignored > 0 { batch.add(line: nil, count: tallies[tally].ignored) }
    tallies = Self.noTallies
    undecided = 0
  }
}
