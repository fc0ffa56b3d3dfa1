import AccessLog

/// A condition of one term, asked about names instead of lines.
package final class ConditionOnNames: NameTest {
  private let conditions: CompiledConditions?
  private let field: FilterField

  /// - Parameter condition: one with a term of a field that has a dimension.
  package init(_ condition: Condition) {
    var list = ConditionList()
    list.filter = condition
    conditions = CompiledConditions(list)
    field = condition.expression.onlyTerm?.field ?? .section
  }

  /// - Complexity: O(bytes of the name and of the condition)
  package func holds(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let conditions else { return true }
    var line = LineConditions(conditions.tables, matchWidth: 0)
    defer { line.deallocate() }
    let memory = ConstantMemory()
    return line.holds(memory.text(Array(name)), of: field)
  }
}
