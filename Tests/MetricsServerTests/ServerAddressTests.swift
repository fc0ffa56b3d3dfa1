import MetricsServer
import Testing

@Suite struct ServerAddressTests {
  @Test(arguments: [
    ("127.0.0.1:9145", "127.0.0.1:9145", true), ("9145", "127.0.0.1:9145", true),
    (":9145", "127.0.0.1:9145", true), ("localhost:80", "127.0.0.1:80", true),
    ("127.9.9.9:1", "127.9.9.9:1", true), ("[::1]:9145", "[::1]:9145", true),
    ("[::ffff:127.0.0.1]:9145", "127.0.0.1:9145", true), ("0.0.0.0:9145", "0.0.0.0:9145", false),
    ("[::]:9145", "[::]:9145", false), ("10.0.0.1:65535", "10.0.0.1:65535", false),
    ("[2001:db8:0:0:1::5]:9", "[2001:db8::1:0:0:5]:9", false),
    ("[fe80:0:0:1:2:3:4:5]:9", "[fe80::1:2:3:4:5]:9", false),
    ("[1:0:2:3:4:5:6:7]:9", "[1:0:2:3:4:5:6:7]:9", false),
  ])
  func isReadAndWritten(text: String, written: String, isLoopback: Bool) throws {
    let address = try #require(ServerAddress(text))
    #expect(address.description == written)
    #expect(address.isLoopback == isLoopback)
  }

  @Test(arguments: [
    "", ":", "x", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:-1",
    "127.0.0.1: 80", "::1:9145", "[::1]", "[::1]9145", "[127.0.0.1]:9145", "[]:9145",
    "[localhost]:9", "example.org:9145", "127.0.0.1:80:90", "[fe80::1%eth0]:9145", "+80",
    "256.0.0.1:9",
  ])
  func anythingElseIsRefused(text: String) {
    #expect(ServerAddress(text) == nil)
  }
}
