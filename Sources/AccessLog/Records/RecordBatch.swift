import Synchronization

/// The result of parsing a block of lines: the hits in order, and the other lines counted at their
/// positions. It is reused for each block, so that no line allocates.
///
/// Its names stay when it is emptied, so that a name costs no more than a look-up after its first
/// line. Once there are too many of them they are dropped, and a new generation begins.
public final class RecordBatch {
  /// The number of names, and their length in bytes, from which a new generation begins.
  private static let nameLimit = 65_536
  private static let nameByteLimit = 4 << 20
  /// The number of names from which a new generation begins if most names are new.
  private static let newNameLimit = 16_384

  /// The parts that are used for every line. Accessing them through a constant pointer avoids the
  /// runtime's exclusivity check on every line; a batch has only one owner.
  @usableFromInline struct Storage: ~Copyable {
    @usableFromInline var records = RecordList()
    @usableFromInline var facts: FactColumns
    @usableFromInline var waiting = WaitingNames()
    /// By dimension, the ID of the name `-` plus one; 0 if it has none.
    var hyphenNumbers = [UInt32](repeating: 0, count: Dimension.count)
    let wanted: WantedFacts
    @usableFromInline let wantsOthers: Bool
    /// What finds out which conditions records satisfy, and the part of it that is used for each line.
    var evaluator: AnyObject?
    @usableFromInline var evaluatorState: UnsafeMutableRawPointer?
    @usableFromInline var wantsMore: Bool
    /// By the raw value of the dimension.
    @usableFromInline let names: UnsafeMutablePointer<NameTable>
    /// For each status, its ID plus one; 0 if it has none.
    @usableFromInline var statusNumbers = [UInt32](repeating: 0, count: StatusCode.count)

    init(_ wanted: WantedFacts) {
      self.wanted = wanted
      wantsOthers = !wanted.dimensions.subtracting(.common).isEmpty
      wantsMore = wantsOthers
      facts = FactColumns(wanted)
      names = .allocate(capacity: Dimension.allCases.count)
      names.initialize(repeating: NameTable(), count: Dimension.allCases.count)
    }

    deinit {
      names.deinitialize(count: Dimension.allCases.count)
      names.deallocate()
      waiting.deallocate()
    }

    func removeNames() {
      names.update(repeating: NameTable(), count: Dimension.allCases.count)
    }
  }

  @usableFromInline let storage: UnsafeMutablePointer<Storage>
  /// What its records hold besides their own fields.
  package var wanted: WantedFacts { storage.pointee.wanted }
  /// The dimensions in which its records have names, besides the common ones.
  package var wantedDimensions: DimensionSet { wanted.dimensions.subtracting(.common) }
  /// Whether its records have names besides the common ones.
  @inlinable public var wantsOthers: Bool {
    @inline(__always) get { storage.pointee.wantsOthers }
  }
  /// Whether more of a line is read than makes a record.
  @inlinable public var wantsMore: Bool {
    @inline(__always) get { storage.pointee.wantsMore }
  }
  /// The number of words of 64 bits that say which conditions a record satisfies.
  package var matchWidth: Int { wanted.matchWidth }
  /// The name in `Dimension.source` of the lines that are parsed.
  package var source = NameID(value: 0)
  /// Memory for a name that does not stand in a line as it is.
  package var nameBytes: [UInt8] = []
  /// The lines that are not hits.
  package private(set) var runs: [LineRun] = []
  /// Rejected lines kept for display; the parser limits their number.
  package var details: [RejectedLine] = []
  /// The lines of the block at which matching began or stopped to fail.
  package var matchChanges: [MatchChange] = []
  /// The lines of the hits, if they are kept.
  package private(set) var lines = LineTexts()
  /// Identifies the names that its IDs stand for.
  package private(set) var generation = NameGeneration()
  /// The number of names in the dimension with the most when the batch was last emptied.
  private var formerNames = 0
  /// The number of hits that were handed on since then.
  private var handedOn = 0

  /// - Parameter wanted: what records get besides their own fields.
  package init(_ wanted: WantedFacts = WantedFacts()) {
    storage = .allocate(capacity: 1)
    storage.initialize(to: Storage(wanted))
  }

