import AccessLog

extension TrafficAnalyzer {
  /// All figures as of the last second that has passed the gate.
  ///
  /// - Parameters:
  ///   - tables: the rows and the window of the tables.
  ///   - includingPending: includes lines read since the last closing, for a live view.
  ///   - previous: an earlier snapshot of the same log. Its tables, which are the expensive part, are
  ///     reused if the request is the same and nothing has closed since.
  ///   - tableAge: reuses them also if fewer seconds than this have closed since.
  package func snapshot(
    _ tables: TableRequest, includingPending: Bool, previous: Snapshot? = nil,
    tableAge: Int64 = 0
  ) -> Snapshot {
    var snapshot = shown.figures(
      tables, includingPending: includingPending, previous: previous, tableAge: tableAge)
    snapshot.rules = closed.rules.map { $0.state(names) }
    snapshot.transitions = closed.transitions
    snapshot.isResuming = !isPastResumption
    if hasView || snapshot.shownSource != nil { snapshot.allTraffic = closed.rateNow }
    return snapshot
  }

  /// The figures without the rules.
  private func figures(
    _ tables: TableRequest, includingPending: Bool, previous: Snapshot?, tableAge: Int64
  ) -> Snapshot {
    var snapshot = Snapshot()
    var closed = shownTraffic
    let shownSource = shownSource
    snapshot.closedThrough = closed.closedThrough
    snapshot.rateNow = closed.rateNow
    if let source = shownSource, let shown = separate.shown {
      // From its beginning on, late hits are before the seconds that have closed.
      if shown.since == nil {
        (closed.first, closed.last) = (joiner[source].first, joiner[source].last)
      }
      snapshot.tally = joiner[source].tally
      snapshot.lifetime = joiner[source].traffic
      snapshot.shownSource = ShownSource(name: sourceNames[source], since: shown.since)
    } else {
      snapshot.tally = closed.tally
      snapshot.lifetime = closed.traffic
    }
    (snapshot.first, snapshot.last) = (closed.first, closed.last)
    if includingPending {
      addPending(of: shownSource.map { $0..<$0 + 1 } ?? sourceNames.indices, to: &snapshot)
    }
    if tables.wantsSources { snapshot.sources = sourceFigures(includingPending: includingPending) }
    snapshot.uniqueClients = closed.rankings.uniqueClients
    snapshot.isTimed = !closed.latencies.isEmpty
    snapshot.history = closed.history
    snapshot.tableOrigin = TableOrigin(tables, closed, source: separate.shown?.id)
    if let previous, let current = snapshot.tableOrigin, let earlier = previous.tableOrigin,
      current.accepts(earlier, closedWithin: tableAge)
    {
      (snapshot.table, snapshot.tableOrigin) = (previous.table, earlier)
    } else {
      snapshot.table = closed.table(tables, names)
    }
    snapshot.notices = notices(includingPending: includingPending)
    return snapshot
  }

  /// Adds what has not passed the gate.
  private func addPending(of sources: Range<Int>, to snapshot: inout Snapshot) {
    for source in sources {
      let pending = joiner[source].intake.unpoppedDelta
      snapshot.tally += pending.tally
      snapshot.first = [snapshot.first, pending.first].compactMap { $0 }.min()
      snapshot.last = [snapshot.last, pending.last].compactMap { $0 }.max()
    }
    snapshot.quarantine = quarantine
  }

  /// The figures of all sources, without their last seconds.
  private func sourceFigures(includingPending: Bool) -> [SourceFigures] {
    sourceNames.indices.map { source in
      var figures = joiner[source].figures(
        at: closed.closedThrough, includingPending: includingPending)
      figures.name = sourceNames[source]
      return figures
    }
  }

  /// The last closed seconds of a source.
  package func recentTotals(of source: Int) -> RecentTotals {
    let joiner = shown.joiner
    return joiner.sources.indices.contains(source) ? joiner[source].recent : RecentTotals()
  }

  /// The place of the next name after a place, or before it, that contains some bytes. See
  /// `RankedList`.
  package func place(
    matching text: [UInt8], in request: RankingRequest, window: TableWindow,
    comparison: TableComparison, from place: Int, forward: Bool
  ) -> Int? {
    shown.ownPlace(
      matching: text, in: request, window: window, comparison: comparison, from: place,
      forward: forward)
  }

  private func ownPlace(
    matching text: [UInt8], in request: RankingRequest, window: TableWindow,
    comparison: TableComparison, from place: Int, forward: Bool
  ) -> Int? {
    var dimensions = PerDimension(options.named, repeating: false)
    dimensions[request.dimension] = true
    var list = WindowFigures(shownTraffic, names, window, comparison, dimensions).list(request)
    return list.place(matching: text, from: place, forward: forward)
  }

  /// The notices about the times in the logs.
  ///
  /// - Parameter includingPending: includes lines read since the last closing.
  package func notices(includingPending: Bool) -> [Notice] {
    let notices = sourceNames.indices.flatMap { source in
      joiner[source].notices(includingPending: includingPending).map { about(source, $0) }
    }
    return notices.filter(\.invalidatesFigures) + notices.filter { !$0.invalidatesFigures }
  }
}

extension ClosedTraffic {
  /// The mean rate over the last 10 closed seconds.
  fileprivate var rateNow: Rate {
    var rate = Rate(hits: 0, seconds: 10)
    if let second = closedThrough {
      rate.hits = history.total(from: second.advanced(by: -9), through: second).hits
    }
    return rate
  }
}
