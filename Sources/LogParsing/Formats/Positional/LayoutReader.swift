import AccessLog

/// Parses lines by one of several layouts: the first that a line has the shape of.
struct LayoutReader: Sendable {
  let layouts: [FieldLayout]
  private(set) var timestamp: FieldTimestamp
  var unescaped = UnescapedTexts()
  let wanted: ExtraFields
  /// For each layout, how its usual lines are read.
  private let usual: [UsualSteps?]

  init(_ layouts: [FieldLayout], _ options: ParsingOptions) {
    self.layouts = layouts
    timestamp = FieldTimestamp(zone: options.zone)
    let wanted = options.extras
    self.wanted = wanted
    usual = layouts.map { $0.usualSteps(wanted) }
  }

  /// See `LogFormat`.
  mutating func read(_ line: LineBytes, into batch: RecordBatch) -> LineVerdict {
    let text = TextRange(line)
    return FoundFields.with { found in
      for index in layouts.indices {
        found.removeAll()
        if layouts[index].find(in: text, &found) {
          return add(found, of: text, layouts[index], to: batch)
        }
      }
      return .rejected(.shape)
    }
  }

  /// See `LogFormat`. The first line that cannot be read ends it, and so does one that may be wrapped.
  ///
  /// - Parameters:
  ///   - find: finds what makes a record in most lines. See `PositionalLayouts.findUsual`.
  ///   - mayBeWrapped: whether a line that has the shape of a layout may be wrapped none the less.
  @inline(__always)
  mutating func readUsualLines(
    _ lines: inout BlockLines, from position: inout Int, into batch: RecordBatch,
    find: (TextRange, inout FoundFields) -> Bool, mayBeWrapped: (LineBytes) -> Bool
  ) -> Int {
    // Taken out of their arrays once: for every line, that would count references.
    let (layout, usual) = (layouts[0], usual[0])
    let block = lines.block
    let wantsTexts = !wanted.isEmpty
    // Fields of the first layout's usual lines.
    return FoundFields.with { found in
      lines.forEach(from: &position) { start, newline in
        // Bytes that are dropped before a line, or may begin a wrapper around any line.
        let first = block[start]
        guard first > .space, first < 0x7B, first != UInt8(ascii: "<") else { return false }
        let line = TextRange(block, line: start, newline)
        return line.count <= LogParser.lineLimit && !mayBeWrapped(line.line)
          && readUsual(line, layout, usual?.reading, &found, into: batch) { line, found in
            !wantsTexts && find(line, &found)
          } == .hit
      }
    }
  }

  /// Reads a line that nothing precedes and a newline or a carriage return follows. See `read`.
  ///
  /// - Parameters:
  ///   - first: the first layout.
  ///   - usual: how its usual lines are read; `found` holds nothing but their fields.
  @inline(__always)
  private mutating func readUsual(
    _ line: TextRange, _ first: FieldLayout, _ usual: UsualSteps.Reading?,
    _ found: inout FoundFields, into batch: RecordBatch,
    find: (TextRange, inout FoundFields) -> Bool
  ) -> LineVerdict {
    guard line.start[line.count] == .newline else { return read(line.line, into: batch) }
    if find(line, &found) || usual?.find(in: line, &found) ?? false {
      return add(found, of: line, first, to: batch, isInBlock: true)
    }
    return readOther(line, into: batch)
  }

  /// Reads a line that is not a usual one of the first layout.
  private mutating func readOther(_ line: TextRange, into batch: RecordBatch) -> LineVerdict {
    FoundFields.with { found in
      for index in layouts.indices {
        found.removeAll()
        if index > 0, let steps = usual[index], steps.reading.find(in: line, &found) {
          return add(found, of: line, layouts[index], to: batch)
        }
        found.removeAll()
        if layouts[index].find(in: line, &found) {
          return add(found, of: line, layouts[index], to: batch)
        }
      }
      return .rejected(.shape)
    }
  }

