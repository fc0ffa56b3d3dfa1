import AccessLog

/// What few runs count of a second besides its totals and its names.
struct SecondDetails: Sendable {
  /// `nil` if no hit has a latency.
  var latencies: SecondLatencies?
  /// What rules count; `nil` if that is nothing.
  var measures: SecondMeasures?

  /// Whether there is nothing.
  var isEmpty: Bool { latencies == nil && measures == nil }

  /// Adds what is counted of other hits of the second.
  ///
  /// - Parameter newIDs: the local ID of each ID in `other`; `nil` if its IDs are local.
  mutating func add(_ other: SecondDetails, renumbering newIDs: NameIDMap? = nil) {
    if let others = other.latencies {
      if latencies == nil {
        latencies = others
        if let newIDs { latencies?.renumber(newIDs) }
      } else {
        latencies?.add(others, renumbering: newIDs)
      }
    }
    if let others = other.measures {
      if measures == nil { measures = SecondMeasures() }
      measures?.add(others, renumbering: newIDs)
    }
  }

  /// Combines counts. Equal hits make equal counts, however they were divided before.
  mutating func consolidate() {
    latencies?.consolidate()
    measures?.consolidate()
  }

  func markNames(_ marks: inout NameMarks) {
    latencies?.markNames(&marks)
    measures?.markNames(&marks)
  }

  /// Replaces the name IDs.
  mutating func renumber(_ newIDs: NameIDMap) {
    latencies?.renumber(newIDs)
    measures?.renumber(newIDs)
  }

  /// The memory used, in bytes.
  var footprint: Int {
    (latencies?.count ?? 0) * MemoryLayout<LatencyCount>.stride
      + (measures?.counts.count ?? 0) * MemoryLayout<MeasureCount>.stride
  }
}
