import AccessLog
import Testing
import WebTransfer

@testable import Actions

@Suite struct MailMessageTests {
  private func text(_ notification: ActionNotification) -> String {
    String(
      decoding: MailMessage(
        sender: "lm2000@web1", recipient: "ops@example.com", notification: notification,
        origin: testOrigin, now: EpochSecond(1_549_573_957)
      ).bytes, as: UTF8.self)
  }

  @Test func theHeadersHoldNoTextFromTheLog() throws {
    let hostile = "a\r\nBcc: x@y\r\n.\r\n"
    let mail = text(sample(hostile, key: hostile, message: hostile))
    let head = try #require(mail.split(separator: "\r\n\r\n").first)
    let names = head.split(separator: "\r\n").compactMap { $0.split(separator: ":").first }
    #expect(
      names == [
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version",
        "Content-Type", "Content-Transfer-Encoding",
      ])
    #expect(!mail.contains("\nBcc"))
    #expect(mail.contains("key: a\\x0D\\x0ABcc: x@y"))
  }

  @Test func aSubjectBeyondASCIIIsEncoded() {
    #expect(MailMessage.encodedWords("plain") == "plain")
    #expect(MailMessage.encodedWords("zu groß") == "=?utf-8?B?enUgZ3Jvw58=?=")
    let long = MailMessage.encodedWords(String(repeating: "é", count: 100))
    #expect(long.split(separator: "\r\n ").allSatisfy { $0.utf8.count <= 75 })
  }

  @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")])
  func base64IsThatOfTheStandard(text: String, expected: String) {
    #expect(MailMessage.base64(Array(text.utf8)) == expected)
  }

  @Test(arguments: [
    (1_549_573_956, "Thu, 07 Feb 2019 21:12:36 +0000"), (0, "Thu, 01 Jan 1970 00:00:00 +0000"),
    (-1, "Wed, 31 Dec 1969 23:59:59 +0000"),
  ])
  func datesAreThoseOfMail(second: Int64, expected: String) {
    #expect(MailMessage.date(EpochSecond(second)) == expected)
  }

  @Test func textBeyondASCIIIsBase64() {
    let mail = text(sample(key: "/é"))
    #expect(mail.contains("Content-Transfer-Encoding: base64\r\n"))
    #expect(mail.utf8.allSatisfy { $0 < 0x80 })
    #expect(text(sample()).contains("\r\n\r\nhigh-traffic triggered\r\n"))
  }
}
