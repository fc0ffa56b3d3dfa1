import AccessLog
import Testing

@testable import LogParsing

/// A reader of times remembers the last one: what it reads next must not depend on that.
@Suite struct TimestampTests {
  private static let texts = [
    "14/Mar/2026:09:26:53 +0100", "14/Mar/2026:09:26:54 +0100", "14/Mar/2026:09:26:00 +0100",
    "14/Mar/2026:09:26:60 +0100", "14/Mar/2026:09:26:61 +0100", "14/Mar/2026:09:26:5x +0100",
    "14/Mar/2026:09:26:/3 +0100", "14/Mar/2026:09:26:53 +0000", "14/Mar/2026:09:26:53 -0100",
    "14/Mar/2026:09:27:53 +0100", "14/Mar/2025:09:26:53 +0100", "15/Mar/2026:09:26:53 +0100",
    "14/Mar/2026:09:26.53 +0100", "14/Mar/2026:09:26:53_+0100", "01/Jan/1970:00:00:00 +0000",
    "01/Jan/1970:00:00:01 +0000", "31/Dec/9999:23:59:60 +0000", "32/Mar/2026:09:26:53 +0100",
  ]

  private static func read(_ text: String, _ timestamp: inout Timestamp) -> EpochSecond? {
    let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: LineBytes.padding)
    return bytes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.flatMap { timestamp.read($0, count: text.utf8.count) }
    }
  }

  /// Two times are remembered: the later one of a minute first.
  @Test(arguments: texts) func aTimeIsTheSameWhateverTwoWereReadBefore(before: String) {
    for second in Self.texts {
      for text in Self.texts {
        var fresh = Timestamp()
        var used = Timestamp()
        _ = Self.read(before, &used)
        _ = Self.read(second, &used)
        #expect(Self.read(text, &used) == Self.read(text, &fresh), "\(before), \(second), \(text)")
        #expect(Self.read(second, &used) == Self.read(second, &fresh))
      }
    }
  }

  @Test(arguments: texts) func aTimeIsTheSameWhateverWasReadBefore(before: String) {
    for text in Self.texts {
      var fresh = Timestamp()
      var used = Timestamp()
      _ = Self.read(before, &used)
      #expect(Self.read(text, &used) == Self.read(text, &fresh), "\(before), \(text)")
      if Self.read(text, &fresh) != nil { #expect(used.offset == fresh.offset) }
    }
  }

  @Test func theSecondsOfAMinuteFollowEachOther() {
    var timestamp = Timestamp()
    for second in Array(0...60) + [30, 0, 59, 1] {
      let digits = second < 10 ? "0\(second)" : "\(second)"
      let time = Self.read("14/Mar/2026:09:26:\(digits) +0100", &timestamp)
      #expect(time == EpochSecond(1_773_476_760 + Int64(second)))
    }
  }
}
