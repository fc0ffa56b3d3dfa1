import CKafka

/// Why something with Kafka does not work. The texts come from brokers too, and are to be made safe
/// before they are shown.
package struct KafkaProblem: Error, Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    /// The library is not installed.
    case library
    /// A setting cannot be used.
    case settings
    /// No broker can be reached. It may be later.
    case unreachable
    /// There is no such topic. It may be made later.
    case noTopic
    /// The brokers refuse this user.
    case refused
    /// It may succeed if it is tried again.
    case transient
    /// Brokers do not take the message, or what was sent together with it.
    case unusable
    /// Trying again with the same client is of no use.
    case fatal
  }

  package var kind: Kind
  package var reason: String

  package init(_ kind: Kind, _ reason: String) {
    self.kind = kind
    self.reason = reason
  }

  /// The library is missing.
  static var missingLibrary: KafkaProblem {
    KafkaProblem(.library, "librdkafka1 is not installed; try: apt install librdkafka1")
  }

  /// What a code says about a message or a request.
  ///
  /// - Parameter text: what is known besides; empty for nothing.
  init(code: Int32, text: String = "") {
    let message = text.isEmpty ? String(cString: ckafka_message(code)) : text
    self.init(Self.kind(code), Self.shortened(message))
  }

  private static func kind(_ code: Int32) -> Kind {
    switch code {
    // Transport, all brokers down, name resolution, time-outs.
    case -195, -187, -193, -185, -166: .unreachable
    // An unknown topic or partition; an invalid topic.
    case -188, -190, 3, 17: .noTopic
    // Authentication; topic, group, cluster authorization; SASL; TLS.
    case -169, 29, 30, 31, 33, 34, 58, -181: .refused
    // A message that is too large, an invalid record.
    case 10, 87: .unusable
    // A fatal error, a fenced producer.
    case -150, -144, 47, 90: .fatal
    default: .transient
    }
  }

  /// The text without what the library adds for its developers: `127.0.0.1:9092: Connection refused`.
  private static func shortened(_ text: String) -> String {
    var text = text[...]
    if let connect = text.firstRange(of: ": Connect to "),
      let failed = text.firstRange(of: " failed: "), connect.upperBound < failed.lowerBound
    {
      let address = text[connect.upperBound..<failed.lowerBound].split(separator: "#").last ?? ""
      text = "\(address): \(text[failed.upperBound...])"
    }
    if let range = text.firstRange(of: " (after ") { text = text[..<range.lowerBound] }
    if text.hasPrefix("Local: ") || text.hasPrefix("Broker: ") {
      text = text[text.index(text.firstIndex(of: " ") ?? text.startIndex, offsetBy: 1)...]
    }
    return String(text)
  }
}

extension KafkaProblem {
  /// The last error of a client; `nil` if there was none.
  init?(lastErrorOf client: OpaquePointer) {
    var error = ckafka_error()
    ckafka_last_error(client, &error)
    guard error.count > 0 else { return nil }
    let text = withUnsafeBytes(of: error.text) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    self.init(code: error.code, text: text)
    if error.is_fatal != 0 {
      kind = .fatal
    } else if kind == .fatal || kind == .unusable {
      kind = .transient
    }
    if Self.isTooOld(text) {
      let broker = text.prefix { $0 != "/" }
      reason =
        "\(broker): librdkafka \(KafkaLibrary.versionText) does not understand this broker; "
        + "version 2.2.0 does"
    }
  }

  /// Whether a connection failed because the library is too old for the broker.
  private static func isTooOld(_ text: String) -> Bool {
    KafkaLibrary.version < 0x0202_0000 && text.contains("ApiVersion")
  }
}

/// The library, which is loaded when it is first needed.
package enum KafkaLibrary {
  package static var isAvailable: Bool { ckafka_is_available() != 0 }

  /// The version as a number, `0xMMmmrrpp`.
  static var version: Int32 { ckafka_version() }

  static var versionText: String {
    "\(version >> 24 & 0xFF).\(version >> 16 & 0xFF).\(version >> 8 & 0xFF)"
  }
}
