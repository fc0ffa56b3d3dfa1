import AccessLog
import Glibc

/// A log that is followed by its path, whatever happens to the file: it may be renamed and created
/// again, copied and truncated, rewritten at the same size, deleted, absent for a while, or not
/// created yet; a symbolic link may lead to another file; several files may have the path between
/// two checks.
///
/// A rotated file is read to its end before the next one. It stays open for a minute, because
/// writers may still have it open: what they append is delivered between complete lines of the new
/// file. Files that could not be read are counted in `state`.
package final class FollowedFile: LogSource {
  /// The time in seconds that a rotated file stays open after its last growth.
  static let closingDelay = 60.0
  /// The time in seconds within which an incomplete line at the end of a rotated file may be
  /// completed.
  static let partialLineTimeout = 5.0
  /// The greatest number of rotated files that are open at once.
  static let maximumRotated = 8
  /// The time in seconds before another attempt to open a file.
  static let retryInterval = 1.0

  /// The path as it was given.
  package let path: Name
  let pathBytes: [CChar]
  let calls: FileSystemCalls
  let siblings: Siblings
  let watch: FileWatch?
  private let clock: () -> Double
  private let tail: Int?
  private let resumed: ResumedLog?

  /// The open files, oldest first; the path leads to the last one, or did so last.
  var logFiles: [LogFile] = []
  /// Siblings of the log that are older than it, or have been read.
  var ignoredSiblings: Set<FileIdentity> = []
  /// The files that were closed last.
  var closedFiles: [ClosedFile] = []
  var notices: [Notice] = []
  var isAbsent = false
  var pathFailure: InputFailure?
  var readFailure: InputFailure?
  var retryAt = -Double.infinity
  var reopenAt = -Double.infinity
  var rotations = 0
  var truncations = 0
  var replacements = 0
  var unreadFiles = 0
  /// The number of files that appeared under the path according to inotify but were not found yet.
  var unaccountedFiles = 0
  private var hasStarted = false
  private var isLoaded = false
  /// The first lines of the first file, if reading began after them.
  package private(set) var heading: [UInt8] = []
  /// The number of bytes delivered, over all files.
  package private(set) var consumed: Int64 = 0

  /// A file that was closed, and the part of it that was read.
  struct ClosedFile {
    var identity: FileIdentity
    var truncations = 0
    var part: ReadPart
    /// The file that comes after it.
    var next: FileIdentity?
  }

  /// Creates a source; nothing is opened before `start()` or the first read.
  ///
  /// - Parameters:
  ///   - tail: the number of lines at the end of the first file to begin with; 0 to begin at its
  ///     end, nil to begin at its beginning.
  ///   - resumed: where to continue instead; what comes before the followed files is left to the caller.
  ///   - watch: reports the files that appear under the path, so that missed ones can be counted.
  ///   - monotonic: the time in seconds from a monotonic clock.
  package init(
    path: Name, tail: Int? = nil, resuming resumed: ResumedLog? = nil,
    watch: FileWatch? = nil,
    calls: FileSystemCalls = FileSystemCalls(),
    monotonic: @escaping () -> Double
  ) {
    self.path = path
    self.tail = tail
    self.resumed = resumed
    self.watch = watch
    self.calls = calls
    clock = monotonic
    pathBytes = path.path
    siblings = Siblings(of: path, calls: calls)
  }

  /// Opens the file if it exists; otherwise the source waits for it.
  ///
  /// - Throws: `InputFailure` if the file exists but cannot be read. Further calls of `read` try
  ///   again.
  package func start() throws(InputFailure) {
    let now = clock()
    begin(now)
    if let failure = pathFailure ?? readFailure { throw failure }
    guard let newest = logFiles.last else { return }
    do {
      let firstBytes = try newest.file.bytes(ContentCheck.length, at: 0)
      if let refusal = ContentCheck.refusal(firstBytes: firstBytes) { throw refusal }
    } catch let failure as InputFailure {
      readFailure = failure
      throw failure
    } catch {
      // The next read will report the error.
    }
  }

  private func begin(_ now: Double) {
    hasStarted = true
    watch?.add(path)
    if let resumed { return resume(resumed, now) }
    ignoredSiblings = Set(siblings.find().map(\.status.identity))
    guard checkPath(at: now), let newest = logFiles.last else { return }
    ignoredSiblings.formUnion(siblings.find().map(\.status.identity))
    guard let tail else { return }
    do throws(SystemError) {
      let size = try newest.file.currentStatus().size
      let start = try LastLines.start(of: tail, in: newest.file, size: size)
      heading = try newest.file.heading(before: start)
      try newest.start(at: start)
    } catch {
      readFailure = InputFailure(error)
    }
  }

  /// Continues as if the program had only been stopped since an earlier run.
  private func resume(_ log: ResumedLog, _ now: Double) {
    for resumed in log.files {
      let logFile = LogFile(resumed.file, now: now)
      logFile.resume(behind: resumed.part ?? ReadPart(), truncations: resumed.truncations)
      logFile.supersededAt = now
      logFile.isAnnounced = resumed.part != nil || logFiles.isEmpty
      logFiles.append(logFile)
    }
    ignoredSiblings = log.seen
    // What appeared before the files were found is not missed.
    _ = watch?.drainAppearances(of: path)
    _ = checkPath(at: now)
    unaccountedFiles = 0
  }
}

