import AccessLog
import WebTransfer

/// A topic of a broker, written `kafka://BROKER[:PORT][,BROKER...]/TOPIC`.
package struct KafkaAddress: Equatable, Hashable, Sendable {
  /// Why a text is no such address.
  package struct Problem: Error, Equatable {
    package var message: String
    /// The first wrong byte, from 0.
    package var index: Int
  }

  /// The brokers to begin with, each `HOST:PORT`; at least one.
  package var brokers: [String]
  package var topic: String

  package init(brokers: [String], topic: String) {
    self.brokers = brokers
    self.topic = topic
  }

  /// The address as it is shown.
  package var text: String { "\(Self.scheme)\(brokers.joined(separator: ","))/\(topic)" }

  private static let scheme = "kafka://"
  private static let port = 9_092
  /// The longest name that brokers accept, in bytes.
  private static let longestTopic = 249

  /// Whether a source on the command line is a topic and not a file.
  package static func isTopic(_ source: Name) -> Bool {
    source.bytes.starts(with: Array(scheme.utf8))
  }
}

// MARK: - Parsing

extension KafkaAddress {
  package init(parsing text: String) throws(Problem) {
    let bytes = Array(text.utf8)
    guard bytes.starts(with: Array(Self.scheme.utf8)) else {
      throw Problem(message: "expected kafka://BROKER/TOPIC", index: 0)
    }
    let start = Self.scheme.utf8.count
    guard let slash = bytes[start...].firstIndex(of: UInt8(ascii: "/")) else {
      throw Problem(message: "expected a topic: kafka://BROKER/TOPIC", index: bytes.count)
    }
    var brokers: [String] = []
    var first = start
    while true {
      let end = bytes[first..<slash].firstIndex(of: UInt8(ascii: ",")) ?? slash
      brokers.append(try Self.broker(bytes[first..<end]))
      guard end < slash else { break }
      first = end + 1
    }
    self.init(brokers: brokers, topic: try Self.topic(bytes[(slash + 1)...]))
  }

  /// A broker with its port.
  private static func broker(_ bytes: ArraySlice<UInt8>) throws(Problem) -> String {
    guard !bytes.contains(UInt8(ascii: "@")) else {
      throw Problem(
        message: "a user and a password are settings: "
          + "use --kafka sasl.username=... and --kafka sasl.password=file:PATH",
        index: bytes.startIndex)
    }
    if let index = WebAddress.firstWrong(in: bytes) {
      throw Problem(message: "expected a broker: HOST or HOST:PORT", index: index)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let afterHost = text.lastIndex(of: "]").map { text[$0...] } ?? text[...]
    return afterHost.contains(":") ? text : "\(text):\(port)"
  }

  private static func topic(_ bytes: ArraySlice<UInt8>) throws(Problem) -> String {
    let start = bytes.startIndex
    guard !bytes.isEmpty else {
      throw Problem(message: "expected a topic: kafka://BROKER/TOPIC", index: start)
    }
    if let index = bytes.firstIndex(where: { !isTopicByte($0) }) {
      throw Problem(
        message: "a topic consists of letters, digits, dots, underscores and hyphens", index: index)
    }
    guard bytes.count <= longestTopic else {
      throw Problem(
        message: "a topic has at most \(longestTopic) characters", index: start + longestTopic)
    }
    let topic = String(decoding: bytes, as: UTF8.self)
    guard topic != ".", topic != ".." else {
      throw Problem(message: "\(topic) is no name for a topic", index: start)
    }
    return topic
  }

  private static func isTopicByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
