import AccessLog
import Actions
import Messages
import SafeText

/// The options in force with where they come from, in the form of a config file.
struct PrintedConfig {
  private let settings: [Setting]

  /// - Parameter options: their settings, those of the file before those of the command line.
  init(_ options: Options) {
    settings = options.settings.filter(\.rule.isConfigurable)
  }

  /// A line for each option that was given or has a default.
  var text: String {
    var lines: [(text: String, origin: String)] = []
    for rule in OptionTable.all where rule.isConfigurable {
      let given = settings.filter { $0.rule.name == rule.name }
      for setting in rule.isRepeatable ? given[...] : given.suffix(1) {
        lines.append((Self.line(setting), Self.origin(setting.origin)))
      }
      if given.isEmpty, rule.value != nil, let value = rule.defaultText {
        // As a comment: given openly, some options do more than their defaults.
        lines.append(("# \(rule.name) \(value)", "default"))
      }
    }
    let width = min(40, lines.map(\.text.count).max() ?? 0)
    return lines.map { line, origin in
      line + String(repeating: " ", count: max(0, width - line.count)) + "  # \(origin)\n"
    }.joined()
  }

  private static func line(_ setting: Setting) -> String {
    guard setting.rule.value != nil else { return setting.rule.name }
    let value = SafeString(setting.rule.shown(setting.value)).text
    return setting.rule.name + " " + ConfigValue.written(value)
  }

  private static func origin(_ origin: SettingOrigin) -> String {
    switch origin {
    case .commandLine: "command line"
    case .file(let path, let line): "\(SafeString(path.bytes).text):\(line)"
    }
  }
}

extension OptionRule {
  /// The default as the help gives it: `[10]` at the end of the meaning.
  fileprivate var defaultText: String? {
    guard meaning.hasSuffix("]"), let start = meaning.lastIndex(of: "[") else { return nil }
    let text = meaning[meaning.index(after: start)...].dropLast()
    return text.contains(" ") ? nil : String(text)
  }

  /// A value without its secrets.
  fileprivate func shown(_ value: String) -> String {
    let mask = DefinitionError(message: "", offset: .max)
    switch name {
    case "notify": return mask.shownText(of: value)
    case "influx":
      // A URL is masked like that of a webhook.
      let kind = "webhook "
      return String(mask.shownText(of: kind + value).dropFirst(kind.count))
    default: return value
    }
  }
}
