import AccessLog
import Glibc

/// One of the files that successively have a followed path. It has its own reading position and
/// detects truncation.
///
/// It delivers complete lines: an incomplete line at the end is not delivered until it is
/// completed. Another file can be read meanwhile without mixing up lines.
final class LogFile {
  /// The result of a read.
  enum Reading {
    /// The number of bytes read, at least one.
    case bytes(Int)
    /// There is nothing to read, except possibly an incomplete line.
    case atEnd
    /// The bytes before the position have changed: the file was truncated and rewritten.
    case truncated
    /// The file is not plain text.
    case refused(InputFailure)
  }

  var file: OpenFile
  /// The part of the file that was read: everything before `offset`.
  private(set) var part = ReadPart()
  /// The part that had been read when the end of the file was last reached.
  private(set) var partAtLastCheck = ReadPart()
  /// How often the file was truncated, as far as is known.
  private(set) var truncations = 0
  /// The former file, while this one may be a copy of it.
  var former: FormerFile?
  /// The parts of the former file that were read, until something of this file is read.
  var formerParts: [ReadPart] = []
  /// Whether the last byte delivered was not a line end.
  var endsInsideLine = false
  /// The number of bytes of an incomplete line at the end that were not delivered.
  private(set) var pendingBytes = 0
  /// The size of the file at the last read.
  private var knownEnd: Int64 = 0
  /// The position up to which a newer file contains a copy of this one.
  private var copiedThrough: Int64 = 0
  /// The time in seconds at which growth was last detected.
  private(set) var lastGrowth: Double
  /// The time in seconds at which a successor was detected.
  var supersededAt: Double?
  /// Whether the boundary before this file was reported, or need not be.
  var isAnnounced = false
  /// Whether copies of former contents were searched for.
  var hasSearchedCopies = false
  /// The first bytes at the time of the search. If they differ when the file is read, it was
  /// truncated since.
  var expectedHead: [UInt8] = []
  /// Whether the file is a copy made by a rotation, which no program writes to.
  let isCopy: Bool

  init(_ file: OpenFile, now: Double, isCopy: Bool = false) {
    self.file = file
    self.isCopy = isCopy
    lastGrowth = now
  }

  /// The time in seconds since the last growth, or since a successor was detected if that is later.
  func quiet(at now: Double) -> Double {
    isCopy ? .infinity : now - max(lastGrowth, supersededAt ?? lastGrowth)
  }

  /// Whether the file is not empty.
  var hasBytes: Bool {
    get throws(SystemError) { try file.currentStatus().size > 0 }
  }

  /// The position of the next byte.
  var offset: Int64 { part.length }

  var identity: FileIdentity { file.status.identity }

  /// The parts that a copy of the file may begin with: the part that was read now or at the
  /// previous check. If nothing was read, the file may have been a copy of the former file until it
  /// was truncated.
  var expectedParts: [ReadPart] {
    offset > 0 ? [part, partAtLastCheck] : former?.parts ?? formerParts
  }

  /// Continues reading at a position, or at the beginning if the file is shorter.
  func start(at position: Int64) throws(SystemError) {
    part = try ReadPart(of: file, before: position)
    partAtLastCheck = part
    pendingBytes = 0
  }

  /// Continues behind a part that an earlier run has read. If the file no longer begins with it, that is
  /// found out by the next read, as for a file that was truncated.
  func resume(behind part: ReadPart, truncations: Int) {
    self.part = part
    self.truncations = truncations
    partAtLastCheck = part
    isAnnounced = true
  }

  /// Continues reading after the part that a newer file, which is a copy of this one, contains.
  ///
  /// - Parameters:
  ///   - position: the start of a line.
  ///   - end: the end of the common part of both files.
  func skip(to position: Int64, copiedThrough end: Int64) throws(SystemError) {
    try start(at: position)
    endsInsideLine = false
    copiedThrough = end
  }

  /// Notes that the file has been read to its end.
  func settle() {
    partAtLastCheck = part
  }

  /// Starts at the beginning again after a truncation.
  func restart(now: Double) {
    truncations += 1
    part = ReadPart()
    partAtLastCheck = part
    pendingBytes = 0
    endsInsideLine = false
    isAnnounced = false
    hasSearchedCopies = false
    expectedHead = []
    knownEnd = 0
    copiedThrough = 0
    lastGrowth = now
  }
}

// MARK: - Reading

