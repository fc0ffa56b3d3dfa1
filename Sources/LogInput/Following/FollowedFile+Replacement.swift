// A log that is replaced by a copy of itself, or rewritten as one.

extension FollowedFile {
  /// Notes that a file may be a copy of the one that had the path before.
  ///
  /// - Returns: whether it certainly is one.
  @discardableResult
  func detectCopy(_ logFile: LogFile, of former: FormerFile?, now: Double) -> Bool {
    guard let former else { return false }
    let before = replacements
    logFile.former = former
    let isDecided = (try? isDecided(logFile, now: now)) ?? false
    // If the first part of a line was delivered already, its rest must not wait for the decision.
    if !isDecided, former.endedInsideLine { logFile.former = nil }
    return replacements > before
  }

  /// Whether it is certain that a file is, or is not, a copy of the former one, so that it can be
  /// read.
  func isDecided(_ logFile: LogFile, now: Double) throws(SystemError) -> Bool {
    guard var former = logFile.former else { return true }
    switch try former.judge(logFile.file, now: now) {
    case .copy(let part):
      try resume(logFile, behind: part, of: former)
      replacements += 1
      if former.logFile == nil { truncations -= 1 } else { rotations -= 1 }
    case .different: logFile.formerParts = former.parts
    case .cutShort:
      truncations += 1
      fallthrough
    case .undecided:
      logFile.former = former
      return false
    }
    logFile.former = nil
    return true
  }

  /// Continues after the part of the former file that was read. The rest of the former file is read
  /// from the new one, as far as that contains it.
  private func resume(
    _ logFile: LogFile, behind part: ReadPart, of former: FormerFile
  ) throws(SystemError) {
    var position = part.length
    if let old = former.logFile {
      let common = try old.file.common(with: logFile.file, from: position)
      if old.offset > common.end {
        position = common.lastLine
      } else {
        position = old.offset
        try old.skip(to: max(position, common.lastLine), copiedThrough: common.end)
      }
    }
    try logFile.start(at: position)
    logFile.endsInsideLine = former.endsInsideLine(part)
    logFile.isAnnounced = true
  }
}

extension OpenFile {
  /// Compares two files from a position on.
  ///
  /// - Returns: the end of the common part, and the beginning of the last line that begins in it.
  /// - Complexity: O(n) in the length of the common part.
  fileprivate func common(
    with other: OpenFile, from position: Int64
  ) throws(SystemError) -> (end: Int64, lastLine: Int64) {
    var (end, lastLine) = (position, position)
    while true {
      let mine = try bytes(1 << 16, at: end)
      let same = zip(mine, try other.bytes(mine.count, at: end)).prefix { $0 == $1 }.map(\.0)
      if let newline = same.lastIndex(of: 0x0A) { lastLine = end + Int64(newline) + 1 }
      end += Int64(same.count)
      guard same.count == 1 << 16 else { return (end, lastLine) }
    }
  }
}
