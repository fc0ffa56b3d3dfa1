import AccessLog
import LogInput

/// How the followed logs of a run continue an earlier one: each at the place that was counted.
package struct LogContinuation {
  /// A log that can be continued.
  package struct Log {
    package var resumed: ResumedLog
    package var resumption: SourceResumption
    /// Whether no file of the log was renamed, created or removed while it was looked for.
    var isSteady = true
    /// Whether the lines of seconds that the earlier run has not closed are read again; if not, they are
    /// gone.
    var readsOpenSeconds = true
  }

  package private(set) var logs: [Name: Log] = [:]
  /// The last second that the earlier run had closed; `nil` if no log continues there.
  package private(set) var closedThrough: EpochSecond?
  /// The first second that the earlier run, or one that it continued, had closed.
  package private(set) var begun: EpochSecond?
  /// The logs whose checkpoints do not fit them.
  package private(set) var unfit: [Name] = []

  /// Whether everything that the logs hold is new, because none of them fits its checkpoint.
  package private(set) var isAllNew = false

  /// The last second that was closed of each log that does not fit its checkpoint.
  private var formerTimes: [Name: EpochSecond] = [:]

  /// Whether all that the earlier run has read can be read again, and came from no stream.
  package var isOfFilesOnly = true

  /// A run that continues nothing.
  package init() {}

  /// - Parameters:
  ///   - checkpoints: those of an earlier run.
  ///   - paths: the logs that are followed.
  package init(
    _ checkpoints: [Name: Checkpoint], of paths: [Name],
    calls: FileSystemCalls = FileSystemCalls()
  ) {
    for path in paths {
      guard let checkpoint = checkpoints[path] else { continue }
      logs[path] = Self.log(path, checkpoint, calls)
      if logs[path] == nil {
        unfit.append(path)
        formerTimes[path] = checkpoint.closedThrough
      }
    }
    isAllNew = !paths.isEmpty && unfit.count == paths.count
    let continued = logs.keys.compactMap { checkpoints[$0] }
    closedThrough = continued.compactMap(\.closedThrough).min()
    begun = continued.compactMap(\.begun).max()
  }

  /// Begins as far back as possible, if everything from there on is still recognized.
  private static func log(
    _ path: Name, _ checkpoint: Checkpoint, _ calls: FileSystemCalls
  ) -> Log? {
    let end = checkpoint.end
    guard let resumedEnd = ResumedLog(end, recognizing: end, of: path, calls: calls) else {
      return nil
    }
    var isSteady = resumedEnd.isSteady
    for start in checkpoint.starts where !resumedEnd.isLost {
      let resumed = ResumedLog(start.place, recognizing: start.parts, of: path, calls: calls)
      isSteady = isSteady && resumed?.isSteady ?? true
      guard let resumed, resumed.isExact else { continue }
      return Log(
        resumed: resumed,
        resumption: SourceResumption(
          known: start.known, startHead: start.head, start: start.place, parts: start.parts),
        isSteady: isSteady)
    }
    return Log(
      resumed: resumedEnd,
      resumption: SourceResumption(
        known: 0, startHead: checkpoint.closedThrough, start: end, parts: end),
      isSteady: isSteady,
      readsOpenSeconds: false)
  }

  /// The last second of which a log that is new has nothing, because another one had its place; `nil` if it
  /// is read as a whole.
  package func formerTime(of path: Name) -> EpochSecond? { isAllNew ? formerTimes[path] : nil }

  /// Whether a rotation that is going on may have hidden files, so that they should be looked for again.
  package var mayLackFiles: Bool {
    !unfit.isEmpty || logs.values.contains { !$0.readsOpenSeconds || !$0.isSteady }
  }

  /// Whether no lines of seconds that the earlier run has not closed are read again.
  package var beginsBehindOpenSeconds: Bool {
    !logs.isEmpty && logs.values.allSatisfy { !$0.readsOpenSeconds }
  }

  /// The last second of which not everything is read again; `nil` if reading begins with the logs.
  package var cutThrough: EpochSecond? { logs.values.compactMap(\.resumption.startHead).max() }

  /// Whether the intervals of these lengths in which the earlier run was stopped are read again from their
  /// beginnings. Lengths are in seconds.
  package func readsAgain(intervalsOf lengths: [Int64]) -> Bool {
    guard let closedThrough, unfit.isEmpty, isOfFilesOnly else { return false }
    let first = lengths.map {
      closedThrough.advanced(by: -closedThrough.value.floored(by: $0).remainder)
    }.min()
    guard let cutThrough, let first else { return true }
    return cutThrough < first
  }
}