extension LogFile {
  /// Reads bytes up to the last line end. An incomplete line is delivered only if it fills the
  /// buffer, if a part of it was delivered before, or if `includesPartialLine` is true.
  func read(
    into buffer: UnsafeMutableRawBufferPointer, now: Double, includesPartialLine: Bool = false
  ) throws(SystemError) -> Reading {
    guard var found = try checkedRead(into: buffer) else { return .truncated }
    if found > 0, !endsInsideLine, buffer[0] == 0, try skipHole() {
      found = try checkedRead(into: buffer) ?? 0
    }
    if offset == 0, found > 0,
      let refusal = try refusal(
        of: UnsafeRawBufferPointer(rebasing: buffer[..<found]), includesPartialLine)
    {
      return refusal
    }
    let end = offset + Int64(found)
    // A line that has just grown may grow further, and a line that continues in a copy is delivered
    // from the copy.
    let isContinued = end <= copiedThrough
    let includesPartialLine = includesPartialLine && !isContinued && (isCopy || end == knownEnd)
    var length = found
    if found > 0, !includesPartialLine, !endsInsideLine {
      length = Self.wholeLines(buffer[..<found])
      if length == 0 {
        // A read may return fewer bytes than are available.
        found += try file.fill(
          UnsafeMutableRawBufferPointer(rebasing: buffer[found...]), at: offset + Int64(found))
        length = found == buffer.count ? found : Self.wholeLines(buffer[..<found])
      }
    }
    if offset + Int64(found) != knownEnd { lastGrowth = now }
    knownEnd = offset + Int64(found)
    pendingBytes = isContinued ? 0 : found - length
    guard length > 0 else { return .atEnd }
    markDelivered(UnsafeRawBufferPointer(rebasing: buffer[..<length]))
    return .bytes(length)
  }

  /// The part of the file that has not been read, if nothing about it is in doubt.
  var extent: FileExtent? {
    guard part.end.count == ReadPart.sampleLength, !endsInsideLine, former == nil,
      copiedThrough == 0, supersededAt == nil, let size = try? file.currentStatus().size,
      size > offset
    else { return nil }
    return FileExtent(file, offset..<size, before: part.end)
  }

  /// Continues behind a part of the extent that was read.
  ///
  /// - Parameter last: the bytes before `offset`, as they were read.
  func skip(to offset: Int64, last: [UInt8], now: Double) {
    part.extend(to: offset, last: last)
    formerParts = []
    knownEnd = offset
    lastGrowth = now
  }

  /// The number of bytes up to and including the last line end.
  private static func wholeLines(_ bytes: Slice<UnsafeMutableRawBufferPointer>) -> Int {
    bytes.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
  }

  /// The result for a file that is not plain text, or that is too short to tell; nil for plain
  /// text.
  ///
  /// - Parameter isOver: whether the file will not grow.
  private func refusal(
    of found: UnsafeRawBufferPointer, _ isOver: Bool
  ) throws(SystemError) -> Reading? {
    var verdict = ContentCheck.verdict(firstBytes: found)
    if verdict == .undecided {
      let bytes = try file.bytes(ContentCheck.length, at: 0)
      verdict = ContentCheck.verdict(firstBytes: bytes, isAll: isOver)
    }
    switch verdict {
    case .refused(let failure): return .refused(failure)
    case .compressed(let method): return .refused(.compressed(method))
    case .undecided: return .atEnd
    case .plain: return nil
    }
  }

  /// Skips a hole at the start of a line. Truncating a file without its writer noticing may leave a
  /// hole of gigabytes.
  ///
  /// - Returns: whether there was a hole.
  private func skipHole() throws(SystemError) -> Bool {
    guard let data = try? file.calls.nextData(file.descriptor, offset), data > offset else {
      return false
    }
    try start(at: data)
    return true
  }

  private func markDelivered(_ bytes: UnsafeRawBufferPointer) {
    part.append(bytes)
    formerParts = []
    endsInsideLine = bytes.last != 0x0A
  }

  /// Reads at `offset`, together with the bytes before it in one system call, so that a truncation
  /// between the check and the read is detected.
  ///
  /// - Returns: the number of bytes read, or nil if the bytes before `offset` have changed.
  private func checkedRead(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(SystemError) -> Int? {
    let length = part.end.count
    guard length > 0 else { return try firstRead(into: buffer) }
    let start = offset - Int64(length)
    var failure: SystemError?
    let found = withUnsafeTemporaryAllocation(byteCount: length, alignment: 1) { check -> Int? in
      do throws(SystemError) {
        var bytes = try file.read(into: check, then: buffer, at: start)
        if bytes < length {
          // Either the file was truncated, or the call returned fewer bytes than are available.
          guard try file.fill(check, at: start) == length else { return nil }
          bytes = length + (try file.read(into: buffer, at: offset))
        }
        let same = part.end.withUnsafeBytes { memcmp($0.baseAddress!, check.baseAddress!, length) }
        return same == 0 ? bytes - length : nil
      } catch {
        failure = error
        return nil
      }
    }
    if let failure { throw failure }
    return found
  }

  /// Reads at the beginning of the file.
  ///
  /// - Returns: the number of bytes read, or nil if the bytes differ from `expectedHead`.
  private func firstRead(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(SystemError) -> Int? {
    let found = try file.read(into: buffer, at: offset)
    let expected = expectedHead.prefix(max(found, 1))
    return buffer[..<found].starts(with: expected.prefix(buffer.count)) ? found : nil
  }
}
