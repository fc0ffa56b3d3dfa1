import AccessLog

/// The text of a config file: an option on each line, without the dashes, then its value, perhaps after
/// a `=`. What follows a `#` at the beginning of a line or behind a blank is a comment, unless it
/// stands in quotes. A value may stand in quotes, as on a command line. A byte order mark before the
/// first line is passed over.
package struct ConfigText: Sendable {
  /// The longest text, in bytes.
  static let limit = 1 << 20

  /// The path of the file.
  let path: Name
  private let bytes: [UInt8]

  package init(path: Name, _ bytes: [UInt8]) {
    self.path = path
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    self.bytes = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
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
    guard String(validating: line, as: UTF8.self) != nil, !line.contains(0) else {
      throw .badConfig("this line is not UTF-8 text")
    }
    guard let start = line.firstIndex(where: { !ConfigValue.isBlank($0) }),
      line[start] != UInt8(ascii: "#")
    else { return nil }
    let equals = UInt8(ascii: "=")
    let end = line[start...].firstIndex { ConfigValue.isBlank($0) || $0 == equals } ?? line.endIndex
    let written = String(decoding: line[start..<end], as: UTF8.self)
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
    var valueStart = skippingBlanks(line, from: end)
    if valueStart < line.endIndex, line[valueStart] == equals {
      valueStart = skippingBlanks(line, from: valueStart + 1)
    }
    let value = try ConfigValue.parse(line, from: valueStart)
    guard let placeholder = rule.value else {
      guard value == nil else { throw .unwantedValue(option: name) }
      return Setting(rule: rule, value: "", origin: origin)
    }
    guard let value else { throw .missingValue(option: name, value: placeholder) }
    return Setting(rule: rule, value: value, origin: origin)
  }

  private static func skippingBlanks(_ line: ArraySlice<UInt8>, from start: Int) -> Int {
    line[start...].firstIndex { !ConfigValue.isBlank($0) } ?? line.endIndex
  }
}
