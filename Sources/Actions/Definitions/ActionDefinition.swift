import WebTransfer

/// What an action does, as the user defined it: `NAME: KIND ...`.
package struct ActionDefinition: Equatable, Sendable {
  /// What is done with a notification.
  package enum Kind: Equatable, Sendable {
    /// Runs a program: its absolute path, then fixed arguments.
    case exec([String])
    /// Posts to a URL.
    case webhook(SettingSource, WebhookStyle)
    /// Sends a mail.
    case mail(MailRoute)
    /// Writes to the system log.
    case syslog(SyslogFacility)
    /// Appends lines of JSON to a file.
    case file(String)
    /// Rings the terminal's bell.
    case bell
  }

  /// The name by which rules and messages refer to the action: letters, digits, `.`, `_` and `-`.
  package var name: String
  package var kind: Kind
  /// Whether the action also handles the statistics of intervals.
  package var includesIntervals = false

  package init(name: String, kind: Kind, includesIntervals: Bool = false) {
    self.name = name
    self.kind = kind
    self.includesIntervals = includesIntervals
  }

  /// The longest name, in bytes.
  static let nameLimit = 64
}

/// The form of a webhook's body.
package enum WebhookStyle: String, CaseIterable, Sendable {
  /// The event in JSON, with an id, the host and the version of the program.
  case generic
  /// A message for Slack, or a server that accepts its messages.
  case slack
  /// Alerts for version 2 of the API of Prometheus Alertmanager.
  case alertmanager
}

/// How a mail reaches its recipient.
package struct MailRoute: Equatable, Sendable {
  package enum Transport: Equatable, Sendable {
    /// A mail server, and the user that logs in to it.
    case smtp(MailServer, MailLogin?)
    /// The program `/usr/sbin/sendmail`.
    case sendmail
  }

  package var recipient: String
  package var transport: Transport
  /// The sender; `nil` for `lm2000@HOST`.
  package var sender: String?
}

/// The server that takes mail.
package struct MailServer: Equatable, Sendable {
  /// Whether the connection is encrypted from its beginning.
  package var isEncrypted: Bool
  package var host: String
  package var port: Int

  /// Whether the server is on this machine, so that nothing crosses a network.
  var isLocal: Bool { ["localhost", "127.0.0.1", "[::1]"].contains(host) }
  /// The server for libcurl.
  var url: String { "\(isEncrypted ? "smtps" : "smtp")://\(host):\(port)" }
}

/// A user of a mail server.
package struct MailLogin: Equatable, Sendable {
  package var user: String
  package var password: SettingSource
}

/// The part of the system that a message in the system log is attributed to. (syslog(3))
package struct SyslogFacility: Equatable, Sendable {
  /// The names as in syslog.conf(5), with their codes.
  static let codes: [String: Int32] = [
    "kern": 0, "user": 1, "mail": 2, "daemon": 3, "auth": 4, "syslog": 5, "lpr": 6, "news": 7,
    "uucp": 8, "cron": 9, "authpriv": 10, "ftp": 11, "local0": 16, "local1": 17, "local2": 18,
    "local3": 19, "local4": 20, "local5": 21, "local6": 22, "local7": 23,
  ]

  /// The code of the facility, already shifted.
  let code: Int32

  /// - Returns: `nil` if there is no facility of that name.
  package init?(_ name: String) {
    guard let code = Self.codes[name] else { return nil }
    self.code = code << 3
  }

  /// Programs that run in the background.
  package static let daemon = SyslogFacility("daemon")!
}
