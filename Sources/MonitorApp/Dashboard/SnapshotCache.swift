import Engine
import TrafficAnalysis

/// The last snapshot of a pipeline. It is made again only if the pipeline or the request has changed.
struct SnapshotCache {
  private(set) var snapshot = Snapshot()
  private var key: (revision: Revision, tables: TableRequest)?

  /// - Returns: whether the snapshot was made again.
  mutating func update(
    from pipeline: Pipeline, _ tables: TableRequest, includingPending: Bool
  ) -> Bool {
    let newKey = (revision: pipeline.revision, tables: tables)
    if let key, key == newKey { return false }
    snapshot = pipeline.snapshot(tables, includingPending: includingPending)
    key = newKey
    return true
  }
}
