import AccessLog

extension TrafficAnalyzer {
  /// Removes unused names from the tables when they have grown large.
  mutating func compactNamesIfNeeded() {
    guard names.mostNames > compactAt || names.mostBytes > compactAtBytes else { return }
    var marks = names.emptyMarks
    joiner.markNames(&marks)
    closed.markNames(&marks)
    separate.markNames(&marks)
    batchNames.markNames(&marks)
    let newIDs = names.compact(keeping: marks)
    joiner.renumber(newIDs)
    closed.renumber(newIDs)
    separate.renumber(newIDs)
    batchNames.renumber(newIDs)
    reportPlan?.forgetNames()
    compactAt = max(Self.compactionStart, names.mostNames * 5 / 4)
    compactAtBytes = max(Self.compactionStartBytes, names.mostBytes * 5 / 4)
  }
}
