import AccessLog
import Testing

@testable import KafkaTransfer

@Suite struct KafkaAddressTests {
  @Test(arguments: [
    ("kafka://b/t", ["b:9092"], "t"), ("kafka://b:1/a.b_c-D9", ["b:1"], "a.b_c-D9"),
    ("kafka://a,b:2,[::1],[::1]:3/t", ["a:9092", "b:2", "[::1]:9092", "[::1]:3"], "t"),
    ("kafka://127.0.0.1:9092/" + String(repeating: "x", count: 249), ["127.0.0.1:9092"], "*"),
  ])
  func namesBrokersAndATopic(text: String, brokers: [String], topic: String) throws {
    let address = try KafkaAddress(parsing: text)
    #expect(address.brokers == brokers)
    #expect(topic == "*" ? address.topic.utf8.count == 249 : address.topic == topic)
    // What is shown is an address too.
    #expect(try KafkaAddress(parsing: address.text) == address)
  }

  @Test(arguments: [
    ("kafka:/b/t", 0, "expected kafka://BROKER/TOPIC"),
    ("kafka://b", 9, "expected a topic: kafka://BROKER/TOPIC"),
    ("kafka://b/", 10, "expected a topic: kafka://BROKER/TOPIC"),
    ("kafka:///t", 8, "expected a broker: HOST or HOST:PORT"),
    ("kafka://b,/t", 10, "expected a broker: HOST or HOST:PORT"),
    ("kafka://b:0/t", 10, "expected a broker: HOST or HOST:PORT"),
    ("kafka://b:65536/t", 10, "expected a broker: HOST or HOST:PORT"),
    ("kafka://b c/t", 9, "expected a broker: HOST or HOST:PORT"),
    ("kafka://::1/t", 8, "expected a broker: HOST or HOST:PORT"),
    (
      "kafka://me:secret@b/t", 8,
      "a user and a password are settings: "
        + "use --kafka sasl.username=... and --kafka sasl.password=file:PATH"
    ),
    ("kafka://b/t/u", 11, "a topic consists of letters, digits, dots, underscores and hyphens"),
    ("kafka://b/t?x", 11, "a topic consists of letters, digits, dots, underscores and hyphens"),
    ("kafka://b/..", 10, ".. is no name for a topic"),
    (
      "kafka://b/" + String(repeating: "x", count: 250), 259,
      "a topic has at most 249 characters"
    ),
  ])
  func aMistakeHasAPlace(text: String, index: Int, message: String) {
    #expect(throws: KafkaAddress.Problem(message: message, index: index)) {
      try KafkaAddress(parsing: text)
    }
  }

  @Test func aFileIsNoTopic() {
    #expect(KafkaAddress.isTopic(Name("kafka://")))
    #expect(!KafkaAddress.isTopic(Name("kafka:/b/t")))
    #expect(!KafkaAddress.isTopic(Name("./kafka://b/t")))
  }
}
