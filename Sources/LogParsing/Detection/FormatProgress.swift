import AccessLog

/// How far a format reads a line that it rejects.
package struct FormatProgress: Equatable, Sendable {
  /// The number of fields that can be read, wherever they are.
  package var fields = 0
  /// The first field that cannot be read; `nil` if all can, but the line has another shape.
  package var missing: LogField?

  /// - Parameter readable: the fields that can be read.
  package init(readable: Set<LogField>) {
    fields = readable.count
    missing = LogField.allCases.first { !readable.contains($0) }
  }
}

extension FormatCatalog {
  /// Explains why a line is rejected, by the format that got furthest; of several, by the common log
  /// format, which most logs are written in, or else by the most specific one.
  ///
  /// - Parameter verdicts: the formats, and why each rejects the line.
  /// - Complexity: O(formats × bytes of the line). Called for few lines only.
  static func explain(
    _ line: LineBytes, number: Int, _ verdicts: [(format: any LogFormat, rejection: Rejection)]
  ) -> RejectedLine {
    var best: (rank: [Int], verdict: (format: any LogFormat, rejection: Rejection))?
    for verdict in verdicts {
      let rank = [
        verdict.rejection.rawValue, verdict.format.progress(with: line).fields,
        verdict.format is CommonLogFormat ? 1 : 0,
      ]
      if best.map({ $0.rank.lexicographicallyPrecedes(rank) }) ?? true { best = (rank, verdict) }
    }
    guard let verdict = best?.verdict else {
      return RejectedLine(number: number, rejection: .shape, excerpt: line.excerpt)
    }
    return verdict.format.explain(line, number: number, verdict.rejection)
  }

  /// The name of another format that accepts the line.
  ///
  /// - Complexity: O(formats × bytes of the line). Called for few lines only.
  static func alternative(to format: any LogFormat, accepting line: LineBytes) -> String? {
    let trial = RecordBatch()
    for candidate in types where ObjectIdentifier(candidate) != ObjectIdentifier(type(of: format)) {
      var reader = candidate.init(ParsingOptions())
      if case .hit = reader.read(line, into: trial) { return reader.name(of: line) }
    }
    return nil
  }
}

extension LogFormat {
  /// Explains why this format rejects a line.
  func explain(_ line: LineBytes, number: Int, _ rejection: Rejection) -> RejectedLine {
    var rejected = RejectedLine(number: number, rejection: rejection, excerpt: line.excerpt)
    rejected.format = name(of: line)
    rejected.field = progress(with: line).missing
    return rejected
  }
}

extension LineBytes {
  /// The beginning of the line, for display.
  var excerpt: [UInt8] {
    Array(UnsafeBufferPointer(start: start, count: min(count, 200)))
  }
}
