import AccessLog

/// The analysis stage as one value, which turns records into events and snapshots.
///
/// An intake turns the records of the source into closed seconds. The gate, `release(until:)`,
/// decides which of them reach the figures.
package struct TrafficAnalyzer: Sendable {
  /// The number of names in a table, and their length in bytes, from which unused ones are removed.
  static let compactionStart = 190_000
  static let compactionStartBytes = 32 << 20

  package let options: AnalysisOptions
  private let ranked: CountedFacts
  /// The names of the sources.
  package private(set) var sourceNames: [Name]
  var joiner: Joiner
  var closed: ClosedTraffic
  var separate: SeparateSources
  var names: NameTables
  var batchNames: BatchNames
  /// The analysis of the records that satisfy the filter, if that is a view; otherwise empty.
  private var view: [TrafficAnalyzer] = []
  /// What an earlier run has reported, until all of it has passed the gate.
  var resumption: ReportedTraffic?
  /// The first second that the earlier run had closed.
  var earlierBegin: EpochSecond?
  private var hasReportedEmptyRange = false
  /// Makes the tests of conditions that are asked about the names of reports.
  let nameTests: NameTestMaker?
  /// How reports are counted; made with the first of them.
  var reportPlan: ReportPlan?
  /// The dimensions that a sender was found to lack.
  var missingDimensions: Set<Dimension> = []
  var compactAt = compactionStart
  var compactAtBytes = compactionStartBytes

  /// An analyzer before its first record.
  ///
  /// - Parameters:
  ///   - sources: the names of the sources, at least one.
  ///   - nameTests: makes the tests of the filter and of the conditions of rules for reports of seconds; where
  ///     it is missing, no hit of a report satisfies them.
  package init(
    options: AnalysisOptions, sources: [Name] = [Name("-")], nameTests: NameTestMaker? = nil
  ) {
    self.options = options
    self.nameTests = nameTests
    sourceNames = sources
    joiner = Joiner(options, sources)
    closed = ClosedTraffic(options: options)
    separate = SeparateSources(options)
    names = NameTables(options.named)
    batchNames = BatchNames(options.named)
    ranked = options.countedFacts
    if let options = options.viewOptions {
      view = [TrafficAnalyzer(options: options, sources: sources, nameTests: nameTests)]
    }
  }

  /// The last second that has passed the gate. Snapshots show the figures of this second.
  package var closedThrough: EpochSecond? { closed.closedThrough }
  /// The first second that has passed the gate.
  package var firstClosed: EpochSecond? { closed.history.first }
  /// Whether an alert has triggered at least once.
  package var hasAlerted: Bool { closed.hasAlerted }
  /// The last second that all sources have closed, which may be before the gate.
  package var sourcesClosedThrough: EpochSecond? { joiner.closableThrough }
  /// The lines that have passed the gate, by outcome.
  package var tally: LineTally { closed.tally }

  // MARK: - Sources that come and go

  /// Adds a source to a run that has begun, behind the others.
  package mutating func addSource(_ name: Name) {
    sourceNames.append(name)
    joiner.addSource(sourceNames, closedThrough: closed.closedThrough)
    updateView { $0.addSource(name) }
  }

  /// Whether a source has ended and its closed seconds have all passed the gate.
  package func isDrained(_ source: Int) -> Bool {
    joiner[source].isDrained && view.allSatisfy { $0.isDrained(source) }
  }

  /// Removes a drained source; those behind it move up. Its lines count as those of another one.
  package mutating func removeSource(_ source: Int, countingAsThoseOf other: Int) {
    sourceNames.remove(at: source)
    separate.remove(joiner[source].id)
    joiner.removeSource(source, countingAsThoseOf: other, sourceNames, in: &closed, names)
    updateView { $0.removeSource(source, countingAsThoseOf: other) }
  }

  // MARK: - Lines

  /// Ignores further records outside the range.
  package mutating func restrict(to range: TimeRange) {
    for source in sourceNames.indices { joiner[source].intake.range = range }
    updateView { $0.restrict(to: range) }
  }

  /// Begins a step.
  ///
  /// - Parameters:
  ///   - now: the monotonic time in seconds.
  ///   - wall: the wall-clock time.
  package mutating func begin(now: Double, wall: EpochSecond) {
    joiner.begin(now: now, wall: wall)
    updateView { $0.begin(now: now, wall: wall) }
    guard options.following, sourceNames.count > 1 else { return }
    joiner.doubtSourcesAhead()
  }

  /// Begins to read all sources to their ends again. A round may take several steps.
  package mutating func beginRound() {
    joiner.beginRound()
    updateView { $0.beginRound() }
  }

  /// Looks up the names of a batch that are new, before its chunks are added.
  package mutating func addNames(of batch: RecordBatch) {
    batchNames.add(batch, to: &names)
    updateView { $0.addNames(of: batch) }
  }

  /// Adds the lines of a chunk, and closes the seconds that are due.
  ///
  /// - Parameters:
  ///   - source: the index of the source that the chunk is of.
  ///   - wall: the wall-clock time.
  package mutating func add(_ chunk: ChunkSummary, of source: Int = 0, wall: EpochSecond) {
    guard let generation = chunk.generation else { return }
    batchNames.add(chunk.newNames, of: generation, to: &names)
    joiner[source].intake.add(
      chunk, renumbering: batchNames.ids(of: generation), wall: wall, names: names)
    compactNamesIfNeeded()
    updateView {
      chunk.exchangeFigures()
      $0.add(chunk, of: source, wall: wall)
      chunk.exchangeFigures()
    }
  }

  /// Adds the lines of a batch, which is empty afterwards, and closes the seconds that are due.
  package mutating func add(_ batch: RecordBatch, of source: Int = 0, wall: EpochSecond) {
    let chunk = ChunkSummary()
    chunk.takeLines(of: batch)
    addNames(of: batch)
    var counter = ChunkCounter()
    counter.count(chunk, batch.names, chunkOptions)
    add(chunk, of: source, wall: wall)
  }

  /// What the figures of a chunk depend on besides its lines.
  package var chunkOptions: ChunkOptions {
    ChunkOptions(
      lateness: options.lateness, maxJump: options.maxJump, range: joiner[0].intake.range,
      appliesFilter: options.appliesFilter, countsView: !view.isEmpty, ranked: ranked)
  }

  // MARK: - The gate

  /// Lets closed seconds up to `goal` pass the gate, and appends their events.
  ///
  /// - Parameters:
  ///   - stopAtTransition: stops after the first second at which an alert changes.
  ///   - eventLimit: stops once so many events are in the array.
  /// - Returns: whether it stopped at a transition.
  package mutating func release(
    until goal: EpochSecond, stopAtTransition: Bool = false, eventLimit: Int = .max,
    _ events: inout [MonitorEvent]
  ) -> Bool {
    defer {
      if let second = closed.closedThrough { separate.closeEmptySeconds(through: second, names) }
      releaseView()
    }
    guard let limit = joiner.closableThrough else { return false }
    joiner.closeOthers(through: limit, names)
    closed.reporter?.head = joiner.head
    if closed.firstClosed == nil, let first = joiner.firstOpen { closed.begin(at: first) }
    if resumption != nil { releaseReported(through: min(limit, goal)) }
    guard resumption == nil else { return false }
    let transitionsBefore = closed.transitionCount
    // Retained once, instead of for each closing.
    let names = names
    let end = min(limit, goal)
    let limits = ReleaseGoal(
      end: end, eventLimit: eventLimit, transitions: stopAtTransition ? transitionsBefore : nil)
    joiner.release(limits, in: &closed, &separate, names, &events)
    if stopAtTransition, closed.transitionCount > transitionsBefore { return true }
    if events.count >= eventLimit { return false }
    // The end lies within a silence: close the part before it.
    if closed.closedThrough != nil { closed.closeEmptySeconds(through: end, names, &events) }
    return stopAtTransition && closed.transitionCount > transitionsBefore
  }

  /// Lets as many seconds of the view pass the gate.
  private mutating func releaseView() {
    guard let second = closed.closedThrough else { return }
    updateView { view in
      var none: [MonitorEvent] = []
      _ = view.release(until: second, &none)
    }
  }

  /// Does the same in the view, if there is one.
  mutating func updateView(_ change: (inout TrafficAnalyzer) -> Void) {
    if !view.isEmpty { change(&view[0]) }
  }

  /// What snapshots show: the view, if there is one.
  var shown: TrafficAnalyzer {
    _read { if let view = view.first { yield view } else { yield self } }
  }

  /// Whether snapshots show only what satisfies the filter.
  package var hasView: Bool { !view.isEmpty }

  /// Removes and returns the records of a source rejected since the last call, of the first few.
  package mutating func drainRejectedLines(of source: Int) -> [RejectedLine] {
    joiner[source].intake.drainRejectedLines()
  }

  /// Appends the lines of hits that were not emitted, if they are asked for: those of several sources
  /// by time and then by source, unless they are followed.
  ///
  /// - Parameter end: the last second of lines that may be emitted; `nil` for no limit.
  package mutating func drainLines(through end: EpochSecond?, _ events: inout [MonitorEvent]) {
    guard options.keepsLines else { return }
    let lines = joiner.takeLines(through: end, inOrder: !options.following)
    if !lines.isEmpty { events.append(.lines(lines)) }
  }

  /// Appends the notices posted since the last call as events.
  package mutating func drainNotices(_ events: inout [MonitorEvent]) {
    for source in sourceNames.indices {
      let notices = joiner[source].intake.drainNotices()
      events += notices.map { .notice(about(source, $0)) }
      if let lag = joiner[source].newLag() { events.append(.notice(about(source, lag))) }
    }
    guard !hasReportedEmptyRange, let emptyRange else { return }
    hasReportedEmptyRange = true
    events.append(.notice(.emptyRange(emptyRange)))
  }

  /// A notice that names its source if there are several.
  package func about(_ source: Int, _ notice: Notice) -> Notice {
    notice.about(sourceNames.count > 1 ? sourceNames[source] : nil)
  }

  // MARK: - Ends

  /// Handles that a source was read to its end and may continue.
  ///
  /// - Parameters:
  ///   - now: the monotonic time in seconds.
  ///   - wall: the wall-clock time.
  package mutating func caughtUp(_ source: Int, now: Double, wall: EpochSecond) {
    updateView { $0.caughtUp(source, now: now, wall: wall) }
    joiner[source].isCaughtUp = true
    joiner[source].intake.caughtUp(now: now, wall: wall, names: names)
  }

  /// Lets the time of the sources go on without records, since all were read to their ends.
  ///
  /// - Parameter now: the monotonic time in seconds.
  package mutating func runOn(now: Double) {
    updateView { $0.runOn(now: now) }
    for source in sourceNames.indices where !joiner[source].hasEnded {
      joiner[source].intake.runOn(now: now, names: names)
    }
  }

  /// Closes all seconds of a source because its input has ended, or the program stops.
  ///
  /// - Parameter isAtEnd: whether all of the input was read.
  package mutating func finishSource(
    _ source: Int = 0, wall: EpochSecond, isAtEnd: Bool = true
  ) {
    updateView { $0.finishSource(source, wall: wall, isAtEnd: isAtEnd) }
    joiner[source].intake.finish(wall: wall, isAtEnd: isAtEnd, names: names)
    joiner[source].hasEnded = true
  }

  /// Appends the last events. The analyzer must not be used afterwards.
  package mutating func finish(_ events: inout [MonitorEvent]) {
    updateView { view in
      var none: [MonitorEvent] = []
      view.finish(&none)
    }
    joiner.countRest(in: &closed, &separate, names)
    if resumption != nil { closed.forgetOpenIntervals() }
    closed.finish(names, notices: notices(includingPending: false), &events)
  }

  /// Appends the last events, excluding seconds before the gate. The analyzer must not be used
  /// afterwards.
  package mutating func finishAtGate(_ events: inout [MonitorEvent]) {
    updateView { view in
      var none: [MonitorEvent] = []
      view.finishAtGate(&none)
    }
    closed.discardOpenHits()
    closed.finish(names, notices: notices(includingPending: false), &events)
  }
}