  deinit {
    storage.deinitialize(count: 1)
    storage.deallocate()
  }

  /// The hits, in the order of their lines.
  package var records: UnsafeBufferPointer<Record> { storage.pointee.records.records }
  /// The names of the hits.
  package var names: NameTables {
    NameTables(wantedDimensions) { storage.pointee.names[$0.rawValue] }
  }

  /// Calls the body with what the records hold besides their own fields.
  package func withFacts<Result>(_ body: (borrowing FactColumns) -> Result) -> Result {
    body(storage.pointee.facts)
  }

  /// The number of lines of every kind.
  ///
  /// - Complexity: O(runs)
  package var lineCount: Int { runs.reduce(records.count) { $0 + $1.count } }

  /// Changes what records get besides their own fields. The batch must be empty; it loses its names if
  /// that is not what they had.
  package func want(_ wanted: WantedFacts) {
    guard wanted != self.wanted else { return }
    storage.pointee = Storage(wanted)
    generation.advance()
  }

  /// What finds out which conditions its records satisfy; `nil` if nobody asks. It is lost where the
  /// batch is to hold something else.
  package var evaluator: AnyObject? { storage.pointee.evaluator }

  /// The part of the evaluator that is used for each line.
  @inlinable public var evaluatorState: UnsafeMutableRawPointer? {
    @inline(__always) get { storage.pointee.evaluatorState }
  }

  /// Sets what finds out which conditions the records that follow satisfy.
  ///
  /// - Parameter state: valid as long as the evaluator exists.
  package func setEvaluator(_ evaluator: AnyObject?, state: UnsafeMutableRawPointer?) {
    storage.pointee.evaluatorState = state
    storage.pointee.wantsMore = wantsOthers || state != nil
    storage.pointee.evaluator = evaluator
  }

  /// Empties the batch but keeps its memory, and its names unless there are too many.
  package func removeAll() {
    storage.pointee.records.removeAll()
    storage.pointee.facts.removeAll()
    runs.removeAll(keepingCapacity: true)
    details.removeAll(keepingCapacity: true)
    matchChanges.removeAll(keepingCapacity: true)
    lines.removeAll()
    let names = names
    let newNames = names.mostNames - formerNames
    // Names that are not met again cost more than they save.
    let mostAreNew = names.mostNames > Self.newNameLimit && 2 * newNames > handedOn
    if names.mostNames > Self.nameLimit || names.mostBytes > Self.nameByteLimit || mostAreNew {
      removeNames()
    }
    formerNames = self.names.mostNames
    handedOn = 0
  }

  /// Drops all names; there must be no hits.
  package func removeNames() {
    storage.pointee.removeNames()
    storage.pointee.statusNumbers = [UInt32](repeating: 0, count: StatusCode.count)
    storage.pointee.hyphenNumbers = [UInt32](repeating: 0, count: Dimension.count)
    generation.advance()
  }

  /// Keeps the line of the last hit, unless it was kept.
  package func keepLine(_ line: UnsafeBufferPointer<UInt8>) {
    if lines.count < records.count { lines.append(line) }
  }

  /// Exchanges the lines of the hits for those of an emptied summary.
  package func exchangeTexts(_ lines: inout LineTexts) { swap(&self.lines, &lines) }

  /// Exchanges the hits and the other lines for those of an emptied summary.
  package func exchangeLines(
    _ records: inout RecordList, _ facts: inout FactColumns, _ runs: inout [LineRun]
  ) {
    handedOn += self.records.count
    swap(&storage.pointee.records, &records)
    // A summary that has not been used knows no dimensions.
    if !facts.isAlike(storage.pointee.facts) { facts = FactColumns(wanted) }
    swap(&storage.pointee.facts, &facts)
    swap(&self.runs, &runs)
  }

  /// Adds a hit.
  @inlinable @inline(__always)
  public func add(_ record: Record) {
    storage.pointee.records.append(record)
  }

