import Testing
import WebTransfer

@testable import Actions

@Suite struct ActionDefinitionTests {
  @Test(arguments: [
    ("ring: bell", ActionDefinition(name: "ring", kind: .bell)),
    (
      "run: exec /bin/echo \"a b\" --x \"\\\"\\\\\" \"\"",
      ActionDefinition(name: "run", kind: .exec(["/bin/echo", "a b", "--x", "\"\\", ""]))
    ),
    (
      "  w:webhook https://h.example/a?b=c as slack",
      ActionDefinition(name: "w", kind: .webhook(.literal("https://h.example/a?b=c"), .slack))
    ),
    (
      "w: webhook http://[::1]:80 with intervals as generic",
      ActionDefinition(
        name: "w", kind: .webhook(.literal("http://[::1]:80"), .generic), includesIntervals: true)
    ),
    (
      "w: webhook file:/etc/lm2000/url as alertmanager",
      ActionDefinition(name: "w", kind: .webhook(.file("/etc/lm2000/url"), .alertmanager))
    ),
    (
      "w: webhook env:URL",
      ActionDefinition(name: "w", kind: .webhook(.environment("URL"), .generic))
    ),
    ("s: syslog", ActionDefinition(name: "s", kind: .syslog(.daemon))),
    ("s: syslog local3", ActionDefinition(name: "s", kind: .syslog(SyslogFacility("local3")!))),
    (
      "f: file \"/var/log/a b.ndjson\" with intervals",
      ActionDefinition(name: "f", kind: .file("/var/log/a b.ndjson"), includesIntervals: true)
    ),
    (
      "m: mail root via sendmail",
      ActionDefinition(name: "m", kind: .mail(MailRoute(recipient: "root", transport: .sendmail)))
    ),
    (
      "m: mail a@b.example via smtps://mx.example from c@d.example user u password env:P",
      ActionDefinition(
        name: "m",
        kind: .mail(
          MailRoute(
            recipient: "a@b.example",
            transport: .smtp(
              MailServer(isEncrypted: true, host: "mx.example", port: 465),
              MailLogin(user: "u", password: .environment("P"))),
            sender: "c@d.example")))
    ),
  ])
  func readsEveryKind(text: String, expected: ActionDefinition) throws {
    #expect(try ActionDefinition(parsing: text) == expected)
  }

  @Test(arguments: [
    ("", 0), (": bell", 0), ("a", 1), ("a bell", 1), ("a:", 2), ("a: ", 3), ("a: phone", 3),
    ("a: bell loud", 8), ("a: exec", 7), ("a: exec bin/true", 8), ("a: exec /bin/echo \"x", 18),
    ("a: exec /bin/echo x\"y\"", 19), ("a: exec /bin/echo \"x\"y", 21),
    ("a: exec /bin/echo x\ny", 19), ("a: webhook", 10), ("a: webhook gopher://h/", 11),
    ("a: webhook file:///etc/passwd", 11), ("a: webhook file:", 16),
    ("a: webhook ftp://h/", 11), ("a: webhook http://u:p@h/", 18), ("a: webhook http:///x", 18),
    ("a: webhook http://h/{{section}}", 20), ("a: webhook http://h:0/", 20),
    ("a: webhook http://h:99999/", 20), ("a: webhook http://h/\u{e9}", 20),
    ("a: webhook http://h/ as teams", 24), ("a: webhook http://h/ as", 23),
    ("a: webhook http://h/ as slack as slack", 30), ("a: webhook env:", 15),
    ("a: webhook env:A=B", 16), ("a: webhook http://h/ with x", 26),
    ("a: mail a@b", 11), ("a: mail a@b by x", 12), ("a: mail -x via sendmail", 8),
    ("a: mail a,b via sendmail", 9), ("a: mail a@b via http://h", 16),
    ("a: mail a@b via smtp://u@h:25", 23), ("a: mail a@b via smtp://h:x", 25),
    ("a: mail a@b via smtp://h user u", 31), ("a: mail a@b via smtp://h user u password x", 41),
    ("a: mail a@b via sendmail user u", 25), ("a: syslog nowhere", 10), ("a: file", 7),
    ("a: file /tmp/", 8), ("a: file /tmp/x as y", 15),
  ])
  func pointsAtTheFirstWrongByte(text: String, offset: Int) {
    let error = #expect(throws: DefinitionError.self) { try ActionDefinition(parsing: text) }
    #expect(error?.offset == offset, "\(error?.message ?? "")")
    #expect(error?.message.contains("\n") == false)
  }

  @Test func aMessageRepeatsNoPassword() {
    for text in ["a: webhook https://u:geheim@h/", "a: mail a@b via smtp://u:geheim@h"] {
      let error = #expect(throws: DefinitionError.self) { try ActionDefinition(parsing: text) }
      #expect(error?.message.contains("geheim") == false)
    }
  }

  @Test(arguments: [
    ("a: webhook https://u:p@h/xy as teams", "a: webhook https://...@h/.. as teams"),
    ("a: webhook \"http://h:1/x y\"", "a: webhook \"http://h:1/...\""),
    ("a: bell loud", "a: bell loud"), ("a: webhook http://", "a: webhook http://"),
    (
      "m: mail a@b via smtp://h:25 user u password ab",
      "m: mail a@b via smtp://h:25 user u password .."
    ),
    ("mail a@b via smtp://h user u abc", "mail a@b via smtp://h user u ..."),
    ("m: mail a@b via sendmail password=ab", "m: mail a@b via sendmail password..."),
    ("m: mail a@b via smtp://h user u password file:/p from c@d", nil),
    ("w: webhook h.example/a/b", "w: webhook h.example/..."),
    ("w: webhook https:/h/ab", "w: webhook https:/...."),
    ("w: webhook tok@h/a as x", "w: webhook ...@h/. as x"), ("webhook h:1/ab", "webhook h:1/.."),
    ("w: webhook file:/etc/url as slack", nil), ("w: webhook env:URL", nil),
    ("e: exec /a/b -k \"c d", "e: exec /a/b .. \"..."),
    ("e: exec \"/a b\" c", "e: exec \"/a b\" ."),
    ("f: file /a/b", nil), (":", nil), ("", nil), ("a:\"", nil), ("a: \"\\", nil),
  ])
  func aMistakeIsShownWithoutSecrets(text: String, shown: String?) {
    #expect(DefinitionError(message: "", offset: .max).shownText(of: text) == shown ?? text)
  }

  @Test func aURLIsShownByItsHostAlone() throws {
    let url = try WebAddress("https://u:p@h.example:8443/secret?x", allowsUser: true)
    #expect(url.shown == "https://h.example:8443/...")
    #expect(url.hasPath)
    #expect(try WebAddress("http://h/", allowsUser: false).hasPath == false)
  }
}
