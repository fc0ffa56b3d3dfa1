/// A condition on a record, with the text that it was written as.
package struct Condition: Hashable, Sendable {
  /// As the user wrote it, without the blanks around it.
  package let text: String
  package let expression: FilterExpression

  package init(text: String, _ expression: FilterExpression) {
    self.text = text
    self.expression = expression
  }
}

/// The conditions of which parsing finds out whether each record satisfies them.
package struct ConditionList: Equatable, Sendable {
  /// The filter: records that do not satisfy it are marked. `nil` if there is none.
  package var filter: Condition?
  /// Whether the filter is a view: rules count records that do not satisfy it too.
  package var filterIsView = false
  /// The conditions of rules, each once. Their numbers are their indices.
  package private(set) var conditions: [Condition] = []

  package init() {}

  /// Whether there is none.
  package var isEmpty: Bool { filter == nil && conditions.isEmpty }

  /// The number of a condition, which is added unless it is listed.
  package mutating func number(of condition: Condition) -> Int {
    if let number = conditions.firstIndex(where: { $0.expression == condition.expression }) {
      return number
    }
    conditions.append(condition)
    return conditions.count - 1
  }
}
