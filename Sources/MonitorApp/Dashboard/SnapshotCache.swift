import Engine
import TrafficAnalysis

/// The last snapshot of a pipeline, which is taken again only where another one could come out.
struct SnapshotCache {
  private(set) var snapshot = Snapshot()
  private var taken: (revision: Revision, tables: TableRequest)?

  /// - Returns: whether it was taken again.
  mutating func update(
    from pipeline: Pipeline, _ tables: TableRequest, includingPending: Bool
  ) -> Bool {
    let wanted = (revision: pipeline.revision, tables: tables)
    if let taken, taken == wanted { return false }
    snapshot = pipeline.snapshot(tables, includingPending: includingPending)
    taken = wanted
    return true
  }
}
