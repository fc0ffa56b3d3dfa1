/// A command line that cannot be followed. Exit status 2.
package enum UsageError: Error, Equatable, Sendable {
  case unknownOption(String)
  /// A shortened name that several options begin with.
  case ambiguous(option: String, candidates: [String])
  case missingValue(option: String, value: String)
  case unwantedValue(option: String)
  /// `expected` goes on after "is not".
  case badValue(option: String, text: String, expected: String)
  /// Two things that exclude each other; `object` is the one to leave out.
  case conflict(object: String, reason: String)

  /// Nothing lies between `--since` and `--until`.
  static let emptyRange = UsageError.conflict(object: "--until", reason: "is not after --since")

  /// The option or operand at fault, as it was written.
  package var object: String {
    switch self {
    case .unknownOption(let option), .ambiguous(let option, _), .missingValue(let option, _),
      .unwantedValue(let option), .badValue(let option, _, _), .conflict(let option, _):
      option
    }
  }

  /// What is wrong with it, and what to try.
  package var reason: String {
    switch self {
    case .unknownOption: "no such option"
    case .ambiguous(_, let candidates): "can mean \(candidates.joined(separator: ", "))"
    case .missingValue(_, let value): "needs a value: \(value)"
    case .unwantedValue: "takes no value"
    case .badValue(_, let text, let expected): "'\(text)' is not \(expected)"
    case .conflict(_, let reason): reason
    }
  }
}
