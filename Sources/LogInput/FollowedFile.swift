import AccessLog
import Glibc

/// A log that is watched for more, through everything that happens to logs: renamed and made anew,
/// truncated, deleted, away for a while, a link turned to another file.
///
/// It never waits, and never reads a byte twice. What it cannot promise it counts.
package final class FollowedFile: ByteSource {
  /// How long an old file is still watched after another took its name: its writers go on until they
  /// are told. In seconds since it last brought anything.
  static let grace = 2.5
  /// How many bytes before our place tell whether the file is still the one we read.
  static let markLength = 256

  private let path: [UInt8]
  private let monotonic: () -> Double
  private var descriptor: Int32 = -1
  private var identity: FileIdentity?
  private var position: Int64 = 0
  /// The bytes right before `position`, at most `markLength`.
  private var mark: [UInt8] = []
  /// Read to its end at the last look: what comes next may stand in another file.
  private var wasAtEnd = false
  /// Since when the name stands for another file, or for none, and this one was quiet.
  private var replacedSince: Double?
  /// Files that came and went under the name meanwhile, oldest first.
  private var waiting: [[UInt8]] = []
  private var hadFile = false
  package private(set) var state: SourceState

  /// - Parameters:
  ///   - monotonic: what time it is, in seconds of a clock that never jumps.
  ///   - tail: begin with so many of the last lines; `nil`: with the first.
  /// - Throws: `InputFailure` where something is there that is no log, or may not be read. A file
  ///   that is not there is waited for.
  package init(
    path: Name, tail: Int? = nil, monotonic: @escaping () -> Double
  ) throws(InputFailure) {
    self.path = path.bytes
    self.monotonic = monotonic
    state = SourceState(path: path, phase: .waiting)
    if try openFile(path.bytes) {
      if let tail {
        position = try TailSearch.start(ofLast: tail, in: descriptor)
        remember(nil)
      }
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Bytes of the current file that are there, read or not.
  package var size: Int64 { FileStatus(of: descriptor)?.size ?? 0 }
  /// Bytes of the current file that were read.
  package var offset: Int64 { position }

  package func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(InputFailure) -> ReadResult {
    if descriptor < 0 {
      guard try openNext() else { return .caughtUp }
      return hadFile ? try read(into: buffer) : .caughtUp
    }
    if wasAtEnd, !isStillTheSame() { return beginAgain() }
    let count = retrying { pread(descriptor, buffer.baseAddress, buffer.count, off_t(position)) }
    guard count >= 0 else { return try recover() }
    if count > 0 { return try take(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
    wasAtEnd = true
    return lookAround()
  }

  // MARK: - The file that is open

  private func take(_ bytes: UnsafeRawBufferPointer) throws(InputFailure) -> ReadResult {
    if position == 0, let failure = InputFailure.ofBeginning(bytes) { throw failure }
    position += Int64(bytes.count)
    remember(bytes)
    wasAtEnd = false
    if replacedSince != nil { replacedSince = monotonic() }
    return .bytes(bytes.count)
  }

  /// Keeps the bytes before our place.
  private func remember(_ bytes: UnsafeRawBufferPointer?) {
    if let bytes {
      mark = Array((mark + bytes.suffix(Self.markLength)).suffix(Self.markLength))
    } else {
      mark = bytesBefore(position, Int(min(position, Int64(Self.markLength))))
    }
  }

  private func bytesBefore(_ place: Int64, _ length: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: length)
    let count = bytes.withUnsafeMutableBytes { buffer in
      retrying {
        pread(descriptor, buffer.baseAddress, length, off_t(place - Int64(length)))
      }
    }
    return count == length ? bytes : []
  }

  /// Whether the file still holds what we read: it was not cut short, nor cut and filled again.
  private func isStillTheSame() -> Bool {
    guard position > 0, let status = FileStatus(of: descriptor) else { return true }
    if status.size < position { return false }
    guard status.size > position || status.modified != seenModified else { return true }
    seenModified = status.modified
    return bytesBefore(position, mark.count) == mark
  }

  private var seenModified: Int64 = 0

  /// The file was truncated: what is in it now is new.
  private func beginAgain() -> ReadResult {
    state.truncations += 1
    position = 0
    mark = []
    wasAtEnd = false
    return .boundary
  }

  /// An error of the medium or of a network file system: the file is opened anew at our place.
  private func recover() throws(InputFailure) -> ReadResult {
    guard errno == EIO || errno == ESTALE else { throw .ofSystem() }
    let again = openToRead(path)
    guard again >= 0 else { return .caughtUp }
    close(descriptor)
    descriptor = again
    identity = FileStatus(of: again)?.identity
    return .caughtUp
  }

  // MARK: - The name

  /// At the end of the file: does the name still stand for it?
  private func lookAround() -> ReadResult {
    let named = FileStatus(path: path)
    if named?.identity == identity, waiting.isEmpty {
      replacedSince = nil
      state.phase = .following
      return .caughtUp
    }
    let now = monotonic()
    let since = replacedSince ?? now
    replacedSince = since
    if named == nil, waiting.isEmpty, now - since >= Self.grace { state.phase = .waiting }
    guard now - since >= Self.grace, named != nil || !waiting.isEmpty else { return .caughtUp }
    leave(for: named?.identity)
    return .boundary
  }

  /// The old file is finished: notes what came between it and the one that has the name now.
  private func leave(for current: FileIdentity?) {
    let old = FileStatus(of: descriptor)
    if waiting.isEmpty, let old {
      let between = RotatedFiles.of(path, writtenAfter: old.modified)
        .filter { $0.id != old.identity && $0.id != current }
      waiting = between.map(\.path)
      // Ours is gone, and others came after it: some of those may be gone, too.
      if old.links == 0, !between.isEmpty { state.missedGenerations += 1 }
    }
    close(descriptor)
    descriptor = -1
    identity = nil
    replacedSince = nil
    state.rotations += 1
  }

  private func openNext() throws(InputFailure) -> Bool {
    if !waiting.isEmpty {
      let next = waiting.removeFirst()
      return try openFile(next) ? true : try openNext()
    }
    return try openFile(path)
  }

  /// - Returns: whether a file is open now; `false` where none is there.
  private func openFile(_ path: [UInt8]) throws(InputFailure) -> Bool {
    let opened = openToRead(path)
    guard opened >= 0 else {
      if errno == ENOENT || (errno == EACCES && hadFile) || errno == EMFILE || errno == ENFILE {
        state.phase = .waiting
        return false
      }
      throw .ofSystem()
    }
    guard let status = FileStatus(of: opened) else {
      close(opened)
      throw .ofSystem()
    }
    if let failure = InputFailure.ofKind(status.mode) {
      close(opened)
      throw failure
    }
    descriptor = opened
    identity = status.identity
    position = 0
    mark = []
    seenModified = status.modified
    wasAtEnd = false
    hadFile = true
    if state.phase == .waiting { state.phase = .following }
    return true
  }
}