  /// Whether a line has the shape of a layout, with a time and a status that can be read.
  ///
  /// - Complexity: O(bytes of the line).
  mutating func fits(_ line: TextRange) -> Bool {
    unescaped.removeAll()
    return FoundFields.with { found in
      for index in layouts.indices {
        found.removeAll()
        if layouts[index].find(in: line, &found) {
          return time(found, of: line, layouts[index]) != nil
            && Self.status(found.text(.status, in: line), layouts[index]) != nil
        }
      }
      return false
    }
  }

  /// Adds the record of a line.
  ///
  /// - Parameter isInBlock: whether the line stays where it is until its block has been read.
  private mutating func add(
    _ found: borrowing FoundFields, of line: TextRange, _ layout: FieldLayout,
    to batch: RecordBatch, isInBlock: Bool = false
  ) -> LineVerdict {
    unescaped.removeAll()
    guard let time = time(found, of: line, layout) else { return .rejected(.time) }
    guard let status = Self.status(found.text(.status, in: line), layout)
    else { return .rejected(.status) }
    guard let bytes = Self.bytes(found, of: line, layout) else { return .rejected(.bytes) }
    let client = Self.client(found, of: line, layout)
    let latency =
      layout.hasLatency ? Self.latency(found, of: line, layout) : FactColumns.noLatency
    if isInBlock, !batch.wantsMore, let request = Self.plainRequest(found, of: line, layout) {
      let facts = LineFacts(
        time: time, status: status, bytes: bytes, request: request, client: client)
      facts.addUsualRecord(latency: latency, to: batch)
      return .hit
    }
    let request = request(found, of: line, layout)
    let facts = LineFacts(
      time: time, status: status, bytes: bytes, request: request.line, client: client)
    guard batch.wantsMore else {
      facts.addRecord(latency: latency, to: batch)
      return .hit
    }
    var extras = LineExtras()
    extras.latency = latency
    if !wanted.isEmpty { addTexts(found, of: line, layout, request, to: &extras) }
    facts.addRecord(extras, to: batch)
    return .hit
  }

  /// The time; `nil` if it cannot be read.
  mutating func time(
    _ found: borrowing FoundFields, of line: TextRange, _ layout: FieldLayout
  ) -> EpochSecond? {
    if layout.hasPatterns { return time(found.time) }
    if found.has(.time) {
      let text = found.text(.time, in: line)
      guard layout.epochUnits > 1 else { return timestamp.read(text) }
      guard let units = Numbers.whole(text.start, count: text.count) else { return nil }
      return EpochSecond(units / layout.epochUnits).ifValid
    }
    let (date, timeOfDay) = (found.text(.date, in: line), found.text(.timeOfDay, in: line))
    return timestamp.read(join(date, timeOfDay, found.text(.zone, in: line)))
  }

  /// The time that was read part by part.
  private mutating func time(_ parts: TimeParts) -> EpochSecond? {
    guard !parts.isBroken else { return nil }
    if let epoch = parts.epoch { return EpochSecond(epoch).ifValid }
    return TimeText(parts.civil, offset: parts.offset).map { timestamp.read($0) }
  }

  /// A date and a time of day, with the zone if the last text is one.
  private mutating func join(
    _ date: TextRange, _ timeOfDay: TextRange, _ zone: TextRange
  ) -> TextRange {
    let output = unescaped.room(for: date.count + timeOfDay.count + zone.count + 2)
    var count = 0
    func append(_ text: TextRange) {
      (output + count).update(from: text.start, count: text.count)
      count += text.count
    }
    append(date)
    output[count] = .space
    count += 1
    append(timeOfDay)
    var cursor = ByteCursor(zone)
    if TimeText.offset(&cursor) != nil, cursor.isAtEnd {
      output[count] = .space
      count += 1
      append(zone)
    }
    return TextRange(start: output, count: count)
  }
}

extension EpochSecond {
  /// The time itself, if its year is 1 to 9999.
  fileprivate var ifValid: EpochSecond? {
    value >= Timestamp.firstEpoch && value <= Timestamp.lastEpoch ? self : nil
  }
}
