import AccessLog
import Testing

@testable import LogParsing

/// Times without brackets around them, the last of which is remembered without its fraction.
@Suite struct FieldTimestampTests {
  private static let texts = [
    "14/Mar/2026:09:26:53.482", "14/Mar/2026:09:26:53.1", "14/Mar/2026:09:26:53.12345678",
    "14/Mar/2026:09:26:53.123456789", "14/Mar/2026:09:26:53.", "14/Mar/2026:09:26:53.4x2",
    "14/Mar/2026:09:26:53,482", "14/Mar/2026:09:26:54.482", "14/Mar/2026:09:26:53",
    "14/Mar/2026:09:26:53.482 +0100", "14/Mar/2026:09:26:53 +0100", "15/Mar/2026:09:26:53.482",
    "14/Mar/2026:09:26:5x.482", "2026-03-14T09:26:53.482Z", "2026-03-14T09:26:53.482",
    "2026-03-14 09:26:53", "1773480413.482", "1773480413",
    String(repeating: "\0", count: 20) + ".482", String(repeating: "\n", count: 20) + ".482",
  ]

  private static func read(_ text: String, _ timestamp: inout FieldTimestamp) -> EpochSecond? {
    let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: LineBytes.padding)
    return bytes.withUnsafeBufferPointer { buffer in
      // Not empty: it holds the padding.
      timestamp.read(TextRange(start: buffer.baseAddress!, count: text.utf8.count))
    }
  }

  @Test(arguments: texts) func aTimeIsTheSameWhateverTwoWereReadBefore(before: String) {
    for second in Self.texts {
      for text in Self.texts {
        var fresh = FieldTimestamp(zone: .utc)
        var used = FieldTimestamp(zone: .utc)
        _ = Self.read(before, &used)
        _ = Self.read(second, &used)
        let expected = Self.read(text, &fresh)
        #expect(Self.read(text, &used) == expected, "\(before), \(second), \(text)")
        if expected != nil { #expect(used.offset == fresh.offset) }
      }
    }
  }

  @Test func bytesThatAreNoTimeAreNoneToAFreshReader() {
    for byte in ["\0", "\n", " ", "/"] {
      var fresh = FieldTimestamp(zone: .utc)
      #expect(Self.read(String(repeating: byte, count: 20) + ".482", &fresh) == nil)
    }
  }
}
