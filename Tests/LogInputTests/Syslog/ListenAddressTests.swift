import AccessLog
import LogInput
import Testing

@Suite struct ListenAddressTests {
  @Test(arguments: [
    ("syslog:5514", 5514, true), ("syslog:127.0.0.1:514", 514, true),
    ("syslog:127.9.9.9:514", 514, true), ("syslog:[::1]:65535", 65535, true),
    ("syslog:0.0.0.0:5514", 5514, false), ("syslog:[::]:5514", 5514, false),
    ("syslog:192.0.2.7:5514", 5514, false), ("syslog:[2001:db8::7]:1", 1, false),
    ("syslog:[::ffff:127.0.0.1]:5514", 5514, true), ("syslog:[::ffff:192.0.2.7]:1", 1, false),
  ])
  func anAddressIsReadWithItsPort(text: String, port: UInt16, isLoopback: Bool) throws {
    let address = try ListenAddress(Name(text))
    #expect(address.port == port && address.isLoopback == isLoopback)
  }

  @Test(arguments: [
    ("syslog:", ListenAddress.Mistake.port), ("syslog:0", .port), ("syslog:65536", .port),
    ("syslog:+514", .port), ("syslog:5 14", .port), ("syslog:localhost:", .port),
    ("syslog:localhost:514", .address), ("syslog::514", .address), ("syslog:::1:514", .address),
    ("syslog:[127.0.0.1]:514", .address), ("syslog:[::1:514", .address),
    ("syslog:127.1:514", .address),
  ])
  func anythingElseIsAMistake(text: String, mistake: ListenAddress.Mistake) {
    #expect(throws: mistake) { try ListenAddress(Name(text)) }
  }

  @Test func onlyASourceWithThePrefixIsAListener() {
    #expect(ListenAddress.isListener(Name("syslog:x")))
    #expect(!ListenAddress.isListener(Name("./syslog:5514")))
    #expect(!ListenAddress.isListener(Name("syslog")))
  }
}
