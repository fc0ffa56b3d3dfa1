import AccessLog

/// The statuses of which a term is true, a bit for each.
struct StatusSet {
  /// The number of words of a set.
  static let width = (StatusCode.none.index + 64) / 64

  private(set) var words = [UInt64](repeating: 0, count: Self.width)

  /// - Parameter memory: for globs.
  init(_ term: FilterTerm, _ memory: ConstantMemory) {
    switch term.relation {
    case .matchesAny, .matchesNone: insertMatches(term, memory)
    case .isAny: insertValues(term)
    case .isNone:
      insertValues(term)
      for index in words.indices { words[index] = ~words[index] }
      // No comparison holds with a number that is not there.
      let hasNumber = term.values.contains { if case .number = $0 { true } else { false } }
      if hasNumber { remove(StatusCode.none.index) }
    default:
      guard case .number(let number) = term.values.first else { return }
      let range = NumberRange(number, term.relation, 1)
      for status in 0..<StatusCode.none.index where range.contains(Int64(status)) {
        insert(status)
      }
    }
  }

  private mutating func insert(_ status: Int) { words[status / 64] |= 1 << UInt64(status % 64) }

  private mutating func remove(_ status: Int) { words[status / 64] &= ~(1 << UInt64(status % 64)) }

  private mutating func insertValues(_ term: FilterTerm) {
    for value in term.values {
      switch value {
      case .number(let number):
        let range = NumberRange(number, .isAny, 1)
        if range.contains(range.low), range.low < Int64(StatusCode.none.index) {
          insert(Int(range.low))
        }
      case .statusClass(let statusClass):
        for status in 0...StatusCode.none.index
        where StatusCode(UInt16(status)).statusClass == statusClass { insert(status) }
      case .text, .network: break
      }
    }
  }

  private mutating func insertMatches(_ term: FilterTerm, _ memory: ConstantMemory) {
    let globs = term.values.compactMap { value -> Glob? in
      if case .text(let pattern) = value { Glob(pattern, memory) } else { nil }
    }
    for status in 0...StatusCode.none.index {
      let name =
        StatusCode(UInt16(status)).name.bytes + [UInt8](repeating: 0, count: LineBytes.padding)
      let isFound = name.withUnsafeBufferPointer { buffer in
        // Not empty: it holds the padding.
        let text = TextRange(
          start: buffer.baseAddress!, count: buffer.count - LineBytes.padding)
        return globs.contains { $0.matches(text) }
      }
      if isFound == (term.relation == .matchesAny) { insert(status) }
    }
  }
}
