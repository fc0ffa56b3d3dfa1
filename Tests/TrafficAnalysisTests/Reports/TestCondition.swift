import AccessLog

/// A condition with values that are compared as they are, or are classes of statuses.
struct TestCondition: NameTest {
  private let values: [FilterValue]
  private let isNegated: Bool

  init(_ condition: Condition) {
    values = condition.expression.onlyTerm?.values ?? []
    isNegated = condition.expression.onlyTerm?.relation == .isNone
  }

  func holds(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    let isFound = values.contains { value in
      switch value {
      case .text(let text): name.elementsEqual(text)
      case .statusClass(let status): Self.statusClass(name) == status
      case .number, .network: false
      }
    }
    return isFound != isNegated
  }

  private static func statusClass(_ name: UnsafeBufferPointer<UInt8>) -> StatusClass {
    guard name.count == 3 else { return .other }
    return StatusClass(rawValue: name[0] - 0x30) ?? .other
  }
}

extension Condition {
  /// One of these values.
  init(_ field: FilterField, _ values: String...) {
    self.init(field, .isAny, values)
  }

  init(_ field: FilterField, _ relation: FilterRelation, _ values: [String]) {
    let values = values.map { value in
      switch value {
      case "2xx": FilterValue.statusClass(.successful)
      case "4xx": FilterValue.statusClass(.clientError)
      case "5xx": FilterValue.statusClass(.serverError)
      default: FilterValue.text(Array(value.utf8))
      }
    }
    self.init(text: "\(field) \(values)", .term(FilterTerm(field, relation, values)))
  }
}
