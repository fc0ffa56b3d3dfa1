// The options about what is kept after the end.

extension OptionTable {
  static let history: [OptionRule] = [
    OptionRule("history", nil, "FILE", "keep alerts and minutes in FILE, a SQLite database") {
      (text, options) throws(UsageError) in
      guard !text.isEmpty, !text.hasSuffix("/"), !text.utf8.contains(0) else {
        throw .badValue(option: "--history", text: text, expected: "the path of a file")
      }
      options.history = text
    },
    OptionRule(
      "show-history", nil, nil,
      "print what FILE holds, as text or ndjson, with --since and --until, and exit"
    ) { $1.showsHistory = true },
  ]
}
