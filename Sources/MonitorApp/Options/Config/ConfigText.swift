import AccessLog

/// The text of a config file: an option on each line, without the dashes, then its value, perhaps after
/// a `=`. What follows a `#` at the beginning of a line or behind a blank is a comment, unless it
/// stands in double quotes. A value may stand in quotes, as on a command line.
package struct ConfigText: Sendable {
  /// The longest text, in bytes.
  static let limit = 1 << 20

  /// The path of the file.
  let path: Name
  private let bytes: [UInt8]

  package init(path: Name, _ bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// The options of the file, in order.
  ///
  /// - Throws: the first line that is no option, with its number.
  func settings() throws(UsageError) -> [Setting] {
    var settings: [Setting] = []
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let origin = SettingOrigin.file(path, line: index + 1)
      do throws(UsageError) {
        if let setting = try Self.setting(line, origin) { settings.append(setting) }
      } catch {
        throw error.located(at: origin)
      }
    }
    return settings
  }

  private static func setting(
    _ line: ArraySlice<UInt8>, _ origin: SettingOrigin
  ) throws(UsageError) -> Setting? {
    guard let text = String(validating: line, as: UTF8.self), !line.contains(0) else {
      throw .badConfig("this line is not UTF-8 text")
    }
    let words = withoutComment(text)
    guard !words.isEmpty else { return nil }
    let end = words.firstIndex { $0 == " " || $0 == "\t" || $0 == "=" } ?? words.endIndex
    let written = String(words[..<end])
    let name = written.replacing("_", with: "-")
    guard !written.hasPrefix("-") else {
      throw .badConfig("write \(written.drop { $0 == "-" }), without the dashes")
    }
    guard let rule = OptionTable.all.first(where: { $0.name == name }) else {
      throw .unknownOption(written)
    }
    guard rule.isConfigurable else {
      throw .badConfig("\(name) belongs on the command line")
    }
    var rest = words[end...].drop { $0 == " " || $0 == "\t" }
    if rest.first == "=" { rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" } }
    guard let placeholder = rule.value else {
      guard rest.isEmpty else { throw .unwantedValue(option: name) }
      return Setting(rule: rule, value: "", origin: origin)
    }
    guard !rest.isEmpty else { throw .missingValue(option: name, value: placeholder) }
    return Setting(rule: rule, value: withoutQuotes(rest), origin: origin)
  }

  /// The text without its comment and the blanks around it.
  private static func withoutComment(_ text: String) -> Substring {
    var isQuoted = false
    var isAfterBlank = true
    var end = text.endIndex
    for index in text.indices {
      let character = text[index]
      if character == "\"" { isQuoted.toggle() }
      if character == "#", isAfterBlank, !isQuoted {
        end = index
        break
      }
      isAfterBlank = character == " " || character == "\t"
    }
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\r\n" }
    var words = text[..<end].drop(while: isBlank)
    while let last = words.last, isBlank(last) { words.removeLast() }
    return words
  }

  /// The value without the quotes around all of it.
  private static func withoutQuotes(_ value: Substring) -> String {
    for quote in ["'", "\""] as [Character]
    where value.count > 1 && value.first == quote && value.last == quote
      && !value.dropFirst().dropLast().contains(quote)
    {
      return String(value.dropFirst().dropLast())
    }
    return String(value)
  }
}
