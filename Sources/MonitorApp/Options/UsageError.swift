import AccessLog
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
  /// A line of a config file that is no option.
  case badConfig(String)
  /// A mistake in a line of a file.
  indirect case inFile(Name, line: Int, UsageError)
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
    case .badConfig: "--config"
    case .inFile(let path, let line, _): "\(SafeString(path.bytes).text):\(line)"
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
    case .badFormat(let reason), .badConfig(let reason), .conflict(_, let reason): reason
    case .inFile(_, _, let error): error.reasonInFile
    }
  }

  /// Lines that show the place of the mistake, to be printed below it.
  package var picture: [SafeString] {
    switch self {
    case .badExpression(_, let text, let error): error.picture(of: text)
    case .inFile(_, _, let error): error.picture
    default: []
    }
  }
}

extension UsageError {
  /// The mistake with the place where it was made; unchanged on the command line.
  func located(at origin: SettingOrigin) -> UsageError {
    guard case .file(let path, let line) = origin else { return self }
    if case .inFile = self { return self }
    return .inFile(path, line: line, self)
  }

  /// The reason with the option, which the place of a file does not say; there it has no dashes.
  private var reasonInFile: String {
    if case .badConfig(let reason) = self { return reason }
    return "\(object.trimmingPrefix("--")): \(reason)"
  }
}
