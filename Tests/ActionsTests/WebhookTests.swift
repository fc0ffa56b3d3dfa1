import AccessLog
import Foundation
import ReceiverKit
import Testing
import WebTransfer

@testable import Actions

@Suite(.enabled(if: Receiver.areExpected(Receiver.python, "/usr/bin/openssl")))
struct WebhookTests {
  private func send(
    _ url: String, _ style: WebhookStyle = .generic, _ notification: ActionNotification = sample(),
    timeout: Double = 30, certificates: String? = nil
  ) -> SendResult {
    WebhookSender(
      .literal(url), style, environment: [:], origin: testOrigin,
      limits: quickLimits(timeout: timeout), wall: testClock().wall, certificates: certificates
    ).send(notification)
  }

  @Test func postsTheEventOnceAsJSON() throws {
    let server = try Receiver.web("ok")
    #expect(send(server.url + "hook?x=1") == .sent)
    #expect(server.received.count == 1)
    let request = try #require(server.received.first)
    let headers = try #require(request["headers"] as? [String: String])
    let body = try #require(request["body"] as? String)
    #expect(request["path"] as? String == "/hook?x=1")
    #expect(headers["content-type"] == "application/json")
    #expect(headers["user-agent"] == "lm2000/0.1.0")
    #expect(headers["expect"] == nil)
    #expect(body == String(decoding: sample().body(testOrigin, fieldLimit: 1_024), as: UTF8.self))
  }

  @Test func aHostileNameReachesNoHeader() throws {
    let server = try Receiver.web("ok")
    let hostile = "\"\\\u{2028}\u{FFFD}\r\nX-Evil: 1" + String(repeating: "x", count: 10_240)
    #expect(send(server.url, .generic, sample(key: hostile, message: hostile)) == .sent)
    let request = try #require(server.received.first)
    let headers = try #require(request["headers"] as? [String: String])
    #expect(
      Set(headers.keys) == ["host", "accept", "content-type", "user-agent", "content-length"])
    let body = try #require(request["body"] as? String)
    let value = try #require(
      try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any])
    let key = try #require(value["key"] as? String)
    #expect(key.hasPrefix("\"\\\u{2028}") && key.utf8.count <= 1_024)
  }

  @Test(arguments: [
    ("fail", SendResult.failed("status 500")), ("redirect", .refused("redirect refused")),
    ("silent", .failed("timed out")), ("slow", .failed("timed out")),
    ("huge", .failed("the response is longer than 64 KiB")),
  ])
  func saysWhyAServerDidNotTakeIt(mode: String, expected: SendResult) throws {
    let server = try Receiver.web(mode)
    let isSlow = expected == .failed("timed out")
    #expect(send(server.url, timeout: isSlow ? 1 : 30) == expected)
    // A redirect is not followed.
    #expect(server.received.count == 1)
  }

  @Test func aServerThatIsNotThereRefusesTheConnection() {
    #expect(send("http://127.0.0.1:1/") == .failed("connection refused"))
  }

  @Test func aCertificateThatIsNotTrustedIsRefused() throws {
    let server = try Receiver.web("tls")
    let url = "https://localhost:\(server.port)/"
    #expect(send(url) == .failed("the server's certificate is not trusted"))
    #expect(server.received.isEmpty)
    #expect(send(url, certificates: server.folder.path("cert.pem")) == .sent)
  }

  @Test func aURLMayBeSecretAndIsNeverShown() throws {
    let folder = try Folder()
    try folder.write("http://u:geheim@127.0.0.1:1/geheim\n", to: "url")
    let sender = WebhookSender(
      .file(folder.path("url")), .slack, environment: [:], origin: testOrigin,
      limits: quickLimits(), wall: testClock().wall)
    #expect(sender.send(sample()) == .failed("connection refused"))
    try folder.write("http://127.0.0.1:1/geh\u{1}eim\n", to: "url")
    guard case .refused(let reason) = sender.send(sample()) else {
      Issue.record("the URL was used")
      return
    }
    #expect(!reason.contains("eim"))
  }

  @Test func threeAttemptsHaveTheSameID() throws {
    let server = try Receiver.web("fail")
    var context = ActionCenter.Context(
      environment: [:], origin: testOrigin, clock: testClock(),
      outboxPath: server.folder.path("outbox"))
    context.limits = quickLimits()
    let center = try ActionCenter(
      [try ActionDefinition(parsing: "w: webhook \(server.url)")], context)
    _ = center.deliver(sample())
    #expect(
      poll { center.board.outcomes(of: sample().id).first?.outcome == .failed("status 500") })
    center.finish()
    let ids = server.received.compactMap { request in
      JSONReader.value(of: Array((request["body"] as? String ?? "").utf8))?["id"]?.text
    }
    #expect(ids == [sample().id, sample().id, sample().id])
    #expect(server.folder.names("outbox").isEmpty)
  }
}

@Suite(
  .enabled(if: Receiver.areExpected(Receiver.python, "/usr/bin/prometheus-alertmanager")))
