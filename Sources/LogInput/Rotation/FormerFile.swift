/// The part of a log that was read before another file took its path, kept while that file may be a
/// copy of it: rsync, an editor or `cat` may have rewritten the log. The new file is read only
/// after this is decided.
struct FormerFile {
  /// Programs that copy files write blocks whose size is a multiple of this number of bytes.
  static let block: Int64 = 4096
  /// The time in seconds after which a copy that has not grown counts as complete.
  static let completionDelay = 2.0
  /// The slowest rate of copying in bytes per second; logs grow more slowly.
  static let copyingRate = 1_048_576.0

  /// The result of comparing the new file.
  enum Judgement {
    /// The file begins with this part of the former one.
    case copy(ReadPart)
    /// The file agrees with the former one so far, but is shorter.
    case undecided
    /// As `undecided`, but the file was truncated again.
    case cutShort
    /// The file is not a copy.
    case different
  }

  /// The part that was read, and the part that had been read at the previous check: the lines
  /// between the two may have been written to the former file while it was copied.
  let parts: [ReadPart]
  /// The former file, if the path leads to another one now.
  let logFile: LogFile?
  /// Whether the first part of a line had been delivered when the file was replaced.
  let endedInsideLine: Bool
  private var size: Int64 = 0
  /// The times at which the first and the last growth of the new file were detected.
  private var firstGrowth = 0.0
  private var lastGrowth = 0.0

  /// - Parameter isSameFile: whether the file was truncated, not replaced.
  /// - Returns: nil if nothing was read of the file.
  init?(_ logFile: LogFile, isSameFile: Bool) {
    if let former = logFile.former {
      // The file in between was not read, so compare with its predecessor.
      self = former
      return
    }
    parts = logFile.expectedParts
    if parts.isEmpty { return nil }
    self.logFile = isSameFile ? nil : logFile
    endedInsideLine = logFile.endsInsideLine
  }

  /// Whether another file begins with a part of the former file.
  func isBeginning(of file: OpenFile) -> Bool {
    parts.contains { (try? $0.agreement(with: file)) == .whole }
  }

  /// Compares the new file with the former one.
  mutating func judge(_ file: OpenFile, now: Double) throws(SystemError) -> Judgement {
    for part in parts {
      switch try part.agreement(with: file) {
      case .whole: return .copy(part)
      case .upToItsEnd:
        let judgement = try wait(for: file, of: part.length, now: now)
        if case .different = judgement { continue }
        return judgement
      case .none: continue
      }
    }
    return .different
  }

  private mutating func wait(
    for file: OpenFile, of length: Int64, now: Double
  ) throws(SystemError) -> Judgement {
    let before = size
    size = try file.currentStatus().size
    if before == 0 || size < before { firstGrowth = now }
    if size != before { lastGrowth = now }
    if size < before { return .cutShort }
    // An empty file has nothing that could be delayed.
    if size == 0 { return .undecided }
    guard try isWrittenInBlocks(file) else { return .different }
    let limit = Self.completionDelay + Double(length) / Self.copyingRate
    let isBeingWritten = now - lastGrowth < Self.completionDelay && now - firstGrowth < limit
    return isBeingWritten ? .undecided : .different
  }

  /// Whether the file may end in the middle of being copied: at a multiple of the block size, or
  /// inside a line. A log, and a complete copy, end with a line end.
  private func isWrittenInBlocks(_ file: OpenFile) throws(SystemError) -> Bool {
    if size % Self.block == 0 { return true }
    return try file.bytes(1, at: size - 1) != [0x0A]
  }

  /// Whether the new file may be announced while it is empty.
  var mayAnnounceEmptyFile: Bool { size == 0 && !endedInsideLine }

  /// Whether a part ends inside a line of which the first part was delivered.
  func endsInsideLine(_ part: ReadPart) -> Bool {
    endedInsideLine && part.length == parts[0].length
  }
}
