import AccessLog

/// The filter and the conditions of rules in the form in which lines are asked. Nothing changes after it
/// was compiled, so threads can share it.
final class CompiledConditions: Sendable {
  /// What is read for every line, without references to count.
  struct Tables: @unchecked Sendable {
    var steps = UnsafeBufferPointer<ConditionStep>(start: nil, count: 0)
    var texts = UnsafeBufferPointer<ConditionText>(start: nil, count: 0)
    var globs = UnsafeBufferPointer<Glob>(start: nil, count: 0)
    var networks = UnsafeBufferPointer<NetworkMask>(start: nil, count: 0)
    var ranges = UnsafeBufferPointer<NumberRange>(start: nil, count: 0)
    /// Sets of numbers, a bit for each.
    var sets = UnsafeBufferPointer<UInt64>(start: nil, count: 0)
    /// The fields whose texts are compared.
    var fields = UnsafeBufferPointer<ReadField>(start: nil, count: 0)
    /// The first step of the filter; `ConditionStep.holds` without one.
    var filter = ConditionStep.holds
    /// Whether rules count records that do not satisfy the filter too.
    var filterIsView = false
    /// The first step of each condition of a rule.
    var conditions = UnsafeBufferPointer<Int32>(start: nil, count: 0)
  }

  let tables: Tables
  private let memory: ConstantMemory

  /// - Returns: `nil` if there is no condition.
  init?(_ list: ConditionList) {
    guard !list.isEmpty else { return nil }
    let memory = ConstantMemory()
    var compiler = ConditionCompiler(memory)
    let filter = list.filter.map { compiler.compile($0.expression) } ?? ConditionStep.holds
    let conditions = list.conditions.map { compiler.compile($0.expression) }
    tables = Tables(
      steps: memory.copy(compiler.steps), texts: memory.copy(compiler.texts),
      globs: memory.copy(compiler.globs), networks: memory.copy(compiler.networks),
      ranges: memory.copy(compiler.ranges), sets: memory.copy(compiler.sets),
      fields: memory.copy(
        FilterField.allCases.filter(compiler.fields.contains).map { ReadField(field: $0) }),
      filter: filter, filterIsView: list.filterIsView,
      conditions: memory.copy(conditions))
    self.memory = memory
  }
}
