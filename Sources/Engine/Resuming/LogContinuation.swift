import AccessLog
import LogInput

/// How the followed logs of a run continue an earlier one: each at the place that was counted.
package struct LogContinuation {
  /// A log that can be continued.
  package struct Log {
    package var resumed: ResumedLog
    package var resumption: SourceResumption
  }

  package private(set) var logs: [Name: Log] = [:]
  /// The last second that the earlier run had closed, if all logs continue there.
  package private(set) var closedThrough: EpochSecond?
  /// The logs whose checkpoints do not fit them.
  package private(set) var unfit: [Name] = []

  /// A run that continues nothing.
  package init() {}

  /// - Parameters:
  ///   - checkpoints: those of an earlier run.
  ///   - paths: the logs that are followed.
  package init(_ checkpoints: [Name: Checkpoint], of paths: [Name]) {
    for path in paths {
      guard let checkpoint = checkpoints[path] else { continue }
      guard let end = ResumedLog(checkpoint.end, recognizing: checkpoint.parts, of: path) else {
        unfit.append(path)
        continue
      }
      logs[path] = Log(resumed: end, resumption: checkpoint.atEnd)
      guard end.isExact,
        let start = ResumedLog(checkpoint.start, recognizing: checkpoint.parts, of: path),
        start.isExact
      else { continue }
      logs[path] = Log(resumed: start, resumption: checkpoint.atStart)
    }
    guard !logs.isEmpty, logs.count == paths.count else { return }
    let closings = paths.compactMap { checkpoints[$0]?.closedThrough }
    if closings.count == paths.count { closedThrough = closings.min() }
  }

  /// Whether everything after a second is read again.
  package func covers(after second: EpochSecond) -> Bool {
    closedThrough != nil
      && logs.values.allSatisfy { $0.resumption.startHead.map { $0 <= second } ?? true }
  }
}

extension Checkpoint {
  /// What was counted is read again as far as it is needed.
  fileprivate var atStart: SourceResumption {
    SourceResumption(known: known, startHead: startHead, start: start, parts: parts)
  }

  /// Nothing is read again.
  fileprivate var atEnd: SourceResumption {
    SourceResumption(known: 0, startHead: closedThrough, start: end, parts: parts)
  }
}
