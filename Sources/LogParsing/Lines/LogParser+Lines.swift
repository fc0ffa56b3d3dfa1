import AccessLog

// What is made of a single line that may be wrapped.

extension LogParser {
  /// Takes off what is around a line, then reads and counts it. A piece of a line that is not
  /// complete is kept.
  ///
  /// - Parameter label: the name that it came with; `nil` for none.
  mutating func read(
    _ line: LineBytes, label: TextRange? = nil, _ scratch: ScratchBytes, into batch: RecordBatch
  ) {
    let source = batch.lineSource
    defer { batch.lineSource = source }
    let text = TextRange(line)
    let unwrapped =
      if let label { unwrapper.unwrap(text, label: label, scratch) } else {
        unwrapper.unwrap(text, scratch)
      }
    if let unwrapped {
      read(unwrapped, scratch, into: batch)
    } else if unwrapper.hasTooManyUnfinished, let oldest = unwrapper.takeUnfinished(scratch) {
      read(oldest, scratch, into: batch)
    }
  }

  private mutating func read(
    _ unwrapped: UnwrappedLine, _ scratch: ScratchBytes, into batch: RecordBatch
  ) {
    let source = batch.lineSource
    if unwrapped.mayBeStern, readStern(unwrapped, scratch, into: batch) { return }
    batch.lineSource = source
    let line = unwrapped.withoutStern
    if line.hasInnerColors, let colorless = unwrapper.unwrapWithoutColors(line, scratch) {
      return read(colorless, scratch, into: batch)
    }
    count(line, scratch, into: batch)
  }

  /// Reads and counts the lines whose last piece has not arrived.
  mutating func readUnfinishedLines(into batch: RecordBatch) {
    let scratch = ScratchBytes()
    beginSource(of: batch)
    while unwrapper.hasUnfinished {
      if let line = unwrapper.takeUnfinished(scratch) { read(line, scratch, into: batch) }
    }
  }

  /// Reads and counts a line after a prefix of stern, if that is what it is.
  private mutating func readStern(
    _ unwrapped: UnwrappedLine, _ scratch: ScratchBytes, into batch: RecordBatch
  ) -> Bool {
    guard !unwrapped.isOversize, unwrapped.line.count <= Self.lineLimit,
      !unwrapped.hasInnerColors
    else { return false }
    nameSource(of: unwrapped, in: batch)
    let verdict = readers.read(
      unwrapped.line.line, name: unwrapped.name, scratch, into: batch,
      requiresAddress: true)
    guard verdict == .hit else { return false }
    countHit(unwrapped, into: batch)
    return true
  }

  private mutating func count(
    _ unwrapped: UnwrappedLine, _ scratch: ScratchBytes, into batch: RecordBatch
  ) {
    if unwrapped.isOversize { return countOversize(into: batch) }
    if unwrapped.line.isBlank { return countBlank(into: batch) }
    if unwrapped.line.count > Self.lineLimit { return countOversize(into: batch) }
    nameSource(of: unwrapped, in: batch)
    switch readers.read(unwrapped.line.line, name: unwrapped.name, scratch, into: batch) {
    case .hit: countHit(unwrapped, into: batch)
    case .ignored:
      if readers.isAnyKnown { return countHeader(into: batch) }
      // It may belong to another format than its line seems to, so it matches none yet.
      lineNumber &+= 1
      readers.countPossibleHeader()
    case .rejected(let reason):
      // A line that began with a colour may have more of them.
      if let colorless = unwrapper.unwrapWithoutColors(unwrapped, scratch) {
        return read(colorless, scratch, into: batch)
      }
      countRejected(unwrapped, reason, into: batch)
    }
  }

  /// Lets the record of a line have the name that a wrapper gives.
  private func nameSource(of line: UnwrappedLine, in batch: RecordBatch) {
    guard let name = line.name, !name.isEmpty else { return }
    batch.nameSource(name)
  }

  private mutating func countHit(_ unwrapped: UnwrappedLine, into batch: RecordBatch) {
    lineNumber &+= 1
    wrapperSet.formUnion(unwrapped.wrappers)
    countMatches(1, into: batch)
    if wanted.lines, unwrapped.isJoined { batch.keepLine(unwrapped.line.bytes) }
  }
}
