import Engine
import TrafficAnalysis

/// The last snapshot of a pipeline. It is made again only if the pipeline or the request has changed.
struct SnapshotCache {
  private(set) var snapshot = Snapshot()
  private var key: (revision: Revision, tables: TableRequest)?
  /// The sources whose last seconds the snapshot has, by the index of their figures.
  private var detailed: [Int] = []

  /// - Parameters:
  ///   - tableAge: how many seconds may have closed since the tables were made.
  ///   - minutes: those that are displayed besides.
  /// - Returns: whether the snapshot was made again.
  mutating func update(
    from pipeline: borrowing Pipeline, _ tables: TableRequest, includingPending: Bool,
    tableAge: Int64 = 0, minutes: MinuteSeries? = nil
  ) -> Bool {
    let newKey = (revision: pipeline.revision, tables: tables)
    let isRecent = snapshot.tableLag == 0 || snapshot.tableLag < tableAge
    if let key, key == newKey, isRecent {
      // Minutes that have not changed share their storage, so that this is quick.
      guard snapshot.minutes != minutes else { return false }
      snapshot.minutes = minutes
      return true
    }
    snapshot = pipeline.snapshot(
      tables, includingPending: includingPending, previous: snapshot, tableAge: tableAge)
    snapshot.minutes = minutes
    key = newKey
    detailed = []
    return true
  }

  /// Adds the last seconds of the sources that are visible, which take long to copy.
  ///
  /// - Parameters:
  ///   - pipeline: the one that the snapshot was made from.
  ///   - visible: the indices of their figures.
  /// - Returns: whether any were added.
  mutating func addSeconds(of visible: [Int], from pipeline: borrowing Pipeline) -> Bool {
    guard visible != detailed else { return false }
    detailed = visible
    for index in visible where snapshot.sources.indices.contains(index) {
      snapshot.sources[index].recent = pipeline.recentTotals(of: index)
    }
    return true
  }
}
