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
    while let oldest = logFiles.first, oldest.supersededAt != nil, isRead(oldest),
      logFiles.count > Self.maximumRotated + 1 || oldest.quiet(at: now) >= Self.closingDelay
    {
      leave(at: 0)
    }
    leave { $0.isCopy && isRead($0) }
  }

  /// Closes all rotated files that have been read to their ends, because descriptors are scarce.
  func closeFinishedFiles() {
    leave { $0.supersededAt != nil && isRead($0) }
  }

  /// Whether a file was read to its end.
  private func isRead(_ logFile: LogFile) -> Bool {
    logFile.pendingBytes == 0 && !logFile.endsInsideLine
  }

  private func leave(where isOver: (LogFile) -> Bool) {
    for index in logFiles.indices.reversed() where isOver(logFiles[index]) { leave(at: index) }
  }

  private func leave(at index: Int) {
    let logFile = logFiles.remove(at: index)
    let next = index < logFiles.count ? logFiles[index] : nil
    remember(logFile.file, readThrough: logFile.part, logFile.truncations, before: next)
  }

  /// The number of files that are remembered once they are closed. More generations than that are not
  /// kept under names that are looked at.
  private static var closedFileLimit: Int { 32 }

  /// Remembers a file that is not read any further.
  ///
  /// - Parameter next: the file that comes after it.
  func remember(
    _ file: OpenFile, readThrough part: ReadPart, _ truncations: Int = 0, before next: LogFile?
  ) {
    let identity = file.status.identity
    if part.length == 0 {
      // What came before it comes before the next one.
      for index in closedFiles.indices where closedFiles[index].next == identity {
        closedFiles[index].next = next?.identity
      }
    }
    closedFiles.append(
      ClosedFile(
        identity: identity, truncations: truncations, part: part, next: next?.identity))
    if closedFiles.count > Self.closedFileLimit { closedFiles.removeFirst() }
  }

  /// The open files with the parts of them that were read. Files at the end of which nothing was read have
  /// nothing to recognize them by, so that the one that was closed before them is among the files.
  var placedFiles: [SavedPlace.File] {
    var files = logFiles.map {
      SavedPlace.File(identity: $0.identity, truncations: $0.truncations, part: $0.part)
    }
    let first = files.lastIndex { $0.part.length > 0 }.map { $0 + 1 } ?? 0
    guard first < files.count,
      let former = closedFiles.last(where: {
        $0.part.length > 0 && $0.next == files[first].identity
      })
    else { return files }
    files.insert(
      SavedPlace.File(
        identity: former.identity, truncations: former.truncations, part: former.part),
      at: first)
    return files
  }
}
