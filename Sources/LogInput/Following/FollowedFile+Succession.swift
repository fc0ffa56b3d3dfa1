import AccessLog
import Glibc

// The file that the path leads to, and its predecessors.

extension FollowedFile {
  /// Checks which file the path leads to.
  ///
  /// - Returns: whether there is a new file to read, or may be one already.
  func checkPath(at now: Double) -> Bool {
    let serial = watch?.serial(of: path)
    do throws(SystemError) {
      let status = try calls.statusOf(pathBytes)
      isAbsent = false
      if let refusal = status.refusal ?? status.streamRefusal {
        pathFailure = refusal
        return false
      }
      if status.identity == logFiles.last?.file.status.identity {
        pathFailure = nil
        logFiles.last?.supersededAt = nil
        return !settle(since: serial)
      }
      guard now >= retryAt else { return false }
      let file = try OpenFile(path: pathBytes, calls: calls)
      pathFailure = nil
      guard file.status.identity != logFiles.last?.file.status.identity else { return false }
      succeed(with: file, now: now)
      return true
    } catch {
      isAbsent = error.isAbsence
      pathFailure = error.isAbsence ? nil : InputFailure(error)
      if error.isAbsence { return recoverAbsent(since: serial, now: now) }
      if error.code == EMFILE || error.code == ENFILE { closeFinishedFiles() }
      retryAt = now + Self.retryInterval
      return false
    }
  }

  /// Continues with another file, which the path leads to now.
  private func succeed(with file: OpenFile, now: Double) {
    let newest = logFiles.last
    let found = adopt(after: newest, .succession(by: file), now: now)
    let index = logFiles.firstIndex { $0.file.status.identity == file.status.identity }
    let logFile = index.map { logFiles[$0] } ?? logFile(of: file, now: now)
    if newest != nil { rotations += 1 + found.adopted.count }
    var isCopy = false
    if let copy = found.copy {
      detectCopy(copy, of: formerFile(newest), now: now)
    } else if !found.hasNewest, logFile.offset == 0 {
      isCopy = detectCopy(logFile, of: formerFile(newest), now: now)
    }
    // A file that was renamed back does not count as an appearance; one that a symbolic link leads
    // to again does.
    let wasRenamedBack = index != nil && watch?.wasRenamedBack(path) == true
    account(after: newest, found: found.counted + (wasRenamedBack ? 0 : 1), isCopy: isCopy)
    append(found.adopted, now: now)
    ignoredSiblings = Set(
      found.siblings.filter {
        $0.status.created <= file.status.created || ignoredSiblings.contains($0.status.identity)
      }.map(\.status.identity))
    if let index {
      // A symbolic link leads to the file again, or the file was renamed back.
      logFiles.remove(at: index)
      logFile.supersededAt = nil
      logFile.isAnnounced = logFile.endsInsideLine
    }
    logFiles.append(logFile)
  }

  /// Finds files that had the path meanwhile, while the path leads to no file.
  private func recoverAbsent(since serial: Int?, now: Double) -> Bool {
    let appearances = watch?.drainAppearances(of: path)
    if let watch, let appearances {
      unaccountedFiles += appearances.count
      guard watch.serial(of: path) == serial else { return true }
      guard unaccountedFiles > 0 else { return false }
    }
    let newest = logFiles.last
    let found = adopt(after: newest, .absence, now: now)
    rotations += found.adopted.count
    if !found.adopted.isEmpty { append(found.adopted, now: now) }
    if let copy = found.copy { detectCopy(copy, of: formerFile(newest), now: now) }
    ignoredSiblings.formUnion(found.siblings.map(\.status.identity))
    if appearances != nil { unreadFiles += max(0, unaccountedFiles - found.counted) }
    unaccountedFiles = 0
    return !found.adopted.isEmpty
  }

  private func formerFile(_ newest: LogFile?) -> FormerFile? {
    newest.flatMap { FormerFile($0, isSameFile: false) }
  }

  private func append(_ adopted: [LogFile], now: Double) {
    logFiles.last?.supersededAt = now
    for logFile in adopted {
      logFile.supersededAt = now
      let comesBefore = logFile.isCopy && !logFiles.isEmpty
      logFiles.insert(
        logFile, at: comesBefore ? logFiles.count - 1 : logFiles.count)
    }
  }

  /// Compares the number of files that were found with the number that appeared according to
  /// inotify. The difference counts as missed only once the path is stable: a file may appear while
  /// another one is opened.
  ///
  /// - Parameter isCopy: whether the file at the path is a copy of `newest`. If files only replaced
  ///   one another until it appeared, they were copies too.
  private func account(after newest: LogFile?, found: Int, isCopy: Bool) {
    watch?.processEvents()
    if let appearances = watch?.drainAppearances(of: path) {
      let areCopies = isCopy && appearances.replacing == appearances.count
      unaccountedFiles += areCopies ? 0 : appearances.count - found
      return
    }
    unaccountedFiles = 0
    if found > 1, let newest, (try? newest.file.currentStatus())?.links == 0 {
      // The predecessor of the first file found is deleted, so others may have been deleted too.
      unreadFiles += 1
    }
  }

  /// Counts files that appeared but were not found as missed, if the path was stable since the
  /// check.
  ///
  /// - Returns: whether the path was stable.
  private func settle(since serial: Int?) -> Bool {
    guard let watch else { return true }
    guard watch.serial(of: path) == serial else { return false }
    let appearances = watch.drainAppearances(of: path)?.count ?? 0
    // Unless the file was renamed back, the last appearance is that of the file itself: a symbolic
    // link leads to it again, or its event arrived late.
    unaccountedFiles += watch.wasRenamedBack(path) ? appearances : max(0, appearances - 1)
    unreadFiles += max(0, unaccountedFiles)
    unaccountedFiles = 0
    return true
  }

  private func logFile(of file: OpenFile, now: Double) -> LogFile {
    let logFile = LogFile(file, now: now)
    logFile.isAnnounced = logFiles.isEmpty && closedFiles.isEmpty
    if let place = closedFiles.last(where: { $0.identity == file.status.identity }),
      (try? place.part.agreement(with: file)) == .whole
    {
      try? logFile.start(at: place.part.length)
    }
    return logFile
  }

  /// Opens a file again at the same position after an error, if that may help.
  ///
  /// - Returns: whether it was opened; otherwise it is tried again later.
  func reopen(_ logFile: LogFile, after error: SystemError, now: Double) -> Bool {
    readFailure = InputFailure(error)
    guard error.mayEndByReopening, now >= reopenAt else { return false }
    reopenAt = now + Self.retryInterval
    for path in [pathBytes, Array("/proc/self/fd/\(logFile.file.descriptor)".utf8CString)] {
      guard let file = try? OpenFile(path: path, calls: calls),
        file.status.identity == logFile.file.status.identity
      else { continue }
      logFile.file = file
      notices.append(.input(.reopened(code: error.code, offset: logFile.offset)))
      return true
    }
    return false
  }
}
