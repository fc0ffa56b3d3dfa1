import TerminalCanvas

/// The choices of the user that the next dashboard begins with.
///
/// They are stored as lines of a key and a value; `#` begins a comment. What is unknown or invalid is
/// ignored, so that a damaged file does no harm.
struct RememberedView: Equatable, Sendable {
  /// The zone in which times are displayed, by its name in the file.
  enum Times: String, Sendable { case local, utc, log }

  /// The colours; `nil` to choose them by the terminal's background.
  var theme: Theme?
  /// Whether the mouse is used.
  var mouse: Bool?
  /// The zone in which times are displayed.
  var times: Times?
  /// The order of each table, as the dashboard names both.
  private(set) var sort: [String: String] = [:]

  /// The longest name of a table, and of an order.
  private static let longestName = 64
  /// The largest number of tables. There are fewer.
  private static let mostTables = 64
  private static let heading =
    "# Choices made in the dashboard of lm2000, which replaces this file."

  /// No choices.
  init() {}

  /// Sets the order of a table. Names that are not printable ASCII without spaces and `=`, or are too
  /// long, are ignored.
  mutating func setSort(_ order: String, of table: String) {
    guard Self.isName(table), Self.isName(order) else { return }
    guard sort[table] != nil || sort.count < Self.mostTables else { return }
    sort[table] = order
  }

  private static func isName(_ text: String) -> Bool {
    (1...longestName).contains(text.utf8.count)
      && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "=") }
  }

  // MARK: - Text

  /// Reads the choices from the text of a file. The last line about a choice counts.
  ///
  /// - Complexity: O(n)
  init(text: String) {
    for line in text.split(whereSeparator: \.isNewline) where line.first != "#" {
      let words = line.split(separator: " ")
      if words.count == 2 { apply(words[0], String(words[1])) }
    }
  }

  private mutating func apply(_ key: Substring, _ value: String) {
    switch key {
    case "theme": theme = Theme(rawValue: value) ?? theme
    case "mouse": mouse = ["on": true, "off": false][value] ?? mouse
    case "times": times = Times(rawValue: value) ?? times
    case "sort":
      let names = value.split(separator: "=", omittingEmptySubsequences: false)
      if names.count == 2 { setSort(String(names[1]), of: String(names[0])) }
    default: break
    }
  }

  /// The text of a file with these choices.
  var text: String {
    var lines = [Self.heading]
    if let theme { lines.append("theme \(theme.rawValue)") }
    if let mouse { lines.append("mouse \(mouse ? "on" : "off")") }
    if let times { lines.append("times \(times.rawValue)") }
    for (table, order) in sort.sorted(by: { $0.key < $1.key }) {
      lines.append("sort \(table)=\(order)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
