import AccessLog
import Glibc

/// One file among those that succeed each other under a followed name, read from a position of its
/// own and checked for having been truncated.
///
/// It gives whole lines: half a line at the end stays in the file until it is finished, so a newer
/// file can be read meanwhile and nothing is torn when the two alternate.
final class Generation {
  enum Reading {
    /// So many bytes, at least one.
    case bytes(Int)
    /// Nothing but, perhaps, half a line.
    case atEnd
    /// What was read before the position is no longer there: the file was begun again.
    case truncated
    /// The first bytes say that this is no log in plain text.
    case refused(InputFailure)
  }

  var file: OpenFile
  /// What was read: all that stands before `offset`.
  private(set) var part = ReadPart()
  /// What was read by the end of the last look.
  private(set) var settledPart = ReadPart()
  /// What was read under the name before this file, while this may be a copy of it.
  var former: FormerFile?
  /// What was read before this file, until something of it is read.
  var formerParts: [ReadPart] = []
  /// The last byte given was no newline.
  var endsInsideLine = false
  /// Bytes of half a line that stand at the end and were not given.
  private(set) var pending = 0
  /// Where the file ended when it was last read.
  private var knownEnd: Int64 = 0
  /// A newer file holds a copy of this one up to here.
  private var copiedThrough: Int64 = 0
  /// When bytes were last added to it, by the monotonic clock, as far as was seen.
  private(set) var lastGrowth: Double
  /// That another file follows it was seen then.
  var supersededAt: Double?
  /// The reader of the stream was told that a file begins here, or need not be.
  var isAnnounced = false
  /// Whether a copy holds what was written before anything was read was looked for.
  var soughtCopy = false
  /// The first bytes at that time: if others stand there when it is read, it was begun again since.
  var expectedHead: [UInt8] = []
  /// Nobody writes to it: the copy that a rotation by copying leaves.
  let isCopy: Bool

  init(_ file: OpenFile, now: Double, isCopy: Bool = false) {
    self.file = file
    self.isCopy = isCopy
    lastGrowth = now
  }

  /// For how long nothing was added and nothing else began, in seconds.
  func quiet(at now: Double) -> Double {
    isCopy ? .infinity : now - max(lastGrowth, supersededAt ?? lastGrowth)
  }

  /// Whether there is anything in the file.
  var hasBytes: Bool {
    get throws(SystemError) { try file.currentStatus().size > 0 }
  }

  /// Where the next byte comes from, from the start of the file.
  var offset: Int64 { part.length }

  /// What a copy of the file may begin with: what was read of it, now or by the look before; where that
  /// is nothing, the file may have been, until it was cut short, a copy of what was read before.
  var expectedParts: [ReadPart] {
    offset > 0 ? [part, settledPart] : former?.parts ?? formerParts
  }

  /// Goes to a position, or where the file is shorter, to its start.
  func start(at position: Int64) throws(SystemError) {
    part = try ReadPart(of: file, before: position)
    settledPart = part
    pending = 0
  }

  /// Goes behind what a newer file, which is a copy of this one, holds of it.
  ///
  /// - Parameters:
  ///   - position: the start of a line.
  ///   - end: the end of what is the same in both files.
  func skip(to position: Int64, copiedThrough end: Int64) throws(SystemError) {
    try start(at: position)
    endsInsideLine = false
    copiedThrough = end
  }

  /// All that is there has been read.
  func settle() {
    settledPart = part
  }

  /// Begins again, as the file did.
  func restart(now: Double) {
    part = ReadPart()
    settledPart = part
    pending = 0
    endsInsideLine = false
    isAnnounced = false
    soughtCopy = false
    expectedHead = []
    knownEnd = 0
    copiedThrough = 0
    lastGrowth = now
  }
}

// MARK: - Reading

extension Generation {
  /// Gives what follows, cut after the last newline; half a line only where it fills the buffer, or
  /// continues one of which a part was given, or where `halfLineToo` asks for it.
  func read(
    into buffer: UnsafeMutableRawBufferPointer, now: Double, halfLineToo: Bool = false
  ) throws(SystemError) -> Reading {
    guard var found = try checkedRead(into: buffer) else { return .truncated }
    if found > 0, !endsInsideLine, buffer[0] == 0, try skipHole() {
      found = try checkedRead(into: buffer) ?? 0
    }
    if offset == 0, found > 0,
      let refusal = try refusal(of: UnsafeRawBufferPointer(rebasing: buffer[..<found]), halfLineToo)
    {
      return refusal
    }
    let end = offset + Int64(found)
    // What has just been added to may still be added to; what is continued in a copy is half a line
    // there.
    let isContinued = end <= copiedThrough
    let halfLineToo = halfLineToo && !isContinued && (isCopy || end == knownEnd)
    var length = found
    if found > 0, !halfLineToo, !endsInsideLine {
      length = Self.wholeLines(buffer[..<found])
      if length == 0 {
        // A call may be content with less than there is.
        found += try file.fill(
          UnsafeMutableRawBufferPointer(rebasing: buffer[found...]), at: offset + Int64(found))
        length = found == buffer.count ? found : Self.wholeLines(buffer[..<found])
      }
    }
    if offset + Int64(found) != knownEnd { lastGrowth = now }
    knownEnd = offset + Int64(found)
    pending = isContinued ? 0 : found - length
    guard length > 0 else { return .atEnd }
    given(UnsafeRawBufferPointer(rebasing: buffer[..<length]))
    return .bytes(length)
  }

  /// How many of the bytes there are up to the last newline, with it.
  private static func wholeLines(_ bytes: Slice<UnsafeMutableRawBufferPointer>) -> Int {
    bytes.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
  }

  /// What the first bytes say against reading the file, or that they are too few to tell yet.
  ///
  /// - Parameter isOver: nobody is writing more.
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
    case .undecided: return .atEnd
    case .plain: return nil
    }
  }

  /// Goes on where a hole at the start of a line ends: truncating a file beneath its writer may leave
  /// gigabytes of it, which no line is made of.
  private func skipHole() throws(SystemError) -> Bool {
    guard let data = try? file.calls.nextData(file.descriptor, offset), data > offset else {
      return false
    }
    try start(at: data)
    return true
  }

  private func given(_ bytes: UnsafeRawBufferPointer) {
    part.append(bytes)
    formerParts = []
    endsInsideLine = bytes.last != 0x0A
  }

  /// What stands at `offset`, read in one go with what stands before it, so that no truncation can
  /// come between the check and the reading; nil where those bytes are gone.
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
          // Either the file is shorter now, or the call was content with less.
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

  /// What stands at the start; nil where that is not what stood there before.
  private func firstRead(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(SystemError) -> Int? {
    let found = try file.read(into: buffer, at: offset)
    let expected = expectedHead.prefix(max(found, 1))
    return buffer[..<found].starts(with: expected.prefix(buffer.count)) ? found : nil
  }
}
