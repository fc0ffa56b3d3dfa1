import AccessLog

/// The fields of a line of an extended log file.
struct ExtendedLogFields: Sendable {
  /// How the fields of a line are told apart.
  enum Separation: CaseIterable {
    /// By single tabs: fields may hold spaces, or be empty.
    case tabs
    /// By any number of spaces and tabs.
    case spaces
    /// The same, with spaces in fields that are in double quotes; a doubled quote stands for one.
    case quotes
  }

  /// A field within the line, without its quotes.
  private struct Field {
    /// The index in the line; negative if there is no such column.
    var start = -1
    var count = 0
    var isQuoted = false
    var hasDoubledQuotes = false

    init() {}

    @inline(__always)
    init(_ start: Int, _ count: Int) { (self.start, self.count) = (start, count) }
  }

  /// By the raw value of the column.
  private var fields = InlineArray<13, Field>(repeating: Field())
  /// How the usual lines were separated that the fields are of, which all have the same columns; `nil`
  /// if there are other fields.
  private var usual: Separation?

  init() {
    assert(fields.count == ExtendedLogColumns.Column.allCases.count)
  }

  /// Finds the fields of a line. Of the ways to tell them apart, the first one counts that gives the
  /// right number of columns: then no quote or tab within a field can hide a line.
  ///
  /// - Returns: `false` if none does.
  /// - Complexity: O(bytes of the line).
  mutating func split(_ line: TextRange, _ columns: ExtendedLogColumns) -> Bool {
    let hasTabs = line.firstIndex(of: .tab) != nil
    for separation in Separation.allCases where separation != .tabs || hasTabs {
      if columns.accepts(split(line, columns, by: separation)) { return true }
    }
    return false
  }

  /// Forgets all fields.
  mutating func removeAll() {
    fields = InlineArray(repeating: Field())
    usual = nil
  }

  /// - Returns: the number of columns.
  mutating func split(
    _ line: TextRange, _ columns: ExtendedLogColumns, by separation: Separation
  ) -> Int {
    removeAll()
    var position = 0
    var index = 0
    while let field = Self.next(in: line, from: &position, separation) {
      if index < columns.kinds.count, columns.kinds[index] >= 0 {
        fields[Int(columns.kinds[index])] = field
      }
      index += 1
    }
    return index
  }

  /// The next field; `nil` at the end of the line.
  ///
  /// - Parameter position: the index behind the last field's separator; one past the end of the line
  ///   behind the last field.
  private static func next(
    in line: TextRange, from position: inout Int, _ separation: Separation
  ) -> Field? {
    if separation == .tabs {
      guard position <= line.count else { return nil }
      let count = ByteSearch.first(.tab, in: line.start + position, count: line.count - position)
      defer { position += count + 1 }
      return Field(position, count)
    }
    while position < line.count, isSeparator(line[position]) { position += 1 }
    guard position < line.count else { return nil }
    let start = position
    position += ByteSearch.first(
      .space, or: .tab, in: line.start + start, count: line.count - start)
    let field = Field(start, position - start)
    // A field without spaces may be in quotes too.
    guard line[start] == .quote, let quoted = quotedField(in: line, from: start + 1) else {
      return field
    }
    let end = quoted.start + quoted.count + 1
    guard separation == .quotes || end == position else { return field }
    position = end
    return quoted
  }

  /// The field up to the first single quote, if a separator or the end of the line follows it.
  private static func quotedField(in line: TextRange, from start: Int) -> Field? {
    var field = Field(start, 0)
    field.isQuoted = true
    var index = start
    while let quote = line.firstIndex(of: .quote, from: index) {
      field.count = quote - start
      if quote + 1 == line.count || isSeparator(line[quote + 1]) { return field }
      guard line[quote + 1] == .quote else { return nil }
      field.hasDoubledQuotes = true
      index = quote + 2
    }
    return nil
  }

  private static func isSeparator(_ byte: UInt8) -> Bool { byte == .space || byte == .tab }

  // MARK: - Usual lines

  /// Finds the fields of a line that no quote begins a field of, and whose fields are separated by the
  /// same byte. See `split`.
  ///
  /// - Parameters:
  ///   - line: a newline follows it, and it begins with neither a space nor a tab.
  ///   - columns: the same for all lines of that separation, or `removeAll` comes between.
  /// - Returns: `false` for any other line.
  @inline(__always)
  mutating func splitUsual(_ line: TextRange, _ columns: ExtendedLogColumns) -> Bool {
    let separation = columns.isCloudFront ? Separation.tabs : .spaces
    if usual != separation {
      removeAll()
      usual = separation
    }
    return columns.kinds.withUnsafeBufferPointer { kinds in
      separation == .tabs
        ? splitTabs(line, kinds, isOpenEnded: columns.isOpenEnded) : splitSpaces(line, kinds)
    }
  }

  private mutating func splitTabs(
    _ line: TextRange, _ kinds: UnsafeBufferPointer<Int8>, isOpenEnded: Bool
  ) -> Bool {
    var position = 0
    for index in kinds.indices {
      let count = LineSearch.first(.tab, in: line.start + position)
      if kinds[index] >= 0 { fields[Int(kinds[index])] = Field(position, count) }
      position &+= count
      if line.start[position] == .newline {
        return index > 0 && index &+ 1 == kinds.count
      }
      position &+= 1
    }
    return isOpenEnded && kinds.count > 0
  }

  /// All spaces of 64 bytes are found before the first field is looked at: so no field waits for the
  /// end of the one before it.
  private mutating func splitSpaces(
    _ line: TextRange, _ kinds: UnsafeBufferPointer<Int8>
  ) -> Bool {
    var (index, position) = (0, 0)
    for first in stride(from: 0, to: line.count, by: 64) {
      let rest = line.count &- first
      let part = rest < 64 ? 1 &<< UInt64(truncatingIfNeeded: rest) &- 1 : UInt64.max
      var spaces = line.start.bits64(first) { $0 .== SIMD16(repeating: .space) } & part
      let tabs = line.start.bits64(first) { $0 .== SIMD16(repeating: .tab) } & part
      guard tabs == 0 else { return false }
      while spaces != 0 {
        let end = first &+ spaces.trailingZeroBitCount
        spaces &= spaces &- 1
        guard index < kinds.count, setUsual(kinds[index], line, position, end) else { return false }
        index &+= 1
        position = end &+ 1
      }
    }
    return index &+ 1 == kinds.count && setUsual(kinds[index], line, position, line.count)
  }

  /// Remembers a field that is neither empty nor in quotes.
  @inline(__always)
  private mutating func setUsual(_ kind: Int8, _ line: TextRange, _ start: Int, _ end: Int) -> Bool
  {
    guard end > start, line.start[start] != .quote else { return false }
    if kind >= 0 { fields[Int(kind)] = Field(start, end &- start) }
    return true
  }

  /// The text of a column, without quotes around it; empty if there is none.
  @inline(__always)
  func text(
    _ column: ExtendedLogColumns.Column, in line: TextRange, _ texts: inout UnescapedTexts
  ) -> TextRange {
    let field = fields[Int(column.rawValue)]
    guard field.start >= 0 else { return .empty }
    let text = TextRange(start: line.start + field.start, count: field.count)
    guard field.hasDoubledQuotes else { return text }
    return texts.append(text, doubling: field.hasDoubledQuotes)
  }

  /// Whether the text of a column is in quotes.
  func isQuoted(_ column: ExtendedLogColumns.Column) -> Bool {
    fields[Int(column.rawValue)].isQuoted
  }
}