  /// Adds a hit whose section and client are found later. Their bytes must stay until
  /// `resolveNames` is called; `NameTable.padding` readable ones follow them.
  @inlinable @inline(__always)
  public func add(
    _ record: Record, section: (start: UnsafePointer<UInt8>, count: Int),
    client: (start: UnsafePointer<UInt8>, count: Int)
  ) {
    let index = storage.pointee.waiting.count
    storage.pointee.waiting.entries[index] = WaitingNames.Entry(
      section: WaitingNames.Text(start: section.start, count: section.count),
      client: WaitingNames.Text(start: client.start, count: client.count),
      hit: storage.pointee.records.length)
    storage.pointee.waiting.count = index &+ 1
    storage.pointee.records.append(record)
    if index &+ 1 == WaitingNames.limit { resolveNames() }
  }

  /// Finds the names of the hits that were added without them.
  @usableFromInline package func resolveNames() {
    storage.pointee.waiting.resolve(
      in: storage.pointee.records.start, &storage.pointee.names[Dimension.section.rawValue],
      &storage.pointee.names[Dimension.client.rawValue])
  }

  /// Removes the last hit.
  package func removeLast() {
    storage.pointee.records.removeLast()
    storage.pointee.facts.removeRows(from: records.count)
  }

  /// Adds the next name to the row of the hit that is added next. A row has a name in each of the
  /// wanted dimensions, in their order.
  @inlinable @inline(__always)
  public func addName(_ name: NameID) {
    storage.pointee.facts.append(name)
  }

  /// Adds the next word that says which conditions the hit that is added next satisfies.
  package func add(matches word: UInt64) {
    storage.pointee.facts.append(matches: word)
  }

  /// Sets the latency of the hit that is added next, in microseconds.
  @inlinable @inline(__always)
  public func setLatency(_ latency: Int64) {
    storage.pointee.facts.setLatency(latency, at: storage.pointee.records.length)
  }

  /// The ID of a name that `NameTable.padding` readable bytes follow.
  @inlinable @inline(__always)
  public func id(
    of name: UnsafePointer<UInt8>, count: Int, in dimension: Dimension
  ) -> NameID {
    storage.pointee.names[dimension.rawValue].id(of: name, count: count)
  }

  /// The ID of a status.
  @inlinable @inline(__always)
  public func id(of status: StatusCode) -> NameID {
    let number = storage.pointee.statusNumbers[Int(status.number)]
    return number > 0 ? NameID(value: number &- 1) : addStatus(status)
  }

  @usableFromInline func addStatus(_ status: StatusCode) -> NameID {
    let id = id(adding: status.name, in: .status)
    storage.pointee.statusNumbers[Int(status.number)] = id.value + 1
    return id
  }

  /// The ID of the name `-`, which stands for what a line does not say.
  package func idOfHyphen(in dimension: Dimension) -> NameID {
    let number = storage.pointee.hyphenNumbers[dimension.rawValue]
    if number > 0 { return NameID(value: number - 1) }
    let id = id(adding: Name("-"), in: dimension)
    storage.pointee.hyphenNumbers[dimension.rawValue] = id.value + 1
    return id
  }

  /// The ID of a name.
  package func id(adding name: Name, in dimension: Dimension) -> NameID {
    storage.pointee.names[dimension.rawValue].id(adding: name)
  }

  /// The name of an ID.
  package func name(_ id: NameID, in dimension: Dimension) -> Name {
    storage.pointee.names[dimension.rawValue][id]
  }

  /// Counts lines that are not hits: rejected, or ignored if `rejection` is `nil`.
  package func add(line rejection: Rejection?, count: Int = 1) {
    let place = storage.pointee.records.count
    if let last = runs.indices.last, runs[last].beforeRecord == place,
      runs[last].rejection == rejection
    {
      runs[last].count += count
    } else {
      runs.append(LineRun(beforeRecord: place, rejection: rejection, count: count))
    }
  }
}

/// Identifies the names of a batch since they were last dropped: a set that only grows.
package struct NameGeneration: Hashable, Sendable {
  /// Identifies the batch in this process.
  package let batch: Int
  private var number = 0

  private static let lastBatch = Atomic<Int>(0)

  /// The first generation of a new batch.
  init() {
    batch = Self.lastBatch.wrappingAdd(1, ordering: .relaxed).newValue
  }

  /// Begins the next generation of the same batch.
  mutating func advance() { number += 1 }
}
