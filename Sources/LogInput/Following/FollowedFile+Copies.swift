// Copies of the log in its directory, made before it was truncated (logrotate's copytruncate).

extension FollowedFile {
  /// The result of a search for copies.
  enum CopySearch {
    /// There are copies, which are read before the log.
    case found
    /// There are no copies.
    case none
    /// The log was truncated repeatedly during the search, which must be repeated.
    case unstable
  }

  /// A sibling of the log that may be a copy.
  private struct Candidate {
    let sibling: Sibling
    let file: OpenFile
    /// Whether the file certainly never had the log's path, so that no program writes to it.
    let isCertain: Bool
  }

  /// The copies of a log that was truncated.
  private struct Copies {
    /// The copies with content that was not read before the log was truncated, oldest first.
    var unread: [LogFile] = []
    /// Whether one of the copies begins with the part of the log that was read.
    var containReadPart = false
    /// The first bytes of the log after it was truncated.
    var head: [UInt8] = []
    /// Whether all copies were found that were made before `head` was written.
    var areAll = false
    /// The files that need not be examined again.
    var settled: Set<FileIdentity> = []

    /// The number of copies of which nothing was read: contents that the log had between two
    /// checks.
    var wholeCount: Int { unread.count { $0.offset == 0 } }
  }

  /// Handles the truncation of a file. If it was copied before, the copy contains what was not
  /// read. Otherwise the file may be about to be rewritten as a copy of itself.
  func restartAfterTruncation(
    _ logFile: LogFile, at index: Int, now: Double
  ) throws(SystemError) {
    guard logFile === logFiles.last else {
      truncations += 1
      if let former = watch?.formerNames(of: path)?.names {
        // Ignore copies of the file: what was not read of it is counted as truncated.
        ignoredSiblings.formUnion(
          siblings.find().filter { !former.contains($0.name) }.map(\.status.identity))
      }
      logFile.restart(now: now)
      logFile.hasSearchedCopies = true
      return
    }
    let copies = try findCopies(of: logFile, now: now)
    // Each whole copy stands for one truncation; the last truncation removed what was read before,
    // or what no copy contains.
    if logFile.offset > 0 || copies.wholeCount == 0 { truncations += 1 }
    let former = FormerFile(logFile, isSameFile: true)
    logFile.restart(now: now)
    use(copies, before: logFile, at: index, now: now)
    if !copies.containReadPart { detectCopy(logFile, of: former, now: now) }
  }

  /// Searches for copies of a file of which nothing was read. Its truncation cannot be detected,
  /// but if it was copied before, there is a copy.
  func searchCopies(
    of logFile: LogFile, at index: Int, now: Double
  ) throws(SystemError) -> CopySearch {
    let mayBeRenamed = watch?.formerNames(of: path) == nil
    guard logFile === logFiles.last, !mayBeRenamed || !logFile.formerParts.isEmpty else {
      logFile.hasSearchedCopies = true
      return .none
    }
    let copies = try findCopies(of: logFile, now: now)
    use(copies, before: logFile, at: index, now: now)
    if !copies.unread.isEmpty { return .found }
    return copies.areAll ? .none : .unstable
  }

  private func use(_ copies: Copies, before logFile: LogFile, at index: Int, now: Double) {
    truncations += copies.wholeCount
    ignoredSiblings.formUnion(copies.settled)
    logFile.expectedHead = copies.head
    logFile.hasSearchedCopies = copies.areAll && !copies.head.isEmpty
    for copy in copies.unread { copy.supersededAt = now }
    logFiles.insert(contentsOf: copies.unread, at: index)
  }

  /// Opens the copies whose content the log no longer has.
  ///
  /// Meanwhile the log may be copied and truncated again. The log is therefore read between two
  /// searches for copies: if the second search finds no further copy, the first one found all
  /// copies that were made before the log was read.
  private func findCopies(of logFile: LogFile, now: Double) throws(SystemError) -> Copies {
    var candidates = openCandidates(besides: [], since: logFile) ?? []
    var copies = Copies()
    for _ in 0..<8 where !copies.areAll {
      copies.head = try logFile.file.bytes(ReadPart.sampleLength, at: 0)
      guard let more = openCandidates(besides: candidates, since: logFile) else { continue }
      copies.areAll = more.isEmpty
      candidates += more
    }
    if !copies.areAll {
      copies.head = try logFile.file.bytes(ReadPart.sampleLength, at: 0)
    }
    for candidate in candidates.sorted(by: { $0.sibling.isOlder(than: $1.sibling) }) {
      try judge(candidate, of: logFile, now: now, &copies)
    }
    return copies
  }

  /// - Returns: nil if files were renamed meanwhile, so that it is unknown which of them had the
  ///   log's path.
  private func openCandidates(
    besides others: [Candidate], since logFile: LogFile
  ) -> [Candidate]? {
    let former = watch?.formerNames(of: path)
    let opened = siblings.open { sibling in
      isNew(sibling, since: logFile) && former?.names.contains(sibling.name) != true
        && !others.contains { $0.file.status.identity == sibling.status.identity }
    }
    let after = watch?.formerNames(of: path)
    if former?.serial != after?.serial, former?.names != [] || after?.names != [] { return nil }
    return opened.map { Candidate(sibling: $0.sibling, file: $0.file, isCertain: former != nil) }
  }

  private func judge(
    _ candidate: Candidate, of logFile: LogFile, now: Double, _ copies: inout Copies
  ) throws(SystemError) {
    let file = candidate.file
    let parts = logFile.expectedParts
    if let part = parts.first(where: { isCopy(file, of: $0, mayBeShorter: false) }) {
      copies.containReadPart = true
      let rest = LogFile(file, now: now, isCopy: true)
      try rest.start(at: part.length)
      rest.endsInsideLine = logFile.endsInsideLine
      rest.isAnnounced = true
      copies.unread.append(rest)
    } else if parts.contains(where: { isCopy(file, of: $0, mayBeShorter: true) }) {
      // The copy was made before the last bytes were read.
      let size = try file.currentStatus().size
      remember(file, readThrough: try ReadPart(of: file, before: size), before: logFile)
    } else if try isCopy(file, of: logFile.file, head: copies.head) {
      // The copy may be incomplete, and the log still has its content: examine it again later.
      return
    } else if logFile.offset == 0, !candidate.isCertain {
      // The file may have had the log's path.
      return
    } else {
      copies.unread.append(LogFile(file, now: now, isCopy: candidate.isCertain))
    }
    copies.settled.insert(file.status.identity)
  }

  /// Whether a file contains nothing but the beginning of the current log, or if another file has
  /// the path by now, may be a copy of that one. An empty file may be a copy that is just being
  /// made.
  private func isCopy(
    _ file: OpenFile, of log: OpenFile, head: [UInt8]
  ) throws(SystemError) -> Bool {
    let beginning = try file.bytes(head.count, at: 0)
    let size = try file.currentStatus().size
    if size == 0 { return true }
    guard !head.isEmpty, head.starts(with: beginning) else { return false }
    let logSize = try log.currentStatus().size
    if size <= logSize { return true }
    return (try? calls.statusOf(pathBytes))?.identity != log.status.identity
  }
}
