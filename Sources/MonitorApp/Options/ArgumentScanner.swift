/// Scans a command line by GNU conventions: `--name=value` or `--name value`, unambiguous
/// abbreviations of long options, bundles of short ones, options after operands, and `--` before
/// operands that begin with a hyphen.
struct ArgumentScanner {
  enum Argument {
    case operand([UInt8])
    case option(OptionRule, value: String)
  }

  private var arguments: ArraySlice<[UInt8]>
  /// The rest of a bundle of short options.
  private var bundle: ArraySlice<UInt8> = []
  private var onlyOperands = false

  init(_ arguments: [[UInt8]]) {
    self.arguments = arguments[...]
  }

  /// The next argument; `nil` at the end.
  ///
  /// - Throws: if an option is unknown or ambiguous, lacks its value, or has one that it does not take.
  mutating func next() throws(UsageError) -> Argument? {
    if !bundle.isEmpty { return try shortOption() }
    guard let argument = arguments.popFirst() else { return nil }
    let hyphen = UInt8(ascii: "-")
    guard !onlyOperands, argument.first == hyphen, argument.count > 1 else {
      return .operand(argument)
    }
    if argument == [hyphen, hyphen] {
      onlyOperands = true
      return try next()
    }
    if argument[1] == hyphen {
      return try longOption(String(decoding: argument[2...], as: UTF8.self))
    }
    bundle = argument[1...]
    return try shortOption()
  }

  private mutating func longOption(_ text: String) throws(UsageError) -> Argument {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let written = String(parts[0])
    // An earlier program for the same purpose spelled its options with underscores.
    let name = written.replacing("_", with: "-")
    let matching = OptionTable.all.filter { $0.name.hasPrefix(name) }
    guard let rule = matching.first(where: { $0.name == name }) ?? matching.first, !name.isEmpty
    else { throw .unknownOption("--\(written)") }
    guard rule.name == name || matching.count == 1 else {
      throw .ambiguous(option: "--\(written)", candidates: matching.map { "--" + $0.name })
    }
    guard rule.value != nil else {
      if parts.count > 1 { throw .unwantedValue(option: "--\(rule.name)") }
      return .option(rule, value: "")
    }
    if parts.count > 1 { return .option(rule, value: String(parts[1])) }
    return .option(rule, value: try value(of: "--\(rule.name)", rule))
  }

  private mutating func shortOption() throws(UsageError) -> Argument {
    let letter = Character(Unicode.Scalar(bundle.removeFirst()))
    guard let rule = OptionTable.all.first(where: { $0.letter == letter }) else {
      throw .unknownOption("-\(letter)")
    }
    guard rule.value != nil else { return .option(rule, value: "") }
    guard bundle.isEmpty else {
      defer { bundle = [] }
      return .option(rule, value: String(decoding: bundle, as: UTF8.self))
    }
    return .option(rule, value: try value(of: "-\(letter)", rule))
  }

  private mutating func value(
    of option: String, _ rule: OptionRule
  ) throws(UsageError) -> String {
    guard let value = arguments.popFirst() else {
      throw .missingValue(option: option, value: rule.value ?? "")
    }
    return String(decoding: value, as: UTF8.self)
  }
}
