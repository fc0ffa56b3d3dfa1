import Engine
import TrafficAnalysis

/// The last snapshot of a pipeline, which is taken again only where another one could come out.
struct SnapshotCache {
  private(set) var snapshot = Snapshot()
  private var taken: (revision: Revision, tables: TableRequest)?

  /// - Returns: whether it was taken again.
  mutating func update(
    from pipeline: Pipeline, _ tables: TableRequest, withNews: Bool
  ) -> Bool {
    let wanted = (revision: pipeline.revision, tables: tables)
    if let taken, taken == wanted { return false }
    snapshot = pipeline.snapshot(tables, withNews: withNews)
    taken = wanted
    return true
  }
}