struct AlertmanagerTests {
  /// The alerts that a real Alertmanager holds, by name.
  private func alerts(_ server: Receiver) throws -> [String: [String: Any]] {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: Receiver.python)
    process.arguments = [
      "-c",
      "import sys, urllib.request as r; print(r.urlopen(sys.argv[1]).read().decode())",
      server.url + "api/v2/alerts",
    ]
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let list = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    return Dictionary(
      list.map { (($0["labels"] as? [String: String])?["alertname"] ?? "", $0) },
      uniquingKeysWith: { $1 })
  }

  @Test func anAlertIsActiveUntilItRecovers() throws {
    let folder = try Folder()
    try folder.write("route:\n  receiver: none\nreceivers:\n  - name: none\n", to: "config.yml")
    let server = try Receiver(
      [
        "/usr/bin/prometheus-alertmanager", "--config.file=FOLDER/config.yml",
        "--storage.path=FOLDER/data", "--web.listen-address=127.0.0.1:PORT",
        "--cluster.listen-address=",
      ], in: folder)
    let now = Int64(Date().timeIntervalSince1970)
    let sender = WebhookSender(
      .literal("http://127.0.0.1:\(server.port)"), .alertmanager, environment: [:],
      origin: testOrigin, limits: quickLimits(), wall: { EpochSecond(now) })
    // Until it has started, it answers with a status of 503.
    #expect(poll { sender.send(sample("first", key: "/a\n\"{{", at: now - 100)) == .sent })
    #expect(sender.send(sample("second", at: now - 100)) == .sent)
    #expect(poll { (try? alerts(server).count) == 2 })
    let first = try #require(try alerts(server)["first"])
    #expect((first["labels"] as? [String: String])?["key"] == "/a\n\"{{")
    #expect((first["annotations"] as? [String: String])?["summary"] == "first triggered")
    sender.refresh([sample("first", key: "/a\n\"{{", at: now - 100), sample("third", at: now)])
    #expect(poll { (try? alerts(server).count) == 3 })
    #expect(sender.send(sample("second", state: .recovered, at: now - 13)) == .sent)
    #expect(poll { (try? alerts(server).keys.sorted()) == ["first", "third"] })
  }
}

@Suite(.enabled(if: Receiver.areExpected(Receiver.python)))
struct MailTests {
  private func sender(_ server: Receiver, _ text: String) throws -> any Sender {
    var context = ActionCenter.Context(
      environment: [:], origin: testOrigin, clock: testClock(), outboxPath: nil)
    context.limits = quickLimits()
    return try ActionDefinition(
      parsing: text.replacing("SERVER", with: "127.0.0.1:\(server.port)")
    ).sender(context)
  }

  @Test func aMailArrivesWhateverTheLogContains() throws {
    let server = try Receiver.mail()
    let hostile = "a\r\nBcc: x@y\r\n.\r\nQUIT"
    let mail = try sender(server, "m: mail ops@example.com via smtp://SERVER from lm@example.com")
    #expect(mail.send(sample(hostile, key: ".\r\n.", message: hostile)) == .sent)
    let received = try #require(server.received.first)
    #expect(server.received.count == 1)
    #expect(received["from"] as? String == "lm@example.com")
    #expect(received["to"] as? [String] == ["ops@example.com"])
    let data = try #require(received["data"] as? String)
    #expect(!data.contains("\nBcc"))
    #expect(data.contains("\r\nSubject: [lm2000] a\\x0D\\x0ABcc: x@y"))
  }

  @Test func aRefusalIsToldByItsStatus() throws {
    let server = try Receiver.mail()
    let refused = try sender(server, "m: mail refused@example.com via smtp://SERVER from a@b.c")
    #expect(refused.send(sample()) == .refused("status 550"))
    let busy = try sender(server, "m: mail busy@example.com via smtp://SERVER from a@b.c")
    #expect(busy.send(sample()) == .failed("status 450"))
  }

  @Test func aLineOfOneDotIsPartOfTheMail() throws {
    let server = try Receiver.mail()
    let message = MailMessage(
      sender: "a@b", recipient: "c@d", notification: sample(message: "."), origin: testOrigin,
      now: sample().time)
    let ending = Transfer(
      "smtp://127.0.0.1:\(server.port)", connectTimeout: 3, totalTimeout: 10
    )
    .mail(message.bytes, from: "a@b", to: "c@d", login: nil, requiresEncryption: false)
    #expect(ending == .answered(250))
    let data = try #require(server.received.first?["data"] as? String)
    #expect(data.contains("\r\n\r\n.\r\n\r\nrule: high-traffic\r\n"))
  }

  @Test func aPasswordDoesNotCrossANetworkInTheClear() throws {
    let server = try Receiver.mail()
    let ending = Transfer(
      "smtp://127.0.0.1:\(server.port)", connectTimeout: 3, totalTimeout: 10
    )
    .mail([0x61], from: "a@b", to: "c@d", login: ("u", "p"), requiresEncryption: true)
    #expect(ending == .failed("the server offers no encryption"))
    #expect(server.received.isEmpty)
  }

  @Test func sendmailGetsTheMailOnItsInput() throws {
    let folder = try Folder()
    try folder.write(
      "#!/bin/sh\ncat > '\(folder.path("mail"))'; echo \"$@\" >> '\(folder.path("mail"))'\n",
      to: "sendmail", mode: 0o700)
    let route = MailRoute(recipient: "root", transport: .sendmail)
    let mail = MailSender(
      route, environment: ["PATH": "/usr/bin:/bin"], origin: testOrigin, limits: quickLimits(),
      clock: testClock(), sendmail: folder.path("sendmail"))
    // While another test starts a program, the file may be busy.
    #expect(poll { mail.send(sample()) == .sent })
    #expect(folder.text("mail").hasPrefix("From: lm2000@web1\nTo: root\nSubject: [lm2000] high"))
    #expect(folder.text("mail").hasSuffix("-i root\n"))
  }
}
