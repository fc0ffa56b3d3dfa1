import AccessLog
import Testing

@testable import MonitorApp

/// Command lines with `kafka://BROKER/TOPIC`.
@Suite struct TopicOptionTests {
  private static func parse(_ line: String) throws -> Options {
    try Options.parse(line.split(separator: " ").map { Array($0.utf8) })
  }

  @Test func aTopicIsASource() throws {
    let options = try Self.parse(
      "--kafka client.id=a --kafka security.protocol=ssl --tail 10 kafka://b/t access.log")
    #expect(options.hasTopic && !options.hasListener)
    #expect(!options.kafka.isEmpty)
    #expect(try !Self.parse("./kafka://b/t").hasTopic)
  }

  @Test func eventsCanComeFromATopic() throws {
    for (source, topic) in [("kafka://b/t", "t"), ("-", nil)] {
      let words = ["--act", source, "--notify", "me: bell"]
      #expect(try Options.parse(words.map { Array($0.utf8) }).eventTopic?.topic == topic)
    }
  }

  /// T16: each says what to write instead.
  @Test(arguments: [
    ("kafka://b", "kafka://b: expected a topic: kafka://BROKER/TOPIC"),
    ("--replay kafka://b/t", "kafka://b/t: cannot be replayed: leave out --replay"),
    ("--act nothing", "--act: 'nothing' is not - or a topic, such as kafka://BROKER/TOPIC"),
    (
      "--act - --tail 1 --notify m:bell",
      "--act: reads events, not a log: leave out --tail"
    ),
    ("--act kafka://b/", "--act: expected a topic: kafka://BROKER/TOPIC"),
    (
      "--kafka debug=all",
      "--kafka: expected one of these properties: security.protocol, sasl.mechanism, "
        + "sasl.username, sasl.password, ssl.ca.location, ssl.certificate.location, "
        + "ssl.key.location, client.id"
    ),
    (
      "--kafka sasl.password=secret",
      "--kafka: everybody can read a password on a command line: use file:PATH or env:NAME"
    ),
  ])
  func mistakesAreExplained(line: String, message: String) {
    let error = #expect(throws: UsageError.self) { try Self.parse(line) }
    #expect(error.map { "\($0.object): \($0.reason)" } == message)
  }

  /// T13: who may write the file must not choose to whom this program talks.
  @Test func aConfigFileWithSettingsOfKafkaMustBeSafe() throws {
    let rule = try #require(OptionTable.all.first { $0.name == "kafka" })
    #expect(rule.isPowerful("client.id=a"))
    #expect(rule.isRepeatable && rule.isConfigurable)
  }
}
