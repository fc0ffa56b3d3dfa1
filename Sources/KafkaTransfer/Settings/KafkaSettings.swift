import WebTransfer

/// Settings of the Kafka library that a user may make, such as how to log in.
///
/// The library has settings that run programs and load code: only those that are listed here are
/// passed on.
package struct KafkaSettings: Equatable, Sendable {
  /// Why a setting is refused. It repeats no value.
  package struct Problem: Error, Equatable {
    package var message: String
    /// The first wrong byte, from 0.
    package var index: Int
  }

  /// The settings that may be made.
  package static let names = [
    "security.protocol", "sasl.mechanism", "sasl.username", "sasl.password", "ssl.ca.location",
    "ssl.certificate.location", "ssl.key.location", "client.id",
  ]
  /// How a run names itself to the brokers, and under which name they keep its positions.
  package static let defaultClient = "lm2000"

  /// The sources of the values by the names of the settings.
  private var values: [String: SettingSource] = [:]

  package init() {}

  package var isEmpty: Bool { values.isEmpty }

  /// Whether the run has a name of its own at the brokers.
  package var namesClient: Bool { values["client.id"] != nil }

  /// Adds a setting, which replaces an earlier one of the same name.
  ///
  /// - Parameter text: `PROPERTY=VALUE`; the value may be `file:PATH` or `env:NAME`.
  package mutating func add(_ text: String) throws(Problem) {
    guard let equals = text.firstIndex(of: "=") else {
      throw Problem(message: "expected PROPERTY=VALUE", index: text.utf8.count)
    }
    let name = String(text[..<equals])
    guard Self.names.contains(name) else {
      throw Problem(
        message: "expected one of these properties: \(Self.names.joined(separator: ", "))", index: 0
      )
    }
    let start = name.utf8.count + 1
    let value = String(text[text.index(after: equals)...])
    guard !value.isEmpty else { throw Problem(message: "expected a value", index: start) }
    let source = try Self.source(value, at: start)
    if name == "sasl.password", case .literal = source {
      throw Problem(
        message: "everybody can read a password on a command line: use file:PATH or env:NAME",
        index: start)
    }
    values[name] = source
  }

  /// - Parameter start: where the value begins.
  private static func source(_ value: String, at start: Int) throws(Problem) -> SettingSource {
    if value.hasPrefix("env:") {
      let name = value.dropFirst(4)
      let isName = name.utf8.allSatisfy {
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
      }
      guard !name.isEmpty, isName else {
        throw Problem(message: "expected the name of an environment variable", index: start + 4)
      }
      return .environment(String(name))
    }
    if value.hasPrefix("file:") {
      guard value.utf8.count > 5 else {
        throw Problem(message: "expected the path of a file", index: start + 5)
      }
      return .file(String(value.dropFirst(5)))
    }
    guard !value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
      throw Problem(message: "a value has no control characters", index: start)
    }
    return .literal(value)
  }

  /// Reads the values.
  ///
  /// - Parameter environment: the variables of this process.
  package func access(environment: [String: String]) throws(KafkaProblem) -> KafkaAccess {
    var read: [String: String] = [:]
    for (name, source) in values.sorted(by: { $0.key < $1.key }) {
      do throws(SettingSource.Problem) {
        read[name] = try source.text(environment: environment)
      } catch {
        throw KafkaProblem(.settings, "\(name): \(error.reason)")
      }
    }
    return KafkaAccess(values: read)
  }
}

/// The settings with their values, which may be secret.
package struct KafkaAccess: Sendable {
  let values: [String: String]

  package init() { values = [:] }

  init(values: [String: String]) { self.values = values }

  /// How this run names itself to the brokers, and under which name they keep its positions.
  package var client: String { values["client.id"] ?? KafkaSettings.defaultClient }
}
