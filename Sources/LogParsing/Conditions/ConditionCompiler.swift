import AccessLog

/// Compiles conditions to steps. What follows a step is compiled before it, so steps lead to earlier
/// ones, and no chain has an end that is not an answer.
struct ConditionCompiler {
  private(set) var steps: [ConditionStep] = []
  private(set) var texts: [ConditionText] = []
  private(set) var globs: [Glob] = []
  private(set) var networks: [NetworkMask] = []
  private(set) var ranges: [NumberRange] = []
  private(set) var sets: [UInt64] = []
  /// The fields whose texts are compared.
  private(set) var fields: Set<FilterField> = []
  private let memory: ConstantMemory

  init(_ memory: ConstantMemory) {
    self.memory = memory
  }

  /// - Returns: the first step.
  mutating func compile(_ expression: FilterExpression) -> Int32 {
    compile(expression, ConditionStep.holds, ConditionStep.fails)
  }

  private mutating func compile(
    _ expression: FilterExpression, _ whenTrue: Int32, _ whenFalse: Int32
  ) -> Int32 {
    switch expression {
    case .term(let term): compile(term, whenTrue, whenFalse)
    case .not(let inner): compile(inner, whenFalse, whenTrue)
    case .all(let parts):
      parts.reversed().reduce(whenTrue) { next, part in compile(part, next, whenFalse) }
    case .any(let parts):
      parts.reversed().reduce(whenFalse) { next, part in compile(part, whenTrue, next) }
    }
  }

  private mutating func compile(
    _ term: FilterTerm, _ whenTrue: Int32, _ whenFalse: Int32
  ) -> Int32 {
    switch term.field {
    case .status: return compileStatus(term, whenTrue, whenFalse)
    case .bot: return compileAgentKind(term, whenTrue, whenFalse)
    case .bytes, .latency: return compileNumber(term, whenTrue, whenFalse)
    default: break
    }
    fields.insert(term.field)
    let isNone = term.relation == .isNone || term.relation == .matchesNone
    // Where a value is found.
    let found = isNone ? whenFalse : whenTrue
    var next = isNone ? whenTrue : whenFalse
    let isGlob = term.relation == .matchesAny || term.relation == .matchesNone
    let networks = term.values.compactMap(\.network)
    let texts = term.values.compactMap(\.text)
    if !networks.isEmpty {
      let first = self.networks.count
      self.networks += networks.map { NetworkMask($0) }
      next = add(.liesInNetwork, term.field, first, networks.count, found, next)
    }
    guard !texts.isEmpty else { return next }
    if isGlob {
      let first = globs.count
      globs += texts.map { Glob($0, memory) }
      return add(.matchesGlob, term.field, first, texts.count, found, next)
    }
    let first = self.texts.count
    self.texts += texts.map { ConditionText(memory.text($0)) }.sorted(by: ConditionText.precedes)
    return add(.isText, term.field, first, texts.count, found, next)
  }

  private mutating func add(
    _ question: ConditionStep.Question, _ field: FilterField, _ first: Int, _ count: Int,
    _ whenTrue: Int32, _ whenFalse: Int32, whenMissing: Int32? = nil
  ) -> Int32 {
    steps.append(
      ConditionStep(
        question: question, field: field.index, first: Int32(clamping: first),
        count: Int32(clamping: count), whenTrue: whenTrue, whenFalse: whenFalse,
        whenMissing: whenMissing ?? whenFalse))
    return Int32(clamping: steps.count - 1)
  }

  // MARK: - Numbers

  private mutating func compileNumber(
    _ term: FilterTerm, _ whenTrue: Int32, _ whenFalse: Int32
  ) -> Int32 {
    let unit: Int64 = term.field == .latency ? 1_000_000 : 1
    let first = ranges.count
    let values = term.values.compactMap(\.number)
    ranges += values.map { NumberRange($0, term.relation, unit) }
    let isNone = term.relation == .isNone
    // No comparison holds with a number that is not there.
    return add(
      term.field == .latency ? .hasLatency : .hasBytes, term.field, first, values.count,
      isNone ? whenFalse : whenTrue, isNone ? whenTrue : whenFalse, whenMissing: whenFalse)
  }

  // MARK: - Sets

  /// The set of the statuses of which a term is true.
  private mutating func compileStatus(
    _ term: FilterTerm, _ whenTrue: Int32, _ whenFalse: Int32
  ) -> Int32 {
    let statuses = StatusSet(term, memory)
    let first = sets.count
    sets += statuses.words
    return add(.hasStatus, .status, first, 0, whenTrue, whenFalse)
  }

  /// The set of the kinds of agents of which a term is true.
  private mutating func compileAgentKind(
    _ term: FilterTerm, _ whenTrue: Int32, _ whenFalse: Int32
  ) -> Int32 {
    fields.insert(.agent)
    let isGlob = term.relation == .matchesAny || term.relation == .matchesNone
    let isNone = term.relation == .isNone || term.relation == .matchesNone
    var set: UInt64 = 0
    for kind in AgentKind.allCases {
      let name = memory.text(Array(kind.name.utf8))
      let isFound = term.values.compactMap(\.text).contains { value in
        isGlob ? Glob(value, memory).matches(name) : name.elementsEqual(value)
      }
      if isFound != isNone { set |= 1 << UInt64(kind.rawValue) }
    }
    sets.append(set)
    return add(.hasAgentKind, .agent, sets.count - 1, 0, whenTrue, whenFalse)
  }
}

extension FilterValue {
  fileprivate var text: [UInt8]? { if case .text(let bytes) = self { bytes } else { nil } }

  fileprivate var network: NetworkPrefix? {
    if case .network(let network) = self { network } else { nil }
  }

  fileprivate var number: Threshold? { if case .number(let number) = self { number } else { nil } }
}

extension ConditionText {
  /// By length, then by bytes, but for the order of bytes within the first eight.
  static func precedes(_ left: ConditionText, _ right: ConditionText) -> Bool {
    if left.text.count != right.text.count { return left.text.count < right.text.count }
    return left.head < right.head
  }
}

extension NumberRange {
  /// The whole numbers of a unit that compare with a decimal in that way; for equality and its
  /// opposite, the number that equals it.
  ///
  /// - Parameter unit: how many of them make 1.
  init(_ number: Threshold, _ relation: FilterRelation, _ unit: Int64) {
    let floor = Int64(number.limit(overWindowOf: unit))
    let isWhole = number.compare(Int128(floor), over: Int128(unit)) == 0
    switch relation {
    case .less: self.init(low: .min, high: isWhole ? floor - 1 : floor)
    case .lessOrEqual: self.init(low: .min, high: floor)
    case .greater where floor == .max: self = .none
    case .greater: self.init(low: floor + 1, high: .max)
    case .greaterOrEqual where isWhole: self.init(low: floor, high: .max)
    case .greaterOrEqual where floor == .max: self = .none
    case .greaterOrEqual: self.init(low: floor + 1, high: .max)
    default: self = isWhole ? NumberRange(low: floor, high: floor) : .none
    }
  }
}
