import AccessLog
import LogParsing
import TrafficAnalysis

extension Pipeline {
  /// All figures of this moment. See `TrafficAnalyzer.snapshot`.
  ///
  /// - Parameters:
  ///   - previous: the last snapshot of this pipeline. Its tables are reused if nothing that they depend
  ///     on has changed.
  ///   - tableAge: reuses them also if fewer seconds than this have closed since.
  package func snapshot(
    _ tables: TableRequest, includingPending: Bool, previous: Snapshot? = nil, tableAge: Int64 = 0
  ) -> Snapshot {
    var snapshot = analyzer.snapshot(
      tables, includingPending: includingPending, previous: previous, tableAge: tableAge)
    let shown = analyzer.shownSource.map { $0..<$0 + 1 } ?? sources.indices
    snapshot.undecided = shown.reduce(0) { $0 + sources[$1].parser.undecided }
    snapshot.notices.insert(
      contentsOf: matchNotices(includingPending: includingPending), at: 0)
    if includingPending || isFinished, let empty = analyzer.emptyRange {
      snapshot.notices.insert(.emptyRange(empty), at: 0)
    }
    if sources.count > namedSources, snapshot.tally.hits > 0 { ignorePeers(in: &snapshot.notices) }
    return snapshot
  }

  /// Removes the notices that would make the figures of all others meaningless because of what a single
  /// peer sends. Its row says so.
  private func ignorePeers(in notices: inout [Notice]) {
    guard notices.contains(where: \.invalidatesFigures) else { return }
    let peers = Set(sources[namedSources...].map(\.path))
    notices.removeAll { notice in
      guard case .about(let source, _) = notice, notice.invalidatesFigures else { return false }
      return peers.contains(source)
    }
  }

  /// All figures of this moment, with the first rows of each table.
  package func snapshot(window: TableWindow, rows: Int, includingPending: Bool) -> Snapshot {
    snapshot(TableRequest(window: window, rows: rows), includingPending: includingPending)
  }

  /// The place, in the list that a request describes, of the next name after `place`, or before it,
  /// that contains the bytes, whatever the case of ASCII letters. The search goes on at the other end
  /// of the list.
  ///
  /// - Parameter place: -1 or the length of the list, to begin with its first or its last name.
  /// - Returns: `nil` if no name contains the bytes.
  package func place(
    matching text: [UInt8], in request: RankingRequest, window: TableWindow,
    comparison: TableComparison, from place: Int, forward: Bool
  ) -> Int? {
    analyzer.place(
      matching: text, in: request, window: window, comparison: comparison, from: place,
      forward: forward)
  }

  /// The notices about lines that do not match, one at most for each source.
  private func matchNotices(includingPending: Bool) -> [Notice] {
    sources.indices.compactMap { source in
      let shown = includingPending ? nil : analyzer.tally(of: source).lines
      return sources[source].matchNotice(shownLines: shown).map { analyzer.about(source, $0) }
    }
  }
}
