// Copies of the log beside it, which hold what was cut off it (logrotate's copytruncate).

extension FollowedFile {
  /// What looking for copies came to.
  enum CopySearch {
    /// Copies are read before the log now.
    case found
    case none
    /// The log was begun again and again meanwhile; to be looked for at the next look.
    case tooFast
  }

  /// A file beside the log that may be a copy.
  private struct Candidate {
    let sibling: Sibling
    let file: OpenFile
    /// It never had the log's name, so nobody writes to it.
    let isCertain: Bool
  }

  /// What stands beside a log that was begun again.
  private struct Copies {
    /// What had not been read of the log before it was cut short, oldest first.
    var unread: [Generation] = []
    /// One of them begins with what was read of it.
    var holdReadPart = false
    /// The first bytes of the log as it is now.
    var head: [UInt8] = []
    /// All copies are here that were made of what stood in the log before `head`.
    var areAll = false
    /// Files that need not be looked at again.
    var settled: Set<FileIdentity> = []

    /// How many of them are whole logs that came and were cut short between two looks.
    var wholeCount: Int { unread.count { $0.offset == 0 } }
  }

  /// The file was cut short and begun again. If it was copied before, the copy holds what was not
  /// read of it; otherwise it may be about to be written anew as a copy of itself.
  func beginAgain(
    _ generation: Generation, at index: Int, now: Double
  ) throws(SystemError) {
    guard generation === generations.last else {
      truncations += 1
      if let former = watch?.formerNames(of: path)?.names {
        // A copy of it holds what was read of it; whatever was not is counted as truncated.
        known.formUnion(
          siblings.find().filter { !former.contains($0.name) }.map(\.status.identity))
      }
      generation.restart(now: now)
      generation.soughtCopy = true
      return
    }
    let copies = try findCopies(of: generation, now: now)
    // What was read of it was cut off, or what was there when it was last looked at; that is in a copy.
    if generation.offset > 0 || copies.wholeCount == 0 { truncations += 1 }
    let former = FormerFile(generation, isSameFile: true)
    generation.restart(now: now)
    use(copies, before: generation, at: index, now: now)
    if !copies.holdReadPart { suspect(generation, of: former, now: now) }
  }

  /// That a file of which nothing was read was cut short cannot be seen; but if it was copied before,
  /// there is a copy.
  func seekCopies(
    of generation: Generation, at index: Int, now: Double
  ) throws(SystemError) -> CopySearch {
    let mayBeRenamed = watch?.formerNames(of: path) == nil
    guard generation === generations.last, !mayBeRenamed || !generation.formerParts.isEmpty else {
      generation.soughtCopy = true
      return .none
    }
    let copies = try findCopies(of: generation, now: now)
    use(copies, before: generation, at: index, now: now)
    if !copies.unread.isEmpty { return .found }
    return copies.areAll ? .none : .tooFast
  }

  private func use(_ copies: Copies, before generation: Generation, at index: Int, now: Double) {
    truncations += copies.wholeCount
    known.formUnion(copies.settled)
    generation.expectedHead = copies.head
    generation.soughtCopy = copies.areAll && !copies.head.isEmpty
    for copy in copies.unread { copy.supersededAt = now }
    generations.insert(contentsOf: copies.unread, at: index)
  }

  /// Opens the copies that hold what the log does not hold any more.
  ///
  /// Meanwhile the log may be copied and cut short again. So the log is looked at between two looks at
  /// the files beside it: where no copy came by the second, the first found all copies of what stood
  /// in the log before.
  private func findCopies(of generation: Generation, now: Double) throws(SystemError) -> Copies {
    var candidates = openCandidates(besides: [], since: generation) ?? []
    var copies = Copies()
    for _ in 0..<8 where !copies.areAll {
      copies.head = try generation.file.bytes(ReadPart.sampleLength, at: 0)
      guard let more = openCandidates(besides: candidates, since: generation) else { continue }
      copies.areAll = more.isEmpty
      candidates += more
    }
    if !copies.areAll {
      copies.head = try generation.file.bytes(ReadPart.sampleLength, at: 0)
    }
    for candidate in candidates.sorted(by: { $0.sibling.isOlder(than: $1.sibling) }) {
      try judge(candidate, of: generation, now: now, &copies)
    }
    return copies
  }

  /// - Returns: nil where the files were renamed meanwhile, so that it is not known which of them had
  ///   the log's name.
  private func openCandidates(
    besides others: [Candidate], since generation: Generation
  ) -> [Candidate]? {
    let former = watch?.formerNames(of: path)
    let opened = siblings.open { sibling in
      isNew(sibling, since: generation) && former?.names.contains(sibling.name) != true
        && !others.contains { $0.file.status.identity == sibling.status.identity }
    }
    let after = watch?.formerNames(of: path)
    if former?.serial != after?.serial, former?.names != [] || after?.names != [] { return nil }
    return opened.map { Candidate(sibling: $0.sibling, file: $0.file, isCertain: former != nil) }
  }

  private func judge(
    _ candidate: Candidate, of generation: Generation, now: Double, _ copies: inout Copies
  ) throws(SystemError) {
    let file = candidate.file
    let parts = generation.expectedParts
    if let part = parts.first(where: { isCopy(file, of: $0, mayBeShorter: false) }) {
      copies.holdReadPart = true
      let rest = Generation(file, now: now, isCopy: true)
      try rest.start(at: part.length)
      rest.endsInsideLine = generation.endsInsideLine
      rest.isAnnounced = true
      copies.unread.append(rest)
    } else if parts.contains(where: { isCopy(file, of: $0, mayBeShorter: true) }) {
      // It was made before the last bytes were read.
    } else if try isCopy(file, of: generation.file, head: copies.head) {
      // It may be in the making, and what it holds is in the log: it is left for the next time.
      return
    } else if generation.offset == 0, !candidate.isCertain {
      // It may have had the name.
      return
    } else {
      copies.unread.append(Generation(file, now: now, isCopy: candidate.isCertain))
    }
    copies.settled.insert(file.status.identity)
  }

  /// Whether a file holds nothing but the beginning of the log as it is now, or where another file has
  /// the name by now, may be a copy of that. One that is empty may have been made this moment.
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
