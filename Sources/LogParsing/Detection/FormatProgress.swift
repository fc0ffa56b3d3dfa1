import AccessLog

/// How far a format gets with a line that it rejects.
package struct FormatProgress: Equatable, Sendable {
  /// Fields that can be read, wherever they stand.
  package var fields = 0
  /// The first that cannot; `nil` where each can be, but the line has another shape.
  package var missing: LogField?

  /// - Parameter readable: the fields that can be read.
  package init(readable: Set<LogField>) {
    fields = readable.count
    missing = LogField.allCases.first { !readable.contains($0) }
  }
}

extension FormatCatalog {
  /// The line as the format saw it that got furthest with it, the likelier one where several did.
  ///
  /// - Parameter verdicts: the formats with the reason of each.
  /// - Complexity: O(formats × bytes of the line); for one line of many.
  static func furthest(
    _ line: LineBytes, number: Int, _ verdicts: [(format: any LogFormat, rejection: Rejection)]
  ) -> RejectedLine {
    var best: (rank: [Int], verdict: (format: any LogFormat, rejection: Rejection))?
    for verdict in verdicts {
      let fields = verdict.format.progress(with: line).fields
      let rank = [verdict.rejection.rawValue, fields, verdict.format.claims(line) ? 1 : 0]
      if best.map({ $0.rank.lexicographicallyPrecedes(rank) }) ?? true { best = (rank, verdict) }
    }
    guard let verdict = best?.verdict else {
      return RejectedLine(number: number, rejection: .shape, excerpt: line.excerpt)
    }
    return verdict.format.explain(line, number: number, verdict.rejection)
  }

  /// Another format that accepts the line.
  ///
  /// - Complexity: O(formats × bytes of the line); for one line of many.
  static func accepting(_ line: LineBytes, besides known: any LogFormat) -> String? {
    let trial = RecordBatch()
    let accepting = all.filter { $0.name != type(of: known).name }.map { $0.init() }
      .filter { format in
        var format = format
        if case .hit = format.read(line, into: trial) { return true }
        return false
      }
    let best = accepting.first { $0.claims(line) } ?? accepting.first
    return best.map { type(of: $0).name }
  }
}

extension LogFormat {
  /// A line that this format rejects.
  func explain(_ line: LineBytes, number: Int, _ rejection: Rejection) -> RejectedLine {
    var rejected = RejectedLine(number: number, rejection: rejection, excerpt: line.excerpt)
    rejected.format = Self.name
    rejected.field = progress(with: line).missing
    return rejected
  }
}

extension LineBytes {
  /// The beginning of the line, for show.
  var excerpt: [UInt8] {
    Array(UnsafeBufferPointer(start: start, count: min(count, 200)))
  }
}
