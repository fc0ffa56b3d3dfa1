import AccessLog

/// The hits that satisfy a condition about one of their names.
struct NameSelection: Sendable {
  /// The dimension of the names.
  let dimension: Dimension
  /// If the condition asks for exactly the hits of some classes of errors, these: they are counted for
  /// every name of any dimension.
  let errors: ErrorClasses?
  private let test: any NameTest
  /// What is known, by ID; `nil` if it was not asked.
  private var answers: [Bool?] = []

  /// - Returns: `nil` if the condition is not about one name.
  init?(_ condition: Condition, _ tests: NameTestMaker) {
    guard let dimension = condition.expression.onlyTerm?.field.dimension else { return nil }
    let test = tests(condition)
    self.dimension = dimension
    self.test = test
    errors = dimension == .status ? ErrorClasses(test) : nil
  }

  /// Whether a name satisfies the condition.
  ///
  /// - Parameter table: the names of the dimension.
  /// - Complexity: O(1) unless it is asked for the first time.
  mutating func holds(_ id: NameID, _ table: borrowing NameTable) -> Bool {
    if id.index >= answers.count {
      answers += repeatElement(nil, count: table.count - answers.count)
    }
    if let answer = answers[id.index] { return answer }
    let answer = table.withBytes(of: id) { test.holds($0) }
    answers[id.index] = answer
    return answer
  }

  /// Forgets what is known, because names have other IDs now.
  mutating func forgetAnswers() { answers.removeAll() }
}

/// One or both classes of errors.
struct ErrorClasses: Equatable, Sendable {
  /// Whether statuses of 400-499 are among them.
  var client: Bool
  /// Whether statuses of 500-599 are among them.
  var server: Bool

  init(client: Bool, server: Bool) {
    (self.client, self.server) = (client, server)
  }

  /// The classes whose statuses a condition holds for.
  ///
  /// - Returns: `nil` unless it holds for all statuses of a class of errors, or of both, and for no other.
  init?(_ test: any NameTest) {
    func holds(_ status: StatusCode) -> Bool {
      status.name.withBytes { test.holds($0) }
    }
    self.init(client: holds(StatusCode(400)), server: holds(StatusCode(500)))
    guard client || server else { return nil }
    for number in 0..<UInt16(1000) {
      let isExpected =
        switch number / 100 {
        case 4: client
        case 5: server
        default: false
        }
      guard holds(StatusCode(number)) == isExpected else { return nil }
    }
    if holds(.none) { return nil }
  }

  /// The hits of a name that are among them.
  func hits(of count: NameCount) -> UInt32 {
    (client ? count.clientErrors : 0).addingSaturated(server ? count.serverErrors : 0)
  }

  /// The classes that are in both.
  func intersection(_ other: ErrorClasses) -> ErrorClasses {
    ErrorClasses(client: client && other.client, server: server && other.server)
  }
}
