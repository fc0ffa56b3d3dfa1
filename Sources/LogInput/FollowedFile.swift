import AccessLog
import Glibc

/// A log followed by its name, through everything that happens to it: renamed and created anew,
/// copied and truncated, begun again at the same size, deleted, away for a while, not there yet, a
/// symbolic link turned to another file, several generations between two looks.
///
/// An old generation is read to its end, then the new one; but its descriptor is kept for a minute,
/// and what writers that were slow to reopen still add to it is given between whole lines of the new
/// one. What was never seen is counted in `state`.
package final class FollowedFile: LogSource {
  /// How long an old generation is watched after it was last written to, in seconds.
  static let lingering = 60.0
  /// How long half a line at the end of an old generation may still be finished, in seconds.
  static let halfLinePatience = 5.0
  /// How many old generations are held open at once.
  static let mostHeld = 8
  /// How long a file that could not be opened is left alone, in seconds.
  static let retryInterval = 1.0

  /// The path as it was given.
  package let path: Name
  let pathBytes: [CChar]
  let calls: FileSystemCalls
  let siblings: Siblings
  let watch: FileWatch?
  private let clock: () -> Double
  private let tail: Int?

  /// Oldest first; the last is what the name stands for, or last stood for.
  var generations: [Generation] = []
  /// Files beside the log that are older than it, or were read.
  var known: Set<FileIdentity> = []
  /// Where reading of generations that were closed came to, the last few.
  var left: [Place] = []
  var notices: [Notice] = []
  var isAbsent = false
  var lookTrouble: InputFailure?
  var readTrouble: InputFailure?
  var retryAt = -Double.infinity
  var reopenAt = -Double.infinity
  var rotations = 0
  var truncations = 0
  var replacements = 0
  var missedGenerations = 0
  /// Files that came under the name by notification, less those that were found by looking.
  var unseen = 0
  private var hasStarted = false
  private var isLoaded = false
  /// The first lines of the file that was there at the start, where reading began behind them.
  package private(set) var heading: [UInt8] = []
  /// How many bytes were given so far, over all generations.
  package private(set) var consumed: Int64 = 0

  /// A generation that was closed, and what was read of it.
  struct Place {
    var identity: FileIdentity
    var part: ReadPart
  }

  /// - Parameters:
  ///   - tail: Begin with so many lines at the end of the file that is there at the start; 0 is only
  ///     what is new, nil everything.
  ///   - watch: What counts the files that come under the name, so that those never seen are known.
  ///   - monotonic: What time it is, in seconds of a clock that never jumps.
  package init(
    path: Name, tail: Int? = nil, watch: FileWatch? = nil,
    calls: FileSystemCalls = FileSystemCalls(),
    monotonic: @escaping () -> Double
  ) {
    self.path = path
    self.tail = tail
    self.watch = watch
    self.calls = calls
    clock = monotonic
    pathBytes = path.path
    siblings = Siblings(of: path, calls: calls)
  }

  /// Opens the file, if it is there; otherwise it is waited for.
  ///
  /// - Throws: Why it cannot be read though it exists. `read` goes on trying all the same.
  package func start() throws(InputFailure) {
    let now = clock()
    begin(now)
    if let failure = lookTrouble ?? readTrouble { throw failure }
    guard let newest = generations.last else { return }
    do {
      let firstBytes = try newest.file.bytes(ContentCheck.length, at: 0)
      if let refusal = ContentCheck.refusal(firstBytes: firstBytes) { throw refusal }
    } catch let failure as InputFailure {
      readTrouble = failure
      throw failure
    } catch {
      // Reading tells.
    }
  }

  private func begin(_ now: Double) {
    hasStarted = true
    watch?.add(path)
    known = Set(siblings.find().map(\.status.identity))
    guard look(now), let newest = generations.last else { return }
    known.formUnion(siblings.find().map(\.status.identity))
    guard let tail else { return }
    do throws(SystemError) {
      let size = try newest.file.currentStatus().size
      let start = try LastLines.start(of: tail, in: newest.file, size: size)
      heading = try newest.file.heading(before: start)
      try newest.start(at: start)
    } catch {
      readTrouble = InputFailure(error)
    }
  }
}

