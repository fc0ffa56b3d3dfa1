import AccessLog

// What is made of a single line that may be wrapped.

extension LogParser {
  /// Takes off what is around a line, then reads and counts it. A piece of a line that is not
  /// complete is kept.
  ///
  /// - Parameters:
  ///   - label: the name that it came with; `nil` for none.
  ///   - lines: the lines of the block that it is in.
  mutating func read(
    _ line: LineBytes, label: TextRange? = nil, in lines: inout BlockLines,
    _ scratch: ScratchBytes, into batch: RecordBatch
  ) {
    let delivery = Delivery(line: TextRange(line), label: label, source: batch.lineSource)
    defer { batch.lineSource = delivery.source }
    let unwrapped: UnwrappedLine?
    if let label {
      unwrapped = unwrapper.unwrap(delivery.line, label: label, scratch)
    } else {
      let match = unwrapper.firstMatch(delivery.line, scratch)
      if let match, readUsual(delivery.line, match, in: &lines, into: batch) { return }
      unwrapped = unwrapper.unwrap(delivery.line, match, scratch)
    }
    if let unwrapped {
      read(unwrapped, delivery, scratch, into: batch)
    } else if unwrapper.hasTooManyUnfinished, let oldest = unwrapper.takeUnfinished(scratch) {
      read(oldest, delivery, scratch, into: batch)
    }
  }

  /// Reads and counts what is inside the only wrapper of a line, if that is a part of the line and has
  /// the usual shape of its format.
  ///
  /// - Returns: `false` if the line has to be read in another way.
  private mutating func readUsual(
    _ line: TextRange, _ match: WrapperMatch, in lines: inout BlockLines, into batch: RecordBatch
  ) -> Bool {
    let inside = match.inside
    guard unwrapper.isSimple(match), !wanted.lines, inside.count <= Self.lineLimit,
      inside.isPart(of: line), inside.start + inside.count == line.start + line.count
    else { return false }
    let source = batch.lineSource
    nameSource(match.name, in: batch)
    let position = lines.block.distance(to: inside.start)
    guard readers.readUsualLine(of: &lines, at: position, name: match.name, into: batch) else {
      batch.lineSource = source
      return false
    }
    countHit(in: match.wrapper, into: batch)
    return true
  }

  /// A line as it was delivered.
  private struct Delivery {
    var line: TextRange
    var label: TextRange?
    /// The name of records that no wrapper names.
    var source: LineSource
  }

  private mutating func read(
    _ unwrapped: UnwrappedLine, _ delivery: Delivery, _ scratch: ScratchBytes,
    into batch: RecordBatch
  ) {
    if unwrapped.mayBeStern, readStern(unwrapped, scratch, into: batch) { return }
    batch.lineSource = delivery.source
    let line = unwrapped.withoutStern
    if line.hasInnerColors, let colorless = unwrapper.unwrapWithoutColors(line, scratch) {
      return read(colorless, delivery, scratch, into: batch)
    }
    count(line, delivery, scratch, into: batch)
  }

  /// Reads and counts the lines whose last piece has not arrived.
  mutating func readUnfinishedLines(into batch: RecordBatch) {
    let scratch = ScratchBytes()
    beginSource(of: batch)
    let delivery = Delivery(line: .empty, source: batch.lineSource)
    while unwrapper.hasUnfinished {
      guard let line = unwrapper.takeUnfinished(scratch) else { continue }
      read(line, delivery, scratch, into: batch)
    }
  }

  /// Reads and counts a line after a prefix of stern, if that is what it is.
  private mutating func readStern(
    _ unwrapped: UnwrappedLine, _ scratch: ScratchBytes, into batch: RecordBatch
  ) -> Bool {
    guard !unwrapped.isOversize, unwrapped.line.count <= Self.lineLimit,
      !unwrapped.hasInnerColors
    else { return false }
    nameSource(unwrapped.name, in: batch)
    let verdict = readers.read(
      unwrapped.line.line, name: unwrapped.name, scratch, into: batch,
      requiresAddress: true)
    guard verdict == .hit else { return false }
    countHit(unwrapped, into: batch)
    return true
  }

  private mutating func count(
    _ unwrapped: UnwrappedLine, _ delivery: Delivery, _ scratch: ScratchBytes,
    into batch: RecordBatch
  ) {
    if unwrapped.isOversize { return countOversize(into: batch) }
    if unwrapped.line.isBlank {
      if !readWithWrappers(unwrapped, delivery, scratch, into: batch) { countBlank(into: batch) }
      return
    }
    if unwrapped.line.count > Self.lineLimit { return countOversize(into: batch) }
    nameSource(unwrapped.name, in: batch)
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
        return read(colorless, delivery, scratch, into: batch)
      }
      if reason == .shape, readWithWrappers(unwrapped, delivery, scratch, into: batch) { return }
      countRejected(unwrapped, reason, into: batch)
    }
  }

  /// Reads and counts a line that is none without its wrappers, if it is one of the format with them: a
  /// JSON object may have a member like that of Docker, and a custom format a separator like that of a
  /// container's name.
  ///
  /// - Returns: whether it is a hit.
  private mutating func readWithWrappers(
    _ unwrapped: UnwrappedLine, _ delivery: Delivery, _ scratch: ScratchBytes,
    into batch: RecordBatch
  ) -> Bool {
    guard unwrapped.levels > 0, !unwrapped.isJoined else { return false }
    // The innermost one may be none, or all of them.
    for levels in unwrapped.levels > 1 ? [Int(unwrapped.levels) - 1, 0] : [0] {
      guard
        let line = unwrapper.unwrap(
          again: delivery.line, label: delivery.label, levels: levels, scratch),
        line.line.count <= Self.lineLimit
      else { continue }
      batch.lineSource = delivery.source
      nameSource(line.name, in: batch)
      if readers.readWithWrappers(line.line.line, name: line.name, scratch, into: batch) {
        countHit(line, into: batch)
        return true
      }
    }
    return false
  }

  /// Lets the record of a line have the name that a wrapper gives.
  private func nameSource(_ name: TextRange?, in batch: RecordBatch) {
    guard let name, !name.isEmpty else { return }
    batch.nameSource(name)
  }

  private mutating func countHit(in wrappers: WrapperSet, into batch: RecordBatch) {
    lineNumber &+= 1
    wrapperSet.formUnion(wrappers)
    countMatches(1, into: batch)
  }

  private mutating func countHit(_ unwrapped: UnwrappedLine, into batch: RecordBatch) {
    countHit(in: unwrapped.wrappers, into: batch)
    if wanted.lines, unwrapped.isJoined { batch.keepLine(unwrapped.line.bytes) }
  }
}