// MARK: - Reading

extension FollowedFile {
  /// Reads complete lines; a line that is longer than the buffer is delivered in parts. It never
  /// throws: failures are reported in `state`, and reading is tried again.
  package func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(InputFailure) -> ReadResult {
    let now = clock()
    if !hasStarted { begin(now) }
    // The limit keeps a path that changes continuously from blocking the program.
    for _ in 0..<16 {
      if let result = deliver(into: buffer, now: now) {
        if case .bytes(let count) = result { consumed += Int64(count) }
        return result
      }
      closeQuietFiles(now)
      guard checkPath(at: now) else { break }
    }
    isLoaded = true
    logFiles.last?.settle()
    return .caughtUp
  }

  /// The rest of the file, if there is only one and nothing about it is in doubt.
  package var extent: FileExtent? {
    guard logFiles.count == 1, pathFailure == nil, readFailure == nil else { return nil }
    return logFiles[0].extent
  }

  package func skip(to offset: Int64, last: [UInt8]) {
    guard let logFile = logFiles.first else { return }
    consumed += offset - logFile.offset
    logFile.skip(to: offset, last: last, now: clock())
  }

  /// The next bytes of the oldest file that has any; nil if all have been read to their ends.
  private func deliver(into buffer: UnsafeMutableRawBufferPointer, now: Double) -> ReadResult? {
    let unfinished = logFiles.firstIndex { $0.endsInsideLine }
    var index = unfinished ?? 0
    while index < logFiles.count {
      let logFile = logFiles[index]
      switch advance(logFile, at: index, into: buffer, now: now) {
      case .result(let result): return result
      case .again: continue
      case .atEnd: break
      }
      // A line of which a part was delivered must be completed before other lines.
      if unfinished != nil, logFile.endsInsideLine { return nil }
      index += 1
    }
    return nil
  }

  private enum Advance {
    case result(ReadResult)
    case again
    case atEnd
  }

  private func advance(
    _ logFile: LogFile, at index: Int, into buffer: UnsafeMutableRawBufferPointer,
    now: Double
  ) -> Advance {
    do throws(SystemError) {
      let isDecided = try isDecided(logFile, now: now)
      if !logFile.isAnnounced, !logFile.endsInsideLine,
        isDecided || logFile.former?.mayAnnounceEmptyFile == true
      {
        logFile.isAnnounced = true
        return .result(.boundary)
      }
      guard isDecided else { return .atEnd }
      if logFile.offset == 0, !logFile.hasSearchedCopies, try logFile.hasBytes {
        switch try searchCopies(of: logFile, at: index, now: now) {
        case .found: return .again
        case .none: break
        case .unstable: return .atEnd
        }
      }
      let includesPartialLine = isFinished(logFile, at: index, now: now)
      switch try logFile.read(into: buffer, now: now, includesPartialLine: includesPartialLine) {
      case .bytes(let count):
        readFailure = nil
        return .result(.bytes(count))
      case .truncated:
        try restartAfterTruncation(logFile, at: index, now: now)
        return .again
      case .refused(let failure):
        readFailure = failure
        return .atEnd
      case .atEnd where logFile.endsInsideLine && includesPartialLine:
        logFile.endsInsideLine = false
        return .result(.boundary)
      case .atEnd:
        readFailure = nil
        return .atEnd
      }
    } catch {
      return reopen(logFile, after: error, now: now) ? .again : .atEnd
    }
  }
}

// MARK: - State

extension FollowedFile {
  /// The progress of reading, and what happened to the file.
  package var state: SourceState {
    var state = SourceState(path: path, phase: phase)
    state.rotations = rotations
    state.truncations = truncations
    state.replacements = replacements
    state.unreadFiles = unreadFiles
    return state
  }

  private var phase: SourceState.Phase {
    if let failure = pathFailure ?? readFailure { return .failed(failure) }
    if isAbsent || logFiles.isEmpty { return .waiting }
    return isLoaded ? .following : .loading(read: consumed, total: length)
  }

  /// The length of the stream in bytes: what was delivered, and what is available.
  package var length: Int64 {
    logFiles.reduce(consumed) { length, logFile in
      let size = (try? logFile.file.currentStatus().size) ?? logFile.offset
      return length + max(0, size - logFile.offset)
    }
  }

  package var place: SavedPlace? {
    // A part of a line, or what may be a copy, is no place to begin at.
    guard hasStarted, isAbsent || !logFiles.isEmpty,
      logFiles.allSatisfy({ !$0.isCopy && !$0.endsInsideLine && $0.former == nil })
    else { return nil }
    let open = Set(logFiles.map(\.file.status.identity))
    return SavedPlace(
      files: placedFiles,
      seen: ignoredSiblings.union(closedFiles.map(\.identity)).subtracting(open))
  }

  /// The position of the next byte in the newest file.
  package var position: Int64 { logFiles.last?.offset ?? 0 }

  /// The problems that were worked around since the last call.
  package func drainNotices() -> [Notice] {
    defer { notices = [] }
    return notices
  }
}
