import Foundation
import Testing
import WebTransfer

@testable import KafkaTransfer

// T16

@Suite struct KafkaSettingsTests {
  @Test(arguments: [
    "plugin.library.paths=/tmp/evil.so", "sasl.kerberos.kinit.cmd=touch /tmp/x",
    "ssl.engine.location=/tmp/evil.so", "bootstrap.servers=elsewhere", "group.id=x",
    "enable.ssl.certificate.verification=false", "debug=all", "Client.Id=x", "=x", "",
  ])
  func onlyListedSettingsAreAccepted(text: String) {
    var settings = KafkaSettings()
    #expect(throws: KafkaSettings.Problem.self) { try settings.add(text) }
    #expect(settings.isEmpty)
  }

  @Test func theRefusalListsWhatMayBeSet() {
    var settings = KafkaSettings()
    #expect(
      throws: KafkaSettings.Problem(
        message: "expected one of these properties: security.protocol, sasl.mechanism, "
          + "sasl.username, sasl.password, ssl.ca.location, ssl.certificate.location, "
          + "ssl.key.location, client.id", index: 0)
    ) { try settings.add("debug=all") }
  }

  @Test(arguments: [
    ("client.id=", 10, "expected a value"), ("client.id=env:", 14, ""),
    ("client.id=env:a-b", 14, ""),
    ("client.id=file:", 15, "expected the path of a file"), ("client.id=a\nb", 10, ""),
    (
      "sasl.password=secret", 14,
      "everybody can read a password on a command line: use file:PATH or env:NAME"
    ),
  ])
  func aMistakeHasAPlace(text: String, index: Int, message: String) {
    var settings = KafkaSettings()
    let problem = #expect(throws: KafkaSettings.Problem.self) { try settings.add(text) }
    #expect(problem?.index == index)
    #expect(message.isEmpty || problem?.message == message)
    #expect(problem?.message.contains("secret") == false)
  }

  @Test func valuesComeFromTheCommandLineTheEnvironmentAndFiles() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
      .path(percentEncoded: false)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let isMade = FileManager.default.createFile(
      atPath: path, contents: Data("secret\n".utf8), attributes: [.posixPermissions: 0o600])
    #expect(isMade)
    var settings = KafkaSettings()
    for text in [
      "sasl.username=other", "sasl.username=me", "client.id=env:ID", "sasl.password=file:\(path)",
    ] { try settings.add(text) }
    let access = try settings.access(environment: ["ID": "web"])
    #expect(
      access.values == ["sasl.username": "me", "client.id": "web", "sasl.password": "secret"])
    #expect(access.client == "web")
    #expect(throws: KafkaProblem(.settings, "client.id: the environment variable ID is not set")) {
      try settings.access(environment: [:])
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    #expect(throws: KafkaProblem.self) { try settings.access(environment: ["ID": "web"]) }
  }

  @Test(
    .enabled(if: KafkaLibrary.isAvailable),
    arguments: [
      ["security.protocol": "nonsense"],
      ["ssl.ca.location": "/nonexistent", "security.protocol": "ssl"],
      ["security.protocol": "sasl_plaintext", "sasl.mechanism": "nonsense"],
    ])
  func aValueThatTheLibraryRefusesIsReported(values: [String: String]) {
    let address = KafkaAddress(brokers: ["127.0.0.1:1"], topic: "t")
    let problem = #expect(throws: KafkaProblem.self) {
      try KafkaProducer(address, KafkaAccess(values: values))
    }
    #expect(problem?.kind == .settings)
    #expect(problem?.reason.isEmpty == false)
  }
}
