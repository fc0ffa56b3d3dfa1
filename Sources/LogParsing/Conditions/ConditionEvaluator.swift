import AccessLog
import Glibc

/// Finds out which conditions the lines of a batch satisfy. It belongs to the batch, since it has memory
/// for the texts of a line.
final class ConditionEvaluator {
  let conditions: CompiledConditions
  /// The name of the lines that no wrapper names.
  let source: Name
  /// The part that is used for every line; reached through the batch.
  let state: UnsafeMutablePointer<LineConditions>
  private let memory = ConstantMemory()
  private let sourceText: TextRange

  /// - Parameter matchWidth: the number of words of a row of the batch.
  init(_ conditions: CompiledConditions, _ source: Name, matchWidth: Int) {
    self.conditions = conditions
    self.source = source
    sourceText = memory.text(source.bytes)
    state = .allocate(capacity: 1)
    state.initialize(to: LineConditions(conditions.tables, matchWidth: matchWidth))
    beginSource()
  }

  /// Lets the lines that follow have the name of the log.
  func beginSource() { state.pointee.source = sourceText }

  deinit {
    state.pointee.deallocate()
    state.deinitialize(count: 1)
    state.deallocate()
  }
}

/// The conditions, and the texts of the line that is asked.
struct LineConditions {
  private let tables: CompiledConditions.Tables
  private let matchWidth: Int
  /// By the index of the field.
  private let texts: UnsafeMutablePointer<TextRange>
  private var status = 0
  private var bytes: Int64 = 0
  private var latency: Int64 = 0
  /// What the client is, once that was asked.
  private var address: NetworkAddress?
  private var knowsAddress = false
  /// The bit of the kind of the agent, once that was asked; else 0.
  private var agentKind: UInt64 = 0
  /// The name of the source of the line.
  var source = TextRange.hyphen
  /// Memory for the path of a request that does not stand in the line as it is.
  private var path = UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)

  init(_ tables: CompiledConditions.Tables, matchWidth: Int) {
    self.tables = tables
    self.matchWidth = matchWidth
    texts = .allocate(capacity: FilterField.allCases.count)
    texts.initialize(repeating: .hyphen, count: FilterField.allCases.count)
  }

  func deallocate() {
    texts.deallocate()
    path.deallocate()
  }

  /// Whether a line satisfies the filter. If the batch wants to know which conditions of rules it
  /// satisfies, adds that to the row of the next hit; those of a line that is filtered out are not
  /// asked, unless rules count it.
  mutating func passes(_ facts: LineFacts, _ extras: LineExtras, in batch: RecordBatch) -> Bool {
    status = facts.status.index
    (bytes, latency) = (facts.bytes, extras.latency)
    (knowsAddress, agentKind) = (false, 0)
    for read in tables.fields { texts[Int(read.index)] = text(read.field, facts, extras) }
    let passes = holds(from: tables.filter)
    for word in 0..<matchWidth {
      var matches: UInt64 = 0
      if passes || tables.filterIsView {
        let first = 64 * word
        for bit in 0..<max(0, min(64, tables.conditions.count - first))
        where holds(from: tables.conditions[first + bit]) { matches |= 1 << UInt64(bit) }
      }
      batch.add(matches: matches)
    }
    return passes
  }

  /// Whether hits with a name satisfy the filter, which has one term, of that field.
  mutating func holds(_ name: TextRange, of field: FilterField) -> Bool {
    let field = field == .bot ? FilterField.agent : field
    if field == .status { status = StatusCode(name).index }
    texts[Int(field.index)] = name
    return holds(from: tables.filter)
  }

  // MARK: - Texts

  private mutating func text(
    _ field: FilterField, _ facts: LineFacts, _ extras: LineExtras
  ) -> TextRange {
    switch field {
    case .section: facts.request.section
    case .path: pathText(facts.request.path)
    case .query: query(facts, extras)
    case .client: facts.client.orHyphen
    case .host: extras.host.isEmpty ? .hyphen : ClientName.withoutPort(extras.host).orHyphen
    case .user: extras.user.orHyphen
    case .method: facts.request.methodWord.orHyphen
    case .referrer: extras.referrer.orHyphen
    case .agent: extras.agent.orHyphen
    case .source: source
    case .status, .bytes, .latency, .bot: .hyphen
    }
  }

  private mutating func pathText(_ path: RequestPath) -> TextRange {
    guard path.hasParameters else { return path.text }
    let needed = path.text.count + LineBytes.padding
    if self.path.count < needed {
      self.path.deallocate()
      self.path = .allocate(capacity: 2 * needed)
      self.path.initialize(repeating: 0)
    }
    // Not empty: it has room for the padding.
    let start = self.path.baseAddress!
    return TextRange(start: start, count: path.writeWithoutParameters(to: start))
  }

  /// What the field of a format says, else what the target does. It may be empty.
  private func query(_ facts: LineFacts, _ extras: LineExtras) -> TextRange {
    if !extras.query.isEmpty, !extras.query.elementsEqual("-") { return extras.query }
    return facts.request.query ?? .hyphen
  }

  // MARK: - Steps

  /// Whether the condition holds that begins with a step.
  private mutating func holds(from first: Int32) -> Bool {
    var next = first
    while next >= 0 {
      // Not a copy of the step, all of which few questions need.
      let step = tables.steps.baseAddress.unsafelyUnwrapped + Int(next)
      next = answer(step)
    }
    return next == ConditionStep.holds
  }

  /// The next step.
  @inline(__always)
  private mutating func answer(_ step: UnsafePointer<ConditionStep>) -> Int32 {
    let first = Int(step.pointee.first)
    let count = Int(step.pointee.count)
    let isTrue: Bool
    switch step.pointee.question {
    case .isText: isTrue = isText(texts[Int(step.pointee.field)], first, count)
    case .matchesGlob: isTrue = matchesGlob(texts[Int(step.pointee.field)], first, count)
    case .liesInNetwork: isTrue = liesInNetwork(texts[Int(step.pointee.field)], first, count)
    case .hasStatus:
      isTrue = tables.sets[first &+ status &>> 6] &>> UInt64(truncatingIfNeeded: status) & 1 == 1
    case .hasAgentKind: isTrue = tables.sets[first] & kindOfAgent(Int(step.pointee.field)) != 0
    case .hasBytes: isTrue = isInRange(bytes, first, count)
    case .hasLatency:
      if latency < 0 { return step.pointee.whenMissing }
      isTrue = isInRange(latency, first, count)
    }
    return isTrue ? step.pointee.whenTrue : step.pointee.whenFalse
  }

  /// The number of values up to which each is compared.
  private static let fewValues = 8

  private func isText(_ text: TextRange, _ first: Int, _ count: Int) -> Bool {
    let head = ConditionText.head(of: text)
    var index = first
    let end = first &+ count
    if count > Self.fewValues { index = firstCandidate(text.count, head, first, end) }
    while index < end {
      let value = tables.texts.baseAddress.unsafelyUnwrapped + index
      if value.pointee.text.count == text.count, value.pointee.head == head {
        if text.count <= 8
          || memcmp(value.pointee.text.start + 8, text.start + 8, text.count &- 8) == 0
        {
          return true
        }
      } else if count > Self.fewValues {
        return false
      }
      index &+= 1
    }
    return false
  }

  /// The index of the first value of the length and with the first bytes, or of what would follow it.
  private func firstCandidate(_ length: Int, _ head: UInt64, _ first: Int, _ end: Int) -> Int {
    var (low, high) = (first, end)
    while low < high {
      let middle = (low &+ high) / 2
      let value = tables.texts[middle]
      if (value.text.count, value.head) < (length, head) {
        low = middle &+ 1
      } else {
        high = middle
      }
    }
    return low
  }

  private func matchesGlob(_ text: TextRange, _ first: Int, _ count: Int) -> Bool {
    for index in first..<(first &+ count) where tables.globs[index].matches(text) { return true }
    return false
  }

  private mutating func liesInNetwork(_ client: TextRange, _ first: Int, _ count: Int) -> Bool {
    if !knowsAddress {
      address = NetworkAddress(client.bytes)
      knowsAddress = true
    }
    guard let address else { return false }
    let (value, isVersion4) = (address.value, address.isVersion4)
    for index in first..<(first &+ count)
    where tables.networks[index].contains(value, isVersion4: isVersion4) { return true }
    return false
  }

  @inline(__always)
  private func isInRange(_ number: Int64, _ first: Int, _ count: Int) -> Bool {
    for index in first..<(first &+ count) where tables.ranges[index].contains(number) {
      return true
    }
    return false
  }

  private mutating func kindOfAgent(_ agent: Int) -> UInt64 {
    if agentKind == 0 {
      agentKind = 1 << UInt64(AgentKind(texts[agent]).rawValue)
    }
    return agentKind
  }
}

extension StatusCode {
  /// The status with a name.
  fileprivate init(_ name: TextRange) {
    let digits = name.bytes.map { UInt16($0 &- 0x30) }
    let isNumber = digits.count == 3 && digits.allSatisfy { $0 <= 9 }
    self = isNumber ? StatusCode(digits[0] * 100 + digits[1] * 10 + digits[2]) : .none
  }
}

extension TextRange {
  /// What stands for the text: `-` if it is empty.
  fileprivate var orHyphen: TextRange { isEmpty ? .hyphen : self }
}
