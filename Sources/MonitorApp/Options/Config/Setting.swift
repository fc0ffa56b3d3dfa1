import AccessLog
import Actions

/// An option with its value, as it was given.
struct Setting: Equatable, Sendable {
  let rule: OptionRule
  /// Empty if the option takes none.
  let value: String
  let origin: SettingOrigin

  static func == (left: Setting, right: Setting) -> Bool {
    left.rule.name == right.rule.name && left.value == right.value && left.origin == right.origin
  }
}

/// Where an option was given.
package enum SettingOrigin: Equatable, Sendable {
  case commandLine
  /// A line of a file, from 1.
  case file(Name, line: Int)
}

/// The file that options are read from.
package enum ConfigChoice: Equatable, Sendable {
  /// The user's, or that of the machine.
  case usual
  case file(String)
  case none
}

extension OptionRule {
  /// Whether it may be given several times, each adding to the others.
  var isRepeatable: Bool { ["alert", "notify", "kafka"].contains(name) }

  /// Whether a file may contain it: what chooses a file, and what is done instead of monitoring a log,
  /// have no place there.
  var isConfigurable: Bool {
    ![
      "config", "no-config", "print-config", "notify-test", "act", "show-history", "demo",
      "formats", "version",
      "help",
    ].contains(name)
  }

  /// Whether a file with it must be safe from others: it runs programs, writes files or sends data.
  func isPowerful(_ value: String) -> Bool {
    if ["history", "influx", "kafka", "events", "publish", "listen-any"].contains(name) {
      return true
    }
    guard name == "notify" else { return false }
    switch (try? ActionDefinition(parsing: value))?.kind {
    case .bell, .syslog: return false
    case .exec, .webhook, .mail, .file, nil: return true
    }
  }
}
