import Conditions
import SafeText

/// A mistake in the command line. The program exits with status 2.
package enum UsageError: Error, Equatable, Sendable {
  /// The option does not exist.
  case unknownOption(String)
  /// An abbreviation of several options.
  case ambiguous(option: String, candidates: [String])
  /// The option needs a value, of which `value` is the placeholder.
  case missingValue(option: String, value: String)
  /// The option takes no value.
  case unwantedValue(option: String)
  /// A value that the option does not accept; `expected` completes "is not".
  case badValue(option: String, text: String, expected: String)
  /// A condition or a rule that breaks its grammar.
  case badExpression(option: String, text: String, GrammarError)
  /// A string that does not describe a log format.
  case badFormat(String)
  /// Two arguments that exclude each other; `object` is the one to leave out.
  case conflict(object: String, reason: String)

  /// `--until` is not after `--since`.
  static let emptyRange = UsageError.conflict(object: "--until", reason: "is not after --since")

  /// The option or operand at fault, as it was typed.
  package var object: String {
    switch self {
    case .unknownOption(let option), .ambiguous(let option, _), .missingValue(let option, _),
      .unwantedValue(let option), .badValue(let option, _, _), .badExpression(let option, _, _),
      .conflict(let option, _):
      option
    case .badFormat: "--format"
    }
  }

  /// What is wrong, and what to try.
  package var reason: String {
    switch self {
    case .unknownOption: "no such option"
    case .ambiguous(_, let candidates): "can mean \(candidates.joined(separator: ", "))"
    case .missingValue(_, let value): "needs a value: \(value)"
    case .unwantedValue: "takes no value"
    case .badValue(_, let text, let expected): "'\(text)' is not \(expected)"
    case .badExpression(_, _, let error): error.message
    case .badFormat(let reason), .conflict(_, let reason): reason
    }
  }

  /// Lines that show the place of the mistake, to be printed below it.
  package var picture: [SafeString] {
    guard case .badExpression(_, let text, let error) = self else { return [] }
    return error.picture(of: text)
  }
}
