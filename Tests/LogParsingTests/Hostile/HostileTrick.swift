import Testing

/// Something that hostile lines have to contain.
struct HostileTrick: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var isTried: @Sendable (HostileLine) -> Bool

  private init(_ name: String, isTried: @escaping @Sendable (HostileLine) -> Bool) {
    testDescription = name
    self.isTried = isTried
  }

  static let all = [
    HostileTrick("a virtual host") { !$0.virtualHost.isEmpty },
    HostileTrick("a list of clients") { $0.client.isList },
    HostileTrick("a list of clients in quotes") { $0.client.isQuoted },
    HostileTrick("a list that names nobody") { $0.truth.client == Array("-".utf8) },
    HostileTrick("a client with a name") { !$0.client.isAddress },
    HostileTrick("an empty user") { $0.contains(" -  [") },
    HostileTrick("a time in a user") { $0.contains("[25/Nov/2026:12:00:01 +0000] \\\"") },
    HostileTrick("brackets in a user") { $0.contains(" - [] ") || $0.contains(" - ] ") },
    HostileTrick("a list in a user") { $0.contains(" - 203.0.113.66, 10.0.0.9") },
    HostileTrick("a wrapper in a user") {
      $0.contains(" - web1 nginx: ") || $0.contains(" - nginx-1  | ")
    },
    HostileTrick("a backslash at the end of a request") { $0.contains("\\\" 404 ") },
    HostileTrick("an escaped quote and a status") { $0.contains("\\\" 200 5 ") },
    HostileTrick("a quote as a number and a status") { $0.contains("\\x22 200 5 ") },
    HostileTrick("a bare quote") { $0.contains("x\"") },
    HostileTrick("a colour") { $0.text.contains(0x1B) },
    HostileTrick("a null") { $0.text.contains(0) },
    HostileTrick("bytes that are no text") { String(validating: $0.text, as: UTF8.self) == nil },
  ]
}
