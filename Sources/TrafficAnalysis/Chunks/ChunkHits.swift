import AccessLog

/// Consecutive hits of a chunk that are in the same second.
struct HitRun: BitwiseCopyable {
  /// The index of the first record.
  var first: Int32
  var count: Int32
  /// The number of the second.
  var slot: Int32
}

/// The hits of one second among the records of a chunk. They are not copied: few hits are late, so they
/// stand together in long runs.
struct ChunkHits {
  private let records: UnsafeBufferPointer<Record>
  private let runs: UnsafeBufferPointer<HitRun>
  let count: Int

  init(
    _ records: UnsafeBufferPointer<Record>, _ runs: UnsafeBufferPointer<HitRun>, count: Int
  ) {
    self.records = records
    self.runs = runs
    self.count = count
  }

  /// Calls the body with each hit and its index in the chunk, in order.
  @inline(__always)
  func visit(_ body: (Record, Int) -> Void) {
    for run in runs {
      var index = Int(run.first)
      let end = index &+ Int(run.count)
      while index < end {
        body(records[index], index)
        index &+= 1
      }
    }
  }
}
