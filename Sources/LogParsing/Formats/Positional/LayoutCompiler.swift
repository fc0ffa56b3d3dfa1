/// Turns the parts of a layout into its steps.
struct LayoutCompiler {
  private(set) var opening = 0..<0
  private(set) var steps: [FieldLayout.Step] = []
  private(set) var texts: [UInt8] = []
  private(set) var patterns: [TimePattern] = []
  /// See `LayoutField`.
  private(set) var epochUnits: Int64 = 0
  private let traits: FieldLayout.Traits

  init(_ parts: [LayoutPart], _ traits: FieldLayout.Traits) {
    self.traits = traits
    var fields: [LayoutField] = []
    // What follows each field.
    var texts: [Range<Int>] = []
    for part in parts {
      switch part {
      case .text(let bytes) where fields.isEmpty: appendOpening(bytes)
      case .text(let bytes): texts[texts.count - 1] = append(bytes, to: texts[texts.count - 1])
      case .field(let field):
        fields.append(field)
        texts.append(self.texts.count..<self.texts.count)
      }
    }
    let roles = roles(of: fields)
    for index in fields.indices { fields[index].role = roles[index] }
    for index in fields.indices { add(fields, texts, index) }
  }

  private mutating func appendOpening(_ bytes: [UInt8]) {
    // Spaces before the first word of a line are dropped anyway.
    opening = append(opening.isEmpty ? Array(bytes.drop { $0 == .space }) : bytes, to: opening)
  }

  /// Appends to a text, the last one. Several spaces are one.
  private mutating func append(_ bytes: [UInt8], to text: Range<Int>) -> Range<Int> {
    for byte in bytes where byte != .space || texts.count == text.lowerBound || texts.last != byte {
      texts.append(byte)
    }
    return text.lowerBound..<texts.count
  }

  private mutating func add(_ fields: [LayoutField], _ texts: [Range<Int>], _ index: Int) {
    let field = fields[index]
    steps.append(
      FieldLayout.Step(
        role: field.role, check: field.check, end: end(of: index, fields, texts),
        bounds: (texts[index].lowerBound, texts[index].upperBound), unit: field.unit,
        isList: field.isList, mayBeMissing: field.mayBeMissing, pattern: patterns.count))
    if let pattern = field.pattern { patterns.append(pattern) }
    if field.role == .time { epochUnits = field.epochUnits }
  }

  /// The roles of the fields, of which only one each counts: of those that are not chosen, the next
  /// client stands in for the first, and the others are read over.
  private func roles(of fields: [LayoutField]) -> [FieldRole] {
    var roles = fields.map { $0.role == .query ? FieldRole.query : .other }
    for role in Set(fields.map(\.role)) where role != .other && role != .query {
      let candidates = fields.indices.filter { fields[$0].role == role }
        .sorted { (fields[$0].rank, $0) < (fields[$1].rank, $1) }
      roles[candidates[0]] = role
      if role == .client, candidates.count > 1 { roles[candidates[1]] = .otherClient }
      if role == .latency, traits.contains(.sumsLatency) {
        let others: [FieldRole] = [.secondLatency, .thirdLatency]
        for (index, role) in zip(candidates.dropFirst(), others) { roles[index] = role }
      }
    }
    return roles
  }

  // MARK: - Ends

  private func end(of index: Int, _ fields: [LayoutField], _ texts: [Range<Int>]) -> FieldEnd {
    let field = fields[index]
    if field.pattern != nil { return .pattern }
    if field.check == .number { return .number }
    if field.quotes == .optional { return .optionalQuotes }
    let next = index + 1 < fields.count ? fields[index + 1] : nil
    let text = self.texts[texts[index]]
    guard let first = text.first else {
      guard let next else { return Self.lastEnd(field) }
      return next.role == .target ? .slash : .none
    }
    if first == .quote, !traits.contains(.hashEscapes) {
      let precedesStatus = next?.role == .status && text.elementsEqual([.quote, .space])
      return field.role == .request && precedesStatus ? .request : .quote
    }
    if field.check == .unwrapped, first == .space { return .word }
    let isClient = field.role == .client || field.role == .otherClient
    if !isClient, next?.role == .time, isBeforeBrackets(text, self.texts[texts[index + 1]]) {
      return .brackets
    }
    guard first == .space else { return .text }
    if field.role == .time { return .timeWords }
    if isClient || field.isList { return .list }
    if field.role == .request { return next?.role == .status && text.count == 1 ? .status : .text }
    return field.role.isWord || text.count == 1 ? .word : .text
  }

  /// Where a field ends that nothing follows.
  private static func lastEnd(_ field: LayoutField) -> FieldEnd {
    if field.role == .time { return .timeWords }
    if field.role == .client || field.role == .otherClient || field.isList { return .list }
    return field.role.isText ? .line : .word
  }

  /// Whether the texts before and behind a time are brackets.
  private func isBeforeBrackets(_ before: ArraySlice<UInt8>, _ behind: ArraySlice<UInt8>) -> Bool {
    let isOpening =
      before.elementsEqual([.space, .openingBracket]) || before.elementsEqual([.openingBracket])
    return isOpening && behind.first == .closingBracket
  }
}
