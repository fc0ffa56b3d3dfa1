// Closing files that rotation has replaced.

extension FollowedFile {
  /// Whether an incomplete line at the end of a rotated file is no longer expected to be completed.
  func isFinished(_ logFile: LogFile, at index: Int, now: Double) -> Bool {
    guard logFile.supersededAt != nil else { return false }
    if index == 0, logFiles.count > Self.maximumRotated + 1 { return true }
    return logFile.quiet(at: now) >= Self.partialLineTimeout
  }

  /// Closes rotated files that no longer grow. All files must have been read to their ends.
  func closeQuietFiles(_ now: Double) {
    while let oldest = logFiles.first, oldest.supersededAt != nil, oldest.pendingBytes == 0,
      !oldest.endsInsideLine,
      logFiles.count > Self.maximumRotated + 1 || oldest.quiet(at: now) >= Self.closingDelay
    {
      leave(logFiles.removeFirst())
    }
    logFiles.removeAll { $0.isCopy && $0.pendingBytes == 0 && !$0.endsInsideLine }
  }

  /// Closes all rotated files that have been read to their ends, because descriptors are scarce.
  func closeFinishedFiles() {
    logFiles.removeAll { logFile in
      guard logFile.supersededAt != nil, !logFile.endsInsideLine, logFile.pendingBytes == 0
      else { return false }
      leave(logFile)
      return true
    }
  }

  /// The number of files that are remembered once they are closed. More generations than that are not
  /// kept under names that are looked at.
  private static var closedFileLimit: Int { 32 }

  private func leave(_ logFile: LogFile) {
    closedFiles.append(ClosedFile(identity: logFile.file.status.identity, part: logFile.part))
    if closedFiles.count > Self.closedFileLimit { closedFiles.removeFirst() }
  }
}
