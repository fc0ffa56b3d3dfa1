import AccessLog

/// Numbers the names that wrappers give to lines, from 1. The names after the first 256 share one
/// number.
struct LabelTable: Sendable {
  /// How many names have a number of their own.
  private static let limit = 256

  private var numbers: [Name: Int] = [:]
  /// The last name that was found, with its number; nearly always the next one too.
  private var last: (name: [UInt8], number: Int) = ([], 0)

  /// How many names have a number of their own.
  var count: Int { numbers.count }

  /// The number of a name; `nil` if it has none yet.
  ///
  /// - Complexity: O(bytes of the name).
  mutating func number(of name: TextRange) -> Int? {
    if name.elementsEqual(last.name) { return last.number }
    guard let number = numbers[Name(name.bytes)] else {
      return numbers.count < Self.limit ? nil : Self.limit + 1
    }
    last = (Array(name.bytes), number)
    return number
  }

  /// Gives the next number to a name that has none.
  mutating func add(_ name: TextRange) -> Int {
    let number = numbers.count + 1
    numbers[Name(name.bytes)] = number
    return number
  }
}
