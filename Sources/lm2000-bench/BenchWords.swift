import TrafficGenerator

/// Why the arguments are not valid.
struct BenchUsage: Error, Equatable {
  var reason: String

  init(_ reason: String) { self.reason = reason }
}

/// The command line as words: operands, and options with their values.
struct BenchWords {
  private(set) var operands: [String] = []
  private(set) var format: LineFormat?
  private var numbers: [String: Int] = [:]
  private var flags: Set<String> = []

  private static let numbered: Set<String> = ["--lines", "--keep", "--lateness", "--seconds"]
  private static let flags: Set<String> = ["--all", "--steady", "--answer", "--help", "-h"]

  /// - Parameter arguments: without the name of the program.
  init(_ arguments: [String]) throws(BenchUsage) {
    var words = arguments[...]
    while let word = words.popFirst() {
      if Self.numbered.contains(word) {
        numbers[word] = try Self.number(words.popFirst(), of: word)
      } else if Self.flags.contains(word) {
        flags.insert(word)
      } else if word == "--format" {
        let name = words.popFirst() ?? ""
        format = LineFormat(rawValue: name)
        if format == nil { throw BenchUsage("--format: there is no format \"\(name)\"") }
      } else if word.hasPrefix("-"), word != "-" {
        throw BenchUsage("\(word): unknown option")
      } else {
        operands.append(word)
      }
    }
  }

  /// Refuses options and operands that a command has no use for.
  ///
  /// - Parameters:
  ///   - options: those that the command has.
  ///   - limit: the greatest number of operands, the name of the command included.
  func check(_ options: Set<String>, operands limit: Int) throws(BenchUsage) {
    let given = flags.union(numbers.keys).union(format == nil ? [] : ["--format"])
    if let option = given.subtracting(options).min() {
      throw BenchUsage("\(option): not for \(operands.first.map { "\"\($0)\"" } ?? "this")")
    }
    if operands.count > limit { throw BenchUsage("\(operands[limit]): one argument too many") }
  }

  func has(_ flag: String) -> Bool { flags.contains(flag) }

  func number(_ option: String) -> Int? { numbers[option] }

  /// The operand after the name of the command as a number.
  func count() throws(BenchUsage) -> Int? {
    operands.count > 1 ? try Self.number(operands[1], of: operands[0]) : nil
  }

  /// The operands after the name of the command as shapes.
  func shapes() throws(BenchUsage) -> [LogShape] {
    var shapes: [LogShape] = []
    for name in operands.dropFirst() {
      guard let shape = LogShape.all.first(where: { $0.name == name }) else {
        let names = LogShape.all.map(\.name).joined(separator: ", ")
        throw BenchUsage("\(name): there is no such shape; there are \(names)")
      }
      shapes.append(shape)
    }
    return shapes
  }

  private static func number(_ text: String?, of option: String) throws(BenchUsage) -> Int {
    guard let text, let number = Int(text), number > 0, number <= 1_000_000_000 else {
      throw BenchUsage("\(option): \"\(text ?? "")\" is not a whole number above 0")
    }
    return number
  }
}
