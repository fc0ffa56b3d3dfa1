import AccessLog
import Testing

@testable import EventOutput

/// Names of every length and any bytes, as values and in JSON.
@Suite struct NameTextTests {
  private static let lengths = [0, 1, 7, 8, 9, 14, 15, 16, 17, 300]

  @Test(arguments: lengths) func aNameKeepsItsBytesWhateverTheyAre(length: Int) {
    for byte in UInt8.min...UInt8.max {
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0) &+ byte }
      #expect(Name(bytes).bytes == bytes)
      #expect(Name(bytes) == Name(bytes))
      #expect(Name(bytes) != Name(bytes + [0]))
    }
  }

  @Test(arguments: lengths) func namesAreOrderedBytewise(length: Int) {
    let bytes = [UInt8](repeating: 0x61, count: length)
    #expect(Name(bytes) < Name(bytes + [0]))
    #expect(!(Name(bytes + [0]) < Name(bytes)))
    #expect(Name(bytes + [0x7F]) < Name(bytes + [0x80]))
  }

  /// Any byte at any place is told from those that stand for themselves.
  @Test(arguments: lengths.dropFirst()) func everyByteThatNeedsItIsEscaped(length: Int) {
    for byte in UInt8.min...UInt8.max {
      for place in Set([0, length / 2, length - 1]) {
        var bytes = [UInt8](repeating: 0x7E, count: length)
        bytes[place] = byte
        let json = JSONText(asciiOnly: false)
        json.string(Name(bytes))
        let text = Array(json.bytes.dropFirst().dropLast())
        let isPlain = (0x20...0x7E).contains(byte) && byte != 0x22 && byte != 0x5C
        #expect((text == bytes) == isPlain, "\(byte) at \(place)")
      }
    }
  }

  @Test(
    arguments: [
      0, 1, -1, 9, 10, -10, 999, 1000, 1_000_000_000_000_000_000, .max, .min, .max - 1,
    ] as [Int64])
  func numbersAreWrittenInFull(number: Int64) {
    let json = JSONText(asciiOnly: false)
    json.number(number)
    #expect(String(decoding: json.bytes, as: UTF8.self) == "\(number)")
  }
}
