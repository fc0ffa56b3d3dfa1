import AccessLog

/// What is made of a chunk of a log while its place in time is not known: its lines, and the figures
/// of its seconds.
///
/// Names are IDs of the batch that the chunk was parsed into. A summary is made by one thread and
/// merged by another one, never used by both at once.
package final class ChunkSummary: @unchecked Sendable {
  /// The hits of the chunk.
  private var list = RecordList()
  var records: UnsafeBufferPointer<Record> { list.records }
  /// What the hits hold besides their records.
  private var facts = FactColumns()
  /// The other lines.
  var runs: [LineRun] = []
  /// The lines of the hits, if they are kept.
  private(set) var lines = LineTexts()
  /// The number of lines of every kind.
  package private(set) var lineCount = 0
  /// The names that its IDs belong to.
  private(set) var generation: NameGeneration?
  /// The names that the batch got with the chunk, if they were wanted.
  private(set) var newNames = PerDimension(repeating: NameList())
  var figures = ChunkFigures()
  /// The figures of the records that satisfy the filter, if that is a view.
  var viewFigures = ChunkFigures()

  package init() {}

  /// The time of the first hit.
  package var firstTime: EpochSecond? { records.first?.time }

  /// Calls the body with what the hits hold besides their records.
  func withFacts<Result>(_ body: (borrowing FactColumns) -> Result) -> Result { body(facts) }

  /// Exchanges the figures with those of the view.
  func exchangeFigures() { swap(&figures, &viewFigures) }

  /// Takes the lines of a batch, which keeps its names.
  ///
  /// - Parameter known: the number of names of the batch that were handed on already; `nil` if the
  ///   new names are not wanted.
  package func takeLines(of batch: RecordBatch, namesFrom known: PerDimension<Int>? = nil) {
    lineCount = batch.lineCount
    generation = batch.generation
    list.removeAll()
    facts.removeAll()
    runs.removeAll(keepingCapacity: true)
    batch.exchangeLines(&list, &facts, &runs)
    lines.removeAll()
    batch.exchangeTexts(&lines)
    newNames = PerDimension(batch.wantedDimensions) { dimension in
      guard let known else { return NameList() }
      return batch.names.with(dimension) { $0.names(from: known[dimension]) }
    }
  }
}
