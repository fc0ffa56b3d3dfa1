import Engine
import TrafficAnalysis

/// The last snapshot of a pipeline. It is made again only if the pipeline or the request has changed.
struct SnapshotCache {
  private(set) var snapshot = Snapshot()
  private var key: (revision: Revision, tables: TableRequest)?

  /// - Parameter tableAge: how many seconds may have closed since the tables were made.
  /// - Returns: whether the snapshot was made again.
  mutating func update(
    from pipeline: borrowing Pipeline, _ tables: TableRequest, includingPending: Bool,
    tableAge: Int64 = 0
  ) -> Bool {
    let newKey = (revision: pipeline.revision, tables: tables)
    let isRecent = snapshot.tableLag == 0 || snapshot.tableLag < tableAge
    if let key, key == newKey, isRecent { return false }
    snapshot = pipeline.snapshot(
      tables, includingPending: includingPending, previous: snapshot, tableAge: tableAge)
    key = newKey
    return true
  }
}
