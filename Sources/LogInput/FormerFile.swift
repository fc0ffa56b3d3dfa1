/// What was read under a name before the file that has it now, for as long as that file may turn out
/// to be a copy of it: rsync, an editor or `cat` wrote the log anew. A file is not read before this
/// is decided.
struct FormerFile {
  /// What writes copies writes blocks of a multiple of so many bytes.
  static let block: Int64 = 4096
  /// A copy that has not grown for this long is not being written any more, in seconds.
  static let patience = 2.0
  /// The slowest rate at which a copy is written, in bytes per second; logs grow more slowly.
  static let copyingRate = 1_048_576.0

  enum Judgement {
    /// The file begins with this part of the former one.
    case copy(ReadPart)
    /// So far the file is the same, but too short to tell.
    case undecided
    /// Undecided, and the file was cut short once more.
    case cutShort
    case different
  }

  /// All that was read, and what was read by the end of the look before: somebody may have written
  /// the lines between the two to the old file while it was being copied.
  let parts: [ReadPart]
  /// The file, where it is another one than the one that has the name now.
  let generation: Generation?
  /// A line was given in part when it was replaced.
  let endedInsideLine: Bool
  private var size: Int64 = 0
  /// When the first and the last bytes came, as far as was seen.
  private var begunAt = 0.0
  private var grownAt = 0.0

  /// - Parameter isSameFile: the file was cut short, not replaced.
  init?(_ generation: Generation, isSameFile: Bool) {
    if let former = generation.former {
      // Nothing was read of the file in between.
      self = former
      return
    }
    parts = generation.expectedParts
    if parts.isEmpty { return nil }
    self.generation = isSameFile ? nil : generation
    endedInsideLine = generation.endsInsideLine
  }

  /// Whether another file begins with it.
  func isBeginning(of file: OpenFile) -> Bool {
    parts.contains { (try? $0.agreement(with: file)) == .whole }
  }

  /// Compares the file that has the name now.
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
    if before == 0 || size < before { begunAt = now }
    if size != before { grownAt = now }
    if size < before { return .cutShort }
    // Nothing in it could be read too late.
    if size == 0 { return .undecided }
    guard try isWrittenInBlocks(file) else { return .different }
    let limit = Self.patience + Double(length) / Self.copyingRate
    let isBeingWritten = now - grownAt < Self.patience && now - begunAt < limit
    return isBeingWritten ? .undecided : .different
  }

  /// Whether the file ends where a copy may in the middle of its writing; a log, or a shorter copy
  /// that is finished, ends with a line.
  private func isWrittenInBlocks(_ file: OpenFile) throws(SystemError) -> Bool {
    if size % Self.block == 0 { return true }
    return try file.bytes(1, at: size - 1) != [0x0A]
  }

  /// Whether the file that has the name now may be announced as a new one while it is empty.
  var mayAnnounceEmptyFile: Bool { size == 0 && !endedInsideLine }

  /// Whether the part ends inside a line of which the first piece was given.
  func endsInsideLine(_ part: ReadPart) -> Bool {
    endedInsideLine && part.length == parts[0].length
  }
}