// MARK: - Reading

extension FollowedFile {
  /// Gives whole lines, but for a line that is longer than the buffer. It never throws: what is wrong
  /// shows in `state`, and is tried again.
  package func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(InputFailure) -> ReadResult {
    let now = clock()
    if !hasStarted { begin(now) }
    // So that a name that changes as fast as it is looked at cannot hold the program up.
    for _ in 0..<16 {
      if let result = deliver(into: buffer, now: now) {
        if case .bytes(let count) = result { consumed += Int64(count) }
        return result
      }
      retire(now)
      guard look(now) else { break }
    }
    isLoaded = true
    generations.last?.settle()
    return .caughtUp
  }

  /// The next bytes of the oldest generation that has any; nil where all are at their end.
  private func deliver(into buffer: UnsafeMutableRawBufferPointer, now: Double) -> ReadResult? {
    let begun = generations.firstIndex { $0.endsInsideLine }
    var index = begun ?? 0
    while index < generations.count {
      let generation = generations[index]
      switch advance(generation, at: index, into: buffer, now: now) {
      case .result(let result): return result
      case .again: continue
      case .atEnd: break
      }
      // Half a line that was given is finished before anything else is.
      if begun != nil, generation.endsInsideLine { return nil }
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
    _ generation: Generation, at index: Int, into buffer: UnsafeMutableRawBufferPointer,
    now: Double
  ) -> Advance {
    do throws(SystemError) {
      let isDecided = try isDecided(generation, now: now)
      if !generation.isAnnounced, !generation.endsInsideLine,
        isDecided || generation.former?.mayAnnounceEmptyFile == true
      {
        generation.isAnnounced = true
        return .result(.boundary)
      }
      guard isDecided else { return .atEnd }
      if generation.offset == 0, !generation.soughtCopy, try generation.hasBytes {
        switch try seekCopies(of: generation, at: index, now: now) {
        case .found: return .again
        case .none: break
        case .tooFast: return .atEnd
        }
      }
      let halfLineToo = isOver(generation, at: index, now: now)
      switch try generation.read(into: buffer, now: now, halfLineToo: halfLineToo) {
      case .bytes(let count):
        readTrouble = nil
        return .result(.bytes(count))
      case .truncated:
        try beginAgain(generation, at: index, now: now)
        return .again
      case .refused(let failure):
        readTrouble = failure
        return .atEnd
      case .atEnd where generation.endsInsideLine && halfLineToo:
        generation.endsInsideLine = false
        return .result(.boundary)
      case .atEnd:
        readTrouble = nil
        return .atEnd
      }
    } catch {
      return reopen(generation, after: error, now: now) ? .again : .atEnd
    }
  }
}

// MARK: - What people see

extension FollowedFile {
  /// Where it stands.
  package var state: SourceState {
    var state = SourceState(path: path, phase: phase)
    state.rotations = rotations
    state.truncations = truncations
    state.replacements = replacements
    state.missedGenerations = missedGenerations
    return state
  }

  private var phase: SourceState.Phase {
    if let failure = lookTrouble ?? readTrouble { return .failed(failure) }
    if isAbsent || generations.isEmpty { return .waiting }
    return isLoaded ? .following : .loading(read: consumed, total: length)
  }

  /// How long the stream is so far, in bytes: what was given, and what is there to be given.
  package var length: Int64 {
    generations.reduce(consumed) { length, generation in
      let size = (try? generation.file.currentStatus().size) ?? generation.offset
      return length + max(0, size - generation.offset)
    }
  }

  /// Where the next byte of the newest file comes from, from its start.
  package var position: Int64 { generations.last?.offset ?? 0 }

  /// What went wrong and was mended since the last call.
  package func takeNotices() -> [Notice] {
    defer { notices = [] }
    return notices
  }
}
