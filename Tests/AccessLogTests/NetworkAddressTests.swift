import AccessLog
import Testing

/// Addresses, and the networks that they lie in.
@Suite struct NetworkAddressTests {
  private func parsed(_ text: String) -> NetworkAddress? {
    Array(text.utf8).withUnsafeBufferPointer { NetworkAddress($0) }
  }

  @Test(
    arguments: [
      ("0.0.0.0", 0), ("255.255.255.255", 0xFFFF_FFFF), ("10.1.2.3", 0x0A01_0203),
      ("::ffff:10.1.2.3", 0x0A01_0203), ("::ffff:a01:203", 0x0A01_0203),
    ] as [(String, UInt128)])
  func readsVersion4(text: String, value: UInt128) {
    #expect(parsed(text)?.isVersion4 == true)
    #expect(parsed(text)?.value == value)
  }

  @Test(
    arguments: [
      ("::", 0), ("::1", 1), ("1::", 1 << 112), ("2001:db8::1", 0x2001_0DB8 << 96 | 1),
      ("1:2:3:4:5:6:7:8", 0x0001_0002_0003_0004_0005_0006_0007_0008),
      ("fe80::1%eth0", 0xFE80 << 112 | 1),
      ("1:2:3:4:5:6:7::", 0x0001_0002_0003_0004_0005_0006_0007_0000),
      ("64:ff9b::192.0.2.33", 0x64_FF9B << 96 | 0xC000_0221), ("ABCD::", 0xABCD << 112),
    ] as [(String, UInt128)])
  func readsVersion6(text: String, value: UInt128) {
    #expect(parsed(text)?.isVersion4 == false)
    #expect(parsed(text)?.value == value)
  }

  @Test(arguments: [
    "", "-", "host", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.", ".1.2.3", "1..2.3", "1.2.3.4:80",
    ":", ":1", "1:", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", ":::", "12345::", "g::",
    "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3", "fe80::1%", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8",
  ])
  func isNil(text: String) {
    #expect(parsed(text) == nil)
  }

  @Test(arguments: [
    ("10.0.0.0", 8, "10.255.0.1", true), ("10.9.9.9", 8, "10.0.0.0", true),
    ("10.0.0.0", 8, "11.0.0.0", false), ("0.0.0.0", 0, "1.2.3.4", true),
    ("0.0.0.0", 0, "::1", false), ("10.0.0.1", 32, "10.0.0.1", true),
    ("10.0.0.1", 32, "10.0.0.0", false), ("10.0.0.0", 8, "::ffff:10.1.1.1", true),
    ("2001:db8::", 32, "2001:db8:1::", true), ("2001:db8::", 32, "2001:db9::", false),
    ("::", 0, "::1", true), ("::", 0, "1.2.3.4", false), ("::1", 128, "::1", true),
    ("::ffff:10.0.0.0", 104, "10.1.1.1", true), ("::ffff:0:0", 96, "1.2.3.4", true),
  ])
  func networksHoldAddresses(base: String, bits: Int, other: String, isIn: Bool) throws {
    let first = try #require(parsed(base))
    let network = try #require(
      NetworkPrefix(first, bits: bits, isWrittenAsVersion6: base.contains(":")))
    let member = try #require(parsed(other))
    #expect(network.contains(member) == isIn)
  }

  @Test(arguments: [("1.2.3.4", 33), ("1.2.3.4", -1), ("::1", 129), ("::ffff:1.2.3.4", 95)])
  func aNetworkHasNoMoreBitsThanAnAddress(base: String, bits: Int) throws {
    let address = try #require(parsed(base))
    #expect(NetworkPrefix(address, bits: bits, isWrittenAsVersion6: base.contains(":")) == nil)
  }
}
