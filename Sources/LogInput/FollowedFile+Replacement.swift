// A log that is replaced by a copy of itself, or written anew as one.

extension FollowedFile {
  /// Notes that a file may be a copy of what was read under its name before.
  ///
  /// - Returns: whether it is one for certain.
  @discardableResult
  func suspect(_ generation: Generation, of former: FormerFile?, now: Double) -> Bool {
    guard let former else { return false }
    let before = replacements
    generation.former = former
    let isDecided = (try? isDecided(generation, now: now)) ?? false
    // A line of which the first piece was given is not waited for.
    if !isDecided, former.endedInsideLine { generation.former = nil }
    return replacements > before
  }

  /// Whether it is known of a file whether it is a copy of what was read before, so that it can be
  /// read.
  func isDecided(_ generation: Generation, now: Double) throws(SystemError) -> Bool {
    guard var former = generation.former else { return true }
    switch try former.judge(generation.file, now: now) {
    case .copy(let part):
      try resume(generation, behind: part, of: former)
      replacements += 1
      if former.generation == nil { truncations -= 1 } else { rotations -= 1 }
    case .different: generation.formerParts = former.parts
    case .cutShort:
      truncations += 1
      fallthrough
    case .undecided:
      generation.former = former
      return false
    }
    generation.former = nil
    return true
  }

  /// Goes behind what was read of the former file. What that holds more of is read in the new one, as
  /// far as it is there.
  private func resume(
    _ generation: Generation, behind part: ReadPart, of former: FormerFile
  ) throws(SystemError) {
    var position = part.length
    if let old = former.generation {
      let common = try old.file.common(with: generation.file, from: position)
      if old.offset > common.end {
        position = common.lastLine
      } else {
        position = old.offset
        try old.skip(to: max(position, common.lastLine), copiedThrough: common.end)
      }
    }
    try generation.start(at: position)
    generation.endsInsideLine = former.endsInsideLine(part)
    generation.isAnnounced = true
  }
}

extension OpenFile {
  /// Where what is the same in both files from a position on ends, and where the last line begins
  /// that begins before that end.
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
