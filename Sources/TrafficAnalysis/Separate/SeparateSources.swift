import AccessLog

/// What is kept of each source by itself, and the one that is shown alone.
struct SeparateSources: Sendable {
  /// A source that is shown alone: an analysis of its seconds, without rules.
  struct Shown: Sendable {
    /// The source, by its ID.
    let id: Int32
    /// The first second whose names are known; `nil` if those of all seconds are.
    let since: EpochSecond?
    var closed: ClosedTraffic
  }

  private let options: AnalysisOptions
  private var seconds: SourceSeconds
  private(set) var shown: Shown?
  /// Whether anything is kept.
  let isActive: Bool
  /// What the analysis of a single source would emit.
  private var ignored: [MonitorEvent] = []

  init(_ options: AnalysisOptions) {
    isActive = options.keepsSources && options.viewOptions == nil
    self.options = options.ofSingleSource
    seconds = SourceSeconds(capacity: options.sourceMemory)
  }

  // MARK: - Showing one

  /// Shows a source alone.
  ///
  /// - Parameters:
  ///   - first: the second with which it begins, if that is known.
  ///   - totals: the totals of its last seconds, which the chart shows from before its names are known.
  ///   - end: the last second that has passed the gate.
  /// - Complexity: O(seconds that are kept of all sources)
  mutating func show(
    _ id: Int32, from first: EpochSecond?, _ totals: RecentTotals, through end: EpochSecond?,
    _ names: NameTables
  ) {
    let since = seconds.firstComplete
    var closed = ClosedTraffic(options: options)
    if let since {
      totals.visit { second, totals in
        if second < since { closed.history.append(totals, at: second) }
      }
      closed.recent.begin(at: since)
    } else if let first {
      closed.history.append(SecondTotals(), at: first.advanced(by: -1))
    }
    shown = Shown(id: id, since: since, closed: closed)
    seconds.forEach(of: id) { shown?.close($0, names, &ignored) }
    seconds.forEachLate(of: id) { shown?.closed.count(late: $0, names) }
    if let end { closeEmptySeconds(through: end, names) }
    ignored.removeAll()
  }

  /// Shows all sources again.
  mutating func showAll() { shown = nil }

  /// Forgets a source that is gone.
  mutating func remove(_ id: Int32) {
    if shown?.id == id { shown = nil }
  }

  // MARK: - What passes the gate

  /// Adds a closed second of a source.
  mutating func close(_ second: SecondView, of id: Int32, _ names: NameTables) {
    guard isActive else { return }
    seconds.append(second, of: id, names)
    guard shown?.id == id else { return }
    shown?.close(second, names, &ignored)
    ignored.removeAll(keepingCapacity: true)
  }

  /// Counts late hits of a source.
  mutating func count(late figures: SecondFigures, of id: Int32, _ names: NameTables) {
    guard isActive else { return }
    seconds.append(late: figures, of: id)
    if shown?.id == id { shown?.closed.count(late: figures, names) }
  }

  /// Closes the seconds in which the source that is shown has no hits.
  mutating func closeEmptySeconds(through end: EpochSecond, _ names: NameTables) {
    guard shown != nil else { return }
    shown?.closed.closeEmptySeconds(through: end, names, &ignored)
    ignored.removeAll(keepingCapacity: true)
  }

  /// The memory used, in bytes.
  var footprint: Int { seconds.footprint + (shown?.closed.footprint.own ?? 0) }

  func markNames(_ marks: inout NameMarks) {
    seconds.markNames(&marks)
    shown?.closed.markNames(&marks)
  }

  mutating func renumber(_ newIDs: NameIDMap) {
    seconds.renumber(newIDs)
    shown?.closed.renumber(newIDs)
  }
}

extension SeparateSources.Shown {
  fileprivate mutating func close(
    _ second: SecondView, _ names: NameTables, _ events: inout [MonitorEvent]
  ) {
    closed.close(second.second, second, names, &events)
    var hits = HitDelta()
    (hits.hits, hits.first, hits.last) = (second.hits, second.second, second.second)
    closed.count(hits)
  }
}

extension AnalysisOptions {
  /// The options of the analysis of a single source.
  fileprivate var ofSingleSource: AnalysisOptions {
    var options = self
    options.judgesRules = false
    options.keepsCounters = false
    options.minuteRows = nil
    return options
  }
}
